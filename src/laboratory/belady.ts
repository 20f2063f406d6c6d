/**
 * The fewest misses that a cache of so many entries could have on a trace that is known to its end:
 * who is wanted again the latest leaves. A bound, not a policy: nobody knows the future.
 *
 * Source: L. Belady, A study of replacement algorithms for a virtual-storage computer, 1966; with
 * bypass, where an entry need not be taken in, as the optimum of Caffeine's simulator. All entries
 * count the same: with sizes the best choice is hard to find (NP-hard).
 */

import { PositionSet } from './position-set.ts';

export interface BeladyCount {
  readonly misses: number;
  /** Entries that made room. */
  readonly evictions: number;
  /** Misses whose entry was not taken in. */
  readonly bypasses: number;
}

export class Belady {
  /** Where the key at each place of the trace is wanted next; its length: never again. */
  private readonly next: Int32Array;

  /** All keys of the trace are whole numbers from 0, below `keys`. */
  constructor(trace: Int32Array, keys: number) {
    this.next = nextUses(trace, keys);
  }

  /** Room for `entries`, ≥ 1. With `bypass` an entry is only taken in when that saves a miss. */
  count(entries: number, options: { readonly bypass: boolean }): BeladyCount {
    const { next } = this;
    const never = next.length;
    // The entries that are in, each as the place at which it is wanted next. So a look-up is a hit
    // when its own place is in the set, and no key has to be looked up.
    const wanted = new PositionSet(never);
    /** Entries that are in and never wanted again. */
    let useless = 0;
    let size = 0;
    let misses = 0;
    let evictions = 0;
    let bypasses = 0;
    for (let at = 0; at < never; at++) {
      const again = next[at]!;
      if (wanted.has(at)) wanted.delete(at);
      else {
        misses++;
        if (size < entries) size++;
        else if (options.bypass && again >= (useless > 0 ? never : wanted.last())) {
          bypasses++;
          continue;
        } else {
          evictions++;
          if (useless > 0) useless--;
          else wanted.delete(wanted.last());
        }
      }
      if (again === never) useless++;
      else wanted.add(again);
    }
    return { misses, evictions, bypasses };
  }
}

function nextUses(trace: Int32Array, keys: number): Int32Array {
  const next = new Int32Array(trace.length);
  const seen = new Int32Array(keys).fill(trace.length);
  for (let at = trace.length - 1; at >= 0; at--) {
    const key = trace[at]!;
    next[at] = seen[key]!;
    seen[key] = at;
  }
  return next;
}
