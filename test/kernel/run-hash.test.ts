import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { RunHash } from '../../src/kernel/run-hash.ts';

type Event = readonly [number, number, number, number];

function hashOf(events: readonly Event[]): string {
  const hash = new RunHash();
  for (const event of events) hash.event(...event);
  return hash.toString();
}

const EVENTS: readonly Event[] = Array.from({ length: 50 }, (_, i): Event => [
  i * 1.5,
  i,
  i % 3,
  7,
]);

describe('the run hash', () => {
  it('is the golden one for a known run and for none', () => {
    expect(hashOf([])).toBe('6eaa8dfbf7c158e3');
    expect(hashOf(EVENTS)).toBe('58f72bbb905c5ec7');
  });

  it('is 16 hexadecimal digits and reading it changes nothing', () => {
    const hash = new RunHash();
    hash.event(1, 2, 3, 4);
    expect(hash.toString()).toMatch(/^[0-9a-f]{16}$/);
    expect(hash.toString()).toBe(hash.toString());
  });

  it('changes when any two neighbouring events are swapped', () => {
    const golden = hashOf(EVENTS);
    for (let i = 1; i < EVENTS.length; i += 1) {
      const swapped = [...EVENTS];
      [swapped[i - 1], swapped[i]] = [swapped[i]!, swapped[i - 1]!];
      expect(hashOf(swapped)).not.toBe(golden);
    }
  });

  it('changes with every bit of the time and of each integer', () => {
    const event: Event = [123456789.25, 5, -6, 7];
    const seen = new Set([hashOf([event])]);
    const view = new DataView(new ArrayBuffer(8));
    for (let bit = 0n; bit < 64n; bit += 1n) {
      view.setFloat64(0, event[0]);
      view.setBigUint64(0, view.getBigUint64(0) ^ (1n << bit));
      seen.add(hashOf([[view.getFloat64(0), event[1], event[2], event[3]]]));
    }
    for (let field = 1; field < 4; field += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        const changed = [...event] as [number, number, number, number];
        changed[field]! ^= 1 << bit;
        seen.add(hashOf([changed]));
      }
    }
    expect(seen.size).toBe(1 + 64 + 96);
  });

  it('changes when integers trade places, and when an event of zeros is added', () => {
    const orders: Event[] = [
      [1, 2, 3, 4],
      [1, 3, 2, 4],
      [1, 4, 3, 2],
      [1, 2, 4, 3],
    ];
    expect(new Set(orders.map((event) => hashOf([event]))).size).toBe(4);
    const zeros: Event = [0, 0, 0, 0];
    const runs = [[], [zeros], [zeros, zeros], [zeros, zeros, zeros]];
    expect(new Set(runs.map((run) => hashOf(run))).size).toBe(4);
  });

  it('turns half of its bits over for a change of one bit', () => {
    const stream = streamFor('1', 'test', 'hash');
    let turned = 0;
    const rounds = 2000;
    for (let i = 0; i < rounds; i += 1) {
      const integer = stream.int32();
      const plain = BigInt(`0x${hashOf([[i, integer, 1, 2]])}`);
      const changed = BigInt(`0x${hashOf([[i, integer ^ (1 << stream.below(32)), 1, 2]])}`);
      turned += (plain ^ changed).toString(2).replaceAll('0', '').length;
    }
    expect(turned / rounds).toBeGreaterThan(31.5);
    expect(turned / rounds).toBeLessThan(32.5);
  });

  it('gives no two of a hundred thousand one-event runs the same hash', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i += 1) seen.add(hashOf([[i % 100, Math.floor(i / 100), 0, 0]]));
    expect(seen.size).toBe(100_000);
  });

  it('goes on from copied lanes as the original does', () => {
    const original = new RunHash();
    for (const event of EVENTS.slice(0, 20)) original.event(...event);
    const copy = new RunHash();
    copy.lanes.set(original.lanes);
    for (const event of EVENTS.slice(20)) copy.event(...event);
    expect(copy.toString()).toBe(hashOf(EVENTS));
  });
});
