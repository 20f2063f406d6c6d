/**
 * A cache that only counts its misses on a trace of small whole numbers, for comparing eviction
 * policies. Entries never expire; the key itself is the slot, so nothing is looked up.
 */

import { assert } from '../base/assert.ts';
import type { Stream } from '../kernel/random.ts';
import type { CacheView, EvictionPolicy, Evictor } from './eviction.ts';

export interface TraceCacheLimits {
  /** All keys of the trace are below this number. */
  readonly keys: number;
  /** Entries held at the most, ≥ 1. */
  readonly entries: number;
}

export class TraceCache implements CacheView {
  readonly capacity: number;
  readonly hasClock = false;
  private readonly evictor: Evictor;
  /** 1 for each key that is in. */
  private readonly held: Uint8Array;
  private size = 0;

  constructor({ keys, entries }: TraceCacheLimits, policy: EvictionPolicy, stream: Stream) {
    assert(entries >= 1, 'A cache of a trace has room for an entry.');
    this.capacity = entries;
    this.held = new Uint8Array(keys);
    this.evictor = policy.create(stream, this);
    this.evictor.grow(keys);
  }

  unitsOf(): number {
    return 1;
  }

  bytesOf(): number {
    return 1;
  }

  keyOf(slot: number): number {
    return slot;
  }

  now(): number {
    return 0;
  }

  forget(): void {
    return;
  }

  /** Asks for the keys at `from` up to `to` of a trace, brings in what is missing, counts it. */
  misses(trace: Int32Array, from = 0, to: number = trace.length): number {
    const { held, evictor, capacity } = this;
    let { size } = this;
    const canExchange = evictor.exchange !== undefined;
    const isTold = evictor.arriving !== undefined;
    let misses = 0;
    for (let at = from; at < to; at++) {
      const key = trace[at]!;
      if (held[key] === 1) {
        evictor.accessed(key);
        continue;
      }
      misses++;
      held[key] = 1;
      if (isTold) evictor.arriving!(key);
      if (size < capacity) size++;
      else if (canExchange) {
        held[evictor.exchange!(key)] = 0;
        continue;
      } else held[evictor.evict(key)] = 0;
      evictor.inserted(key);
    }
    this.size = size;
    return misses;
  }
}
