/** What a call asks of a cache or a database; the `operation` of its row. */

import { assert } from '../base/assert.ts';

export const Verb = Object.freeze({
  /** Look a key up; nothing is fetched on a miss. */
  get: 0,
  /** Put a copy in. */
  set: 1,
  /** Delete a copy. */
  delete: 2,
  /** The value of a key, wherever it has to come from. */
  read: 3,
  /** A new value for a key. */
  write: 4,
  /** Give the lease of a key back unused. */
  release: 5,
  /** Look a key up and remove what is found: it moves to a cache before this one. */
  take: 6,
} as const);

/** Verb of an operation that a client names when it talks to a cache or database directly. */
export function verbOf(name: string): number {
  if (name === 'read') return Verb.read;
  assert(name === 'write', `Clients can read or write, not ${name}.`);
  return Verb.write;
}
