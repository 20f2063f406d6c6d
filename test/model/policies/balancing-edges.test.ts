// Balancing policies where tables, rings and walks begin and end.
import { describe, expect, it } from 'vitest';
import { streamFor } from '../../../src/kernel/random.ts';
import {
  Targets,
  balancingPolicies,
  defaultBalancingOptions,
} from '../../../src/model/balancing.ts';
import type { BalancingOptions, Picker } from '../../../src/model/balancing.ts';
import { HashRing, hashKey } from '../../../src/model/hash-ring.ts';
import { populate, walkOf } from '../../../src/model/policies/balancing/maglev.ts';

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `api/${index + 1}`);

function group(policy: string, count: number, options: Partial<BalancingOptions> = {}) {
  const names = namesOf(count);
  const targets = new Targets(
    names,
    names.map(() => 1),
  );
  const stream = streamFor('1', 'edge', 'balance');
  const picker: Picker = balancingPolicies
    .get(policy)!
    .create(targets, stream, { ...defaultBalancingOptions, ...options });
  return { names, picker, stream, targets };
}

describe('the walk of maglev', () => {
  it('may begin at every entry and go on by every step but none, and by no other', () => {
    const walks = Array.from({ length: 300 }, (_, index) => walkOf(`host-${index}`, 5));
    const distinct = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
    expect(distinct(walks.map(({ offset }) => offset))).toEqual([0, 1, 2, 3, 4]);
    expect(distinct(walks.map(({ skip }) => skip))).toEqual([1, 2, 3, 4]);
  });
});

describe('maglev', () => {
  const tableSize = 251;
  const tableOf = (names: readonly string[], healthy: readonly number[]) => {
    const table = new Uint16Array(tableSize);
    populate(
      table,
      names.map((name) => walkOf(name, tableSize)),
      healthy,
    );
    return table;
  };

  it('knows at its first pick who has fallen sick before', () => {
    for (const sick of [[3], [3, 1]]) {
      const { names, picker, targets } = group('maglev', 4, { tableSize });
      for (const index of sick) targets.setHealthy(index, false);
      const table = tableOf(names, [...targets.healthy]);
      for (let key = 0; key < 500; key++) {
        expect(picker.pick(key)).toBe(table[hashKey(key) % tableSize]);
      }
    }
  });

  it('goes on to the next entries from one that a retry avoids, and around the end', () => {
    const { names, picker, targets } = group('maglev', 3, { tableSize });
    const table = tableOf(names, [1, 1, 1]);
    for (const avoided of [0, 1, 2]) {
      targets.avoid(avoided);
      for (let key = 0; key < 2_000; key++) {
        let entry = hashKey(key) % tableSize;
        while (table[entry] === avoided) entry = (entry + 1) % tableSize;
        expect(picker.pick(key)).toBe(table[entry]);
      }
      targets.readmit(avoided);
    }
  });
});

describe('consistent-hash', () => {
  it('walks on along the ring, and around its end, past those that are full', () => {
    const { names, picker, targets } = group('consistent-hash', 4, { loadFactor: 1.25 });
    const ring = new HashRing(names, defaultBalancingOptions.virtualNodes);
    targets.inFlight.set([9, 0, 9, 0]);
    targets.totalInFlight = 18;
    for (let key = 0; key < 3_000; key++) {
      let point = ring.pointAt(hashKey(key));
      while (targets.inFlight[ring.memberAt(point)] === 9) point = (point + 1) % ring.points;
      expect(picker.pick(key)).toBe(ring.memberAt(point));
    }
  });
});

describe('least-requests', () => {
  it('draws no random number where there is nothing to choose', () => {
    const { picker, stream, targets } = group('least-requests', 3);
    targets.inFlight.set([2, 1, 2]);
    const before = [...stream.state];
    expect(picker.pick(-1)).toBe(1);
    expect([...stream.state]).toEqual(before);
  });
});
