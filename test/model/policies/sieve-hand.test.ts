// Where the hand of sieve stands when entries are deleted, and not evicted.
import { expect, it } from 'vitest';
import { streamFor } from '../../../src/kernel/random.ts';
import { plainView } from '../cache-traces.ts';
import { evictionPolicies } from '../../../src/model/eviction.ts';
import type { Evictor } from '../../../src/model/eviction.ts';

/** Five entries, 0 the oldest; all but 2 were asked for, so 2 has left and the hand is at 3. */
function handAtThree(): Evictor {
  const evictor = evictionPolicies
    .get('sieve')!
    .create(streamFor('1', 'cache', 'eviction'), plainView(5));
  evictor.grow(5);
  for (const slot of [0, 1, 2, 3, 4]) evictor.inserted(slot);
  for (const slot of [0, 1]) evictor.accessed(slot);
  expect(evictor.evict(-1)).toBe(2);
  return evictor;
}

it('stays where it is when another entry is deleted', () => {
  for (const deleted of [0, 1, 4]) {
    const evictor = handAtThree();
    evictor.removed(deleted);
    expect(evictor.evict(-1)).toBe(3);
  }
});

it('goes on to the next newer entry when its own is deleted', () => {
  const evictor = handAtThree();
  evictor.removed(3);
  expect(evictor.evict(-1)).toBe(4);
  // It has come to the end and begins again at the oldest, whose mark it took before.
  expect(evictor.evict(-1)).toBe(0);
});
