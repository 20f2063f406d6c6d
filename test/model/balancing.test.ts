import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Targets, balancingPolicies, defaultBalancingOptions } from '../../src/model/balancing.ts';
import type { BalancingOptions, Picker } from '../../src/model/balancing.ts';

const policies = [...balancingPolicies.values()].map((policy) => ({ name: policy.name, policy }));

interface Fleet {
  readonly targets: Targets;
  readonly picker: Picker;
}

function fleet(
  policy: string,
  count: number,
  options: Partial<BalancingOptions> & { weights?: readonly number[]; seed?: string } = {},
): Fleet {
  const names = Array.from({ length: count }, (_, index) => `api/${index + 1}`);
  const targets = new Targets(names, options.weights ?? names.map(() => 1));
  const stream = streamFor(options.seed ?? '1', 'edge', 'balance');
  const picker = balancingPolicies
    .get(policy)!
    .create(targets, stream, { ...defaultBalancingOptions, ...options });
  return { targets, picker };
}

/** Sends a request and leaves it there. */
function send({ targets, picker }: Fleet, key = -1): number {
  const index = picker.pick(key);
  if (index >= 0) {
    targets.inFlight[index]!++;
    targets.totalInFlight++;
  }
  return index;
}

const ascending = (left: number, right: number) => left - right;

function finish({ targets }: Fleet, index: number): void {
  targets.inFlight[index]!--;
  targets.totalInFlight--;
}

describe.each(policies)('the balancing policy $name', ({ name, policy }) => {
  it('says what it does and where it comes from, each in a line', () => {
    expect(policy.summary).toMatch(/^[A-Z].{10,}\.$/);
    expect(policy.source.length).toBeGreaterThan(5);
  });

  it('never picks a sick instance, and none when all are sick', () => {
    const stream = streamFor('3', name, 'health');
    const group = fleet(name, 7);
    const busy: number[] = [];
    for (let step = 0; step < 20_000; step++) {
      group.targets.setHealthy(stream.below(7), stream.uniform() < 0.5);
      const healthy = group.targets.healthy.reduce((sum, flag) => sum + flag, 0);
      expect(group.targets.healthyCount).toBe(healthy);
      const index = send(group, stream.below(3) === 0 ? -1 : stream.below(1_000));
      if (healthy === 0) expect(index).toBe(-1);
      else expect(group.targets.healthy[index]).toBe(1);
      if (index >= 0) busy.push(index);
      if (busy.length > 20) finish(group, busy.shift()!);
    }
  });

  it('gives work to every instance, and again to one that has recovered', () => {
    const group = fleet(name, 5);
    const seen = (rounds: number) => {
      const picked = new Set<number>();
      for (let key = 0; key < rounds; key++) {
        const index = send(group, key);
        picked.add(index);
        finish(group, index);
      }
      return [...picked].sort(ascending);
    };
    expect(seen(500)).toEqual([0, 1, 2, 3, 4]);
    group.targets.setHealthy(2, false);
    expect(seen(500)).toEqual([0, 1, 3, 4]);
    group.targets.setHealthy(2, true);
    expect(seen(500)).toEqual([0, 1, 2, 3, 4]);
  });

  it('always picks the only instance', () => {
    const group = fleet(name, 1);
    for (let key = -1; key < 100; key++) expect(send(group, key)).toBe(0);
  });

  it('picks the same for the same seed', () => {
    const picks = () => {
      const group = fleet(name, 6, { seed: 'again' });
      return Array.from({ length: 200 }, (_, key) => send(group, key % 7));
    };
    expect(picks()).toEqual(picks());
  });
});

describe('round-robin', () => {
  it('takes each in turn and passes over the sick', () => {
    const group = fleet('round-robin', 4);
    const picks = (count: number) => Array.from({ length: count }, () => send(group));
    expect(picks(6)).toEqual([0, 1, 2, 3, 0, 1]);
    group.targets.setHealthy(2, false);
    expect(picks(4)).toEqual([3, 0, 1, 3]);
    group.targets.setHealthy(2, true);
    expect(picks(4)).toEqual([0, 1, 2, 3]);
  });
});

