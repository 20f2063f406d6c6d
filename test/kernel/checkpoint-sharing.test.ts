// Checkpoints that share what has not changed bring back exactly what whole copies bring back.
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { streamFor } from '../../src/kernel/random.ts';
import type { Stream } from '../../src/kernel/random.ts';

interface Part {
  value: number;
  next: Part | null;
}

/** Contents of every kind, some long enough for several blocks. */
class World {
  doubles: Float64Array = new Float64Array(5_000);
  words = new Int32Array(3_000);
  bytes = new Uint8Array(1_501);
  shorts = new Uint16Array(333);
  small = new Float64Array(2);
  numbers: number[] = Array.from({ length: 2_500 }, (_, place) => place);
  parts: Part[] = [];
  map = new Map<number, unknown>();
  set = new Set<number>();
  flag = false;
  nothing: Part | null = null;
}

type Change = (world: World, stream: Stream) => void;

const changes: readonly Change[] = [
  (world, stream) => (world.doubles[stream.below(world.doubles.length)] = stream.uniform()),
  (world, stream) =>
    (world.doubles[stream.below(world.doubles.length)] = [NaN, -0, 0][stream.below(3)]!),
  (world, stream) => world.doubles.fill(stream.uniform(), stream.below(5_000)),
  (world, stream) => (world.words[stream.below(3_000)]! += 1),
  (world, stream) => (world.bytes[stream.below(1_501)]! += 1),
  (world, stream) => (world.shorts[stream.below(333)]! += 1),
  (world, stream) => (world.small[stream.below(2)] = -world.small[0]!),
  (world) => {
    const larger = new Float64Array(world.doubles.length + 700);
    larger.set(world.doubles);
    world.doubles = larger;
  },
  (world, stream) => void world.numbers.push(stream.below(9)),
  (world, stream) => (world.numbers.length = Math.max(1, world.numbers.length - stream.below(900))),
  (world, stream) => (world.numbers[stream.below(world.numbers.length)] = stream.uniform()),
  (world, stream) =>
    void world.parts.push({ value: stream.below(9), next: world.parts[0] ?? null }),
  (world, stream) => void world.parts.splice(stream.below(3), 1),
  (world, stream) => {
    const part = world.parts[stream.below(Math.max(1, world.parts.length))];
    if (part !== undefined) part.value += 1;
  },
  (world, stream) => void world.map.set(stream.below(20), { value: stream.below(5) }),
  (world, stream) => void world.map.delete(stream.below(20)),
  (world, stream) => void world.set.add(stream.below(20)),
  (world, stream) => void world.set.delete(stream.below(20)),
  (world) => (world.flag = !world.flag),
  (world) => (world.nothing = world.nothing === null ? { value: 1, next: null } : null),
];

/** Everything as plain text, in its order; −0 and NaN told apart. */
function picture(world: World): string {
  return JSON.stringify(world, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return [...(value as Float64Array)].map(plain);
    if (value instanceof Map || value instanceof Set) return [...(value as Set<unknown>)];
    return plain(value);
  });
}

function plain(value: unknown): unknown {
  if (Object.is(value, -0)) return '-0';
  return Number.isNaN(value) ? 'NaN' : value;
}

describe('a chain of checkpoints', () => {
  it.each(['1', '2', '3', '4', '5', '6', '7', '8'])(
    'brings back every state of a world that changes by chance (%s), in any order',
    (seed) => {
      const stream = streamFor(seed, 'checkpoint', 'changes');
      const world = new World();
      const taken: { checkpoint: Checkpoint; state: string }[] = [];
      for (let round = 0; round < 25; round += 1) {
        for (let change = stream.below(12); change > 0; change -= 1) {
          changes[stream.below(changes.length)]!(world, stream);
        }
        const previous = taken.at(-1)?.checkpoint ?? null;
        taken.push({ checkpoint: new Checkpoint(world, previous), state: picture(world) });
        // Now and then the world goes back, and on from there.
        if (stream.below(4) > 0) continue;
        const place = stream.below(taken.length);
        taken[place]!.checkpoint.restore();
        expect(picture(world)).toBe(taken[place]!.state);
        if (stream.below(2) === 0) taken.length = place + 1;
      }
      for (let jump = 0; jump < 50; jump += 1) {
        const { checkpoint, state } = taken[stream.below(taken.length)]!;
        changes[stream.below(changes.length)]!(world, stream);
        checkpoint.restore();
        expect(picture(world)).toBe(state);
      }
    },
  );

  it('takes no memory for what has not changed', () => {
    const world = new World();
    const first = new Checkpoint(world);
    expect(first.ownBytes).toBe(first.bytes);
    const second = new Checkpoint(world, first);
    expect([second.bytes, second.ownBytes]).toEqual([first.bytes, 0]);
    world.doubles[4_000] = 1;
    world.numbers[0] = -1;
    const third = new Checkpoint(world, second);
    // One block of words, one of items.
    expect(third.ownBytes).toBe(1_024 * 4 + 1_024 * 8);
    expect(Checkpoint.bytesOf([first, second, third])).toBe(first.bytes + third.ownBytes);
  });

  it('tells −0 from 0, and does not lose NaN', () => {
    const world = new World();
    const first = new Checkpoint(world);
    world.small.set([-0, NaN]);
    const second = new Checkpoint(world, first);
    first.restore();
    expect([...world.small]).toEqual([0, 0]);
    second.restore();
    expect([...world.small]).toEqual([-0, NaN]);
  });

  it('does not mind that what it knew is gone, or in another order', () => {
    const world = { parts: Array.from({ length: 9 }, (_, value) => ({ value })) };
    const first = new Checkpoint(world);
    world.parts.reverse();
    world.parts.splice(3, 2, { value: 77 });
    for (const part of world.parts) part.value += 100;
    const second = new Checkpoint(world, first);
    const values = world.parts.map(({ value }) => value);
    first.restore();
    expect(world.parts.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    second.restore();
    expect(world.parts.map(({ value }) => value)).toEqual(values);
  });
});
