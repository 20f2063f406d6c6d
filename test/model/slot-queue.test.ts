import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotQueue } from '../../src/model/slot-queue.ts';

const act = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'take', 'remove', 'exchange'),
  slot: fc.nat(59),
});

describe('a queue of slots', () => {
  it('gives out what was added and not removed, the oldest first', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 600 }), (acts) => {
        const queue = new SlotQueue();
        queue.grow(20);
        queue.grow(60);
        const model: number[] = [];
        for (const { kind, slot } of acts) {
          const place = model.indexOf(slot);
          if (kind === 'add' && place < 0) {
            queue.addLast(slot);
            model.push(slot);
          } else if (kind === 'remove' && place >= 0) {
            queue.remove(slot);
            model.splice(place, 1);
          } else if (kind === 'take' && model.length > 0) {
            expect(queue.takeFirst()).toBe(model.shift());
          } else if (kind === 'exchange' && model.length > 0 && place < 0) {
            expect(queue.exchange(slot)).toBe(model.shift());
            model.push(slot);
          }
        }
        while (model.length > 0) expect(queue.takeFirst()).toBe(model.shift());
      }),
      { numRuns: 300 },
    );
  });

  it('does not grow when slots are added and removed without end', () => {
    const queue = new SlotQueue();
    queue.grow(10);
    for (let slot = 0; slot < 10; slot++) queue.addLast(slot);
    for (let step = 0; step < 100_000; step++) {
      const slot = (step * 7) % 10;
      queue.remove(slot);
      queue.addLast(slot);
    }
    const { ring } = queue as unknown as { ring: Int32Array };
    expect(ring.length).toBeLessThanOrEqual(32);
  });
});
