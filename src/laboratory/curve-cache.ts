/**
 * A cache of one policy and size that plays a trace and counts the reads that miss. It is bounded
 * in entries, or in bytes with entries of any size; keys may be written and deleted. The key itself
 * is the slot, as in a trace cache; a read that misses brings its key in at once.
 */

import { lookUp } from '../base/registry.ts';
import { grownInt32, grownUint8 } from '../base/typed-arrays.ts';
import { streamFor } from '../kernel/random.ts';
import { evictionPolicies } from '../model/eviction.ts';
import type { CacheView, Evictor } from '../model/eviction.ts';
import type { CurveReport } from './curve.ts';
import { Op } from './look-ups.ts';
import type { Batch } from './look-ups.ts';

export interface CurveCachePlan {
  readonly policy: string;
  readonly unit: CurveReport['unit'];
  /** At least 1. */
  readonly size: number;
  /** For policies that draw. */
  readonly seed: string;
}

export class CurveCache implements CacheView {
  readonly capacity: number;
  readonly hasClock = false;
  /** Reads, and those of them that found nothing. */
  reads = 0;
  misses = 0;
  private readonly inBytes: boolean;
  private readonly evictor: Evictor;
  /** 1 for each key that is in. */
  private held: Uint8Array = new Uint8Array(0);
  /** Bytes of each key that is or was in; empty when entries are counted. */
  private bytes: Int32Array = new Int32Array(0);
  private used = 0;
  private lookUps = 0;

  constructor({ policy, unit, size, seed }: CurveCachePlan) {
    this.capacity = size;
    this.inBytes = unit === 'bytes';
    const stream = streamFor(seed, `${policy} of ${size}`, 'eviction');
    this.evictor = lookUp(evictionPolicies, policy).create(stream, this);
  }

  unitsOf(slot: number): number {
    return this.inBytes ? this.bytes[slot]! : 1;
  }

  bytesOf(slot: number): number {
    return this.inBytes ? this.bytes[slot]! : 1;
  }

  keyOf(slot: number): number {
    return slot;
  }

  now(): number {
    return this.lookUps;
  }

  forget(): void {
    return;
  }

  /** `keys`: all keys of the batch are below it. */
  play(batch: Batch, keys: number): void {
    if (keys > this.held.length) this.grow(keys);
    if (batch.ops === null && !this.inBytes) this.playReads(batch);
    else this.playAll(batch);
  }

  /** Nothing but reads of entries of one size: the loop that most of the time goes into. */
  private playReads({ keys, count }: Batch): void {
    const { held, evictor, capacity } = this;
    const canExchange = evictor.exchange !== undefined;
    const isTold = evictor.arriving !== undefined;
    let { used } = this;
    let misses = 0;
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      this.lookUps++;
      if (held[key] === 1) {
        evictor.accessed(key);
        continue;
      }
      misses++;
      if (isTold) evictor.arriving!(key);
      held[key] = 1;
      if (used < capacity) used++;
      else if (canExchange) {
        held[evictor.exchange!(key)] = 0;
        continue;
      } else held[evictor.evict(key)] = 0;
      evictor.inserted(key);
    }
    this.used = used;
    this.reads += count;
    this.misses += misses;
  }

  private playAll({ keys, sizes, ops, count }: Batch): void {
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const op = ops === null ? Op.read : ops[at]!;
      const size = !this.inBytes || sizes === null ? 1 : sizes[at]!;
      this.lookUps++;
      if (op === Op.delete) this.remove(key);
      else if (op === Op.read) this.read(key, size);
      else this.write(key, size);
    }
  }

  private read(key: number, size: number): void {
    this.reads++;
    if (this.held[key] === 1) {
      this.evictor.accessed(key);
      return;
    }
    this.misses++;
    this.bringIn(key, size);
  }

  private write(key: number, size: number): void {
    if (this.held[key] === 1) {
      if (!this.inBytes || this.bytes[key] === size) {
        this.evictor.accessed(key);
        return;
      }
      this.remove(key);
    }
    this.bringIn(key, size);
  }

  private remove(key: number): void {
    if (this.held[key] !== 1) return;
    this.evictor.removed(key);
    this.giveUp(key);
  }

  /** An entry larger than the whole cache is not taken. */
  private bringIn(key: number, size: number): void {
    if (size > this.capacity) return;
    const { evictor } = this;
    if (this.inBytes) this.bytes[key] = size;
    evictor.arriving?.(key);
    while (this.used + size > this.capacity) this.giveUp(evictor.evict(key));
    this.held[key] = 1;
    this.used += size;
    evictor.inserted(key);
  }

  private giveUp(key: number): void {
    this.held[key] = 0;
    this.used -= this.unitsOf(key);
  }

  private grow(keys: number): void {
    const length = Math.max(keys, this.held.length * 2, 64);
    this.held = grownUint8(this.held, length);
    if (this.inBytes) this.bytes = grownInt32(this.bytes, length);
    this.evictor.grow(length);
  }
}