describe('weighted', () => {
  it('follows the sequence of smooth weighted round robin in nginx: a a b a c a a', () => {
    // The example of the commit that brought it to nginx in 2012: weights 5, 1, 1.
    const group = fleet('weighted', 3, { weights: [5, 1, 1] });
    const letters = Array.from({ length: 14 }, () => 'abc'[send(group)]).join(' ');
    expect(letters).toBe('a a b a c a a a a b a c a a');
  });

  it('gives each its weight exactly over every full turn, and the rest when one is sick', () => {
    const weights = [4, 3, 2, 1];
    const group = fleet('weighted', 4, { weights });
    const counts = (picks: number) => {
      const list = [0, 0, 0, 0];
      for (let pick = 0; pick < picks; pick++) list[send(group)]!++;
      return list;
    };
    expect(counts(10)).toEqual(weights);
    expect(counts(100)).toEqual([40, 30, 20, 10]);
    group.targets.setHealthy(0, false);
    expect(counts(60)).toEqual([0, 30, 20, 10]);
  });

  it('takes weights that are no whole numbers', () => {
    const group = fleet('weighted', 2, { weights: [0.75, 0.25] });
    const first = Array.from({ length: 4_000 }, () => send(group)).filter((index) => index === 0);
    expect(first).toHaveLength(3_000);
  });
});

describe('random', () => {
  it('picks every healthy instance equally often', () => {
    const group = fleet('random', 5);
    group.targets.setHealthy(1, false);
    const counts = [0, 0, 0, 0, 0];
    for (let pick = 0; pick < 40_000; pick++) counts[send(group)]!++;
    for (const index of [0, 2, 3, 4]) {
      expect(Math.abs(counts[index]! - 10_000)).toBeLessThan(4 * Math.sqrt(40_000 * 0.1875));
    }
  });
});

describe('least-requests', () => {
  it('picks the instance with the fewest requests in flight', () => {
    const group = fleet('least-requests', 4);
    group.targets.inFlight.set([3, 1, 2, 5]);
    expect(send(group)).toBe(1);
    group.targets.setHealthy(1, false);
    expect(Array.from({ length: 3 }, () => send(group)).sort(ascending)).toEqual([0, 2, 2]);
  });

  it('breaks ties at random, with no bias to the first', () => {
    const group = fleet('least-requests', 5);
    group.targets.inFlight.set([2, 0, 0, 2, 0]);
    const counts = [0, 0, 0, 0, 0];
    const draws = 30_000;
    for (let pick = 0; pick < draws; pick++) counts[group.picker.pick(-1)]!++;
    expect([counts[0], counts[3]]).toEqual([0, 0]);
    for (const index of [1, 2, 4]) {
      const deviation = Math.sqrt((draws * 2) / 9);
      expect(Math.abs(counts[index]! - draws / 3)).toBeLessThan(4 * deviation);
    }
  });

  it('keeps loads within one of each other when nothing ends', () => {
    const group = fleet('least-requests', 6);
    for (let request = 0; request < 100; request++) send(group);
    expect(Math.max(...group.targets.inFlight) - Math.min(...group.targets.inFlight)).toBe(1);
  });
});

describe('two-choices', () => {
  it('draws two different instances: the most loaded is never picked', () => {
    for (const count of [2, 3, 8]) {
      const group = fleet('two-choices', count);
      group.targets.inFlight[count - 1] = 1;
      for (let pick = 0; pick < 5_000; pick++) {
        expect(group.picker.pick(-1)).not.toBe(count - 1);
      }
    }
  });

  it('picks the k-th least loaded as often as two draws without repetition do', () => {
    const count = 5;
    const group = fleet('two-choices', count);
    group.targets.inFlight.set([0, 1, 2, 3, 4]);
    const counts = [0, 0, 0, 0, 0];
    const draws = 50_000;
    for (let pick = 0; pick < draws; pick++) counts[group.picker.pick(-1)]!++;
    for (let rank = 0; rank < count; rank++) {
      // It is the lesser of two: the other one is any of those behind it.
      const chance = (count - 1 - rank) / ((count * (count - 1)) / 2);
      const deviation = Math.sqrt(draws * chance * (1 - chance));
      expect(Math.abs(counts[rank]! - draws * chance)).toBeLessThanOrEqual(4 * deviation);
    }
  });

  it('compares as many as it is told to, also of the healthy only', () => {
    const group = fleet('two-choices', 8, { choices: 4 });
    for (let index = 0; index < 8; index++) group.targets.inFlight[index] = index;
    for (const sick of [0, 3, 5]) group.targets.setHealthy(sick, false);
    const seen = new Set(Array.from({ length: 5_000 }, () => group.picker.pick(-1)));
    // Of 1, 2, 4, 6 and 7 four are compared, so the best is one of the two least loaded.
    expect([...seen].sort(ascending)).toEqual([1, 2]);
    const all = fleet('two-choices', 3, { choices: 100 });
    all.targets.inFlight.set([4, 2, 9]);
    for (let pick = 0; pick < 100; pick++) expect(all.picker.pick(-1)).toBe(1);
  });

  it('breaks ties at random', () => {
    const group = fleet('two-choices', 4, { choices: 3 });
    const counts = [0, 0, 0, 0];
    for (let pick = 0; pick < 40_000; pick++) counts[group.picker.pick(-1)]!++;
    for (const count of counts) {
      expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(7_500));
    }
  });
});

describe('consistent-hash', () => {
  it('keeps a key at its instance as long as that is not overloaded', () => {
    const group = fleet('consistent-hash', 10, { loadFactor: 1_000 });
    const first = Array.from({ length: 200 }, (_, key) => send(group, key));
    expect(Array.from({ length: 200 }, (_, key) => send(group, key))).toEqual(first);
    expect(new Set(first).size).toBe(10);
  });

  it('gives the keys of a sick instance to others and moves no other key', () => {
    const group = fleet('consistent-hash', 10, { loadFactor: 1_000 });
    const before = Array.from({ length: 500 }, (_, key) => group.picker.pick(key));
    group.targets.setHealthy(3, false);
    for (const [key, index] of before.entries()) {
      const now = group.picker.pick(key);
      if (index === 3) expect(now).not.toBe(3);
      else expect(now).toBe(index);
    }
  });

  it('never lets an instance hold more than 125 of 1,000 requests on ten (LB-BOUNDED)', () => {
    // Mirrokni, Thorup, Zadimoghaddam, SODA 2018: at most ⌈c m / n⌉ with c = 1.25.
    const keysOf: readonly ((draw: number) => number)[] = [
      () => 42,
      (draw) => Math.floor(draw * 5),
      (draw) => Math.floor(draw * 1e6),
      () => -1,
    ];
    for (const keyOf of keysOf) {
      const stream = streamFor('9', 'bounded', 'keys');
      const group = fleet('consistent-hash', 10);
      for (let request = 0; request < 1_000; request++) {
        const index = send(group, keyOf(stream.uniform()));
        const bound = Math.ceil((1.25 * (request + 1)) / 10);
        expect(group.targets.inFlight[index]).toBeLessThanOrEqual(bound);
      }
      expect(Math.max(...group.targets.inFlight)).toBeLessThanOrEqual(125);
    }
  });

  it('sends what a full instance cannot take to the next on the ring', () => {
    const group = fleet('consistent-hash', 10);
    const home = group.picker.pick(7);
    const picks: number[] = [];
    for (let request = 0; request < 1_000; request++) picks.push(send(group, 7));
    expect(picks[0]).toBe(home);
    expect(new Set(picks).size).toBeGreaterThanOrEqual(8);
  });

  it('starts anywhere for a request without a key', () => {
    const group = fleet('consistent-hash', 5, { loadFactor: 1_000 });
    const seen = new Set(Array.from({ length: 200 }, () => group.picker.pick(-1)));
    expect(seen.size).toBe(5);
  });
});
