/**
 * What one cache holds: real keys with their versions and expiry, bounded in entries or bytes. The
 * store decides when something has to leave, its eviction policy decides who.
 */

import { grownFloat64, grownInt32 } from '../base/typed-arrays.ts';
import type { Stream } from '../kernel/random.ts';
import type { EvictionPolicy, Evictor } from './eviction.ts';
import { KeyMap } from './key-map.ts';

const NONE = -1;

export interface CacheLimits {
  /** Entries at the most, ≥ 0; Infinity when bytes are the limit. */
  readonly entries: number;
  /** Bytes at the most; Infinity when entries are the limit. */
  readonly bytes: number;
}

export class CacheStore {
  readonly limits: CacheLimits;
  /** Entries held. */
  size = 0;
  /** Bytes held. */
  bytes = 0;
  evictions = 0;
  private readonly policy: EvictionPolicy;
  private readonly stream: Stream;
  private evictor: Evictor;
  private places = new KeyMap();
  private keys: Int32Array = new Int32Array(0);
  private versions: Int32Array = new Int32Array(0);
  private sizes: Float64Array = new Float64Array(0);
  private expiries: Float64Array = new Float64Array(0);
  private free: Int32Array = new Int32Array(0);
  private freeCount = 0;
  /** False as long as no entry has an end. */
  private expires = false;

  constructor(limits: CacheLimits, policy: EvictionPolicy, stream: Stream) {
    this.limits = Object.freeze({ ...limits });
    this.policy = policy;
    this.stream = stream;
    this.evictor = policy.create(stream);
  }

  /** Slot of a key, whether fresh or expired, or -1. Touches nothing. */
  find(key: number): number {
    return this.places.get(key);
  }

  /** A look-up has found the slot. */
  touch(slot: number): void {
    this.evictor.accessed(slot);
  }

  versionAt(slot: number): number {
    return this.versions[slot]!;
  }

  /** When the entry expires, ns; Infinity: never. */
  expiryAt(slot: number): number {
    return this.expires ? this.expiries[slot]! : Infinity;
  }

  extend(slot: number, expiry: number): void {
    this.expiries[slot] = expiry;
  }

  /**
   * Puts a key in or overwrites it, evicting as long as there is no room. An entry larger than the
   * whole cache is not taken, and an older copy of it is deleted.
   */
  put(key: number, version: number, bytes: number, expiry: number): void {
    if (expiry !== Infinity) this.expires = true;
    const old = this.places.get(key);
    if (old !== NONE && this.sizes[old] === bytes) {
      this.versions[old] = version;
      this.expiries[old] = expiry;
      this.evictor.accessed(old);
      return;
    }
    if (old !== NONE) this.remove(old);
    if (bytes > this.limits.bytes || this.limits.entries < 1) return;
    while (this.size >= this.limits.entries || this.bytes + bytes > this.limits.bytes) {
      this.evictions++;
      this.remove(this.evictor.victim());
    }
    if (this.freeCount === 0) this.grow();
    const slot = this.free[--this.freeCount]!;
    this.keys[slot] = key;
    this.versions[slot] = version;
    this.sizes[slot] = bytes;
    this.expiries[slot] = expiry;
    this.places.set(key, slot);
    this.size++;
    this.bytes += bytes;
    this.evictor.inserted(slot);
  }

  remove(slot: number): void {
    this.evictor.removed(slot);
    this.places.delete(this.keys[slot]!);
    this.size--;
    this.bytes -= this.sizes[slot]!;
    this.free[this.freeCount++] = slot;
  }

  /** Forgets everything, as a cold start does. */
  clear(): void {
    this.places = new KeyMap();
    this.evictor = this.policy.create(this.stream);
    this.size = 0;
    this.bytes = 0;
    this.freeCount = 0;
    this.keys = new Int32Array(0);
    this.versions = new Int32Array(0);
    this.sizes = new Float64Array(0);
    this.expiries = new Float64Array(0);
    this.free = new Int32Array(0);
  }

  private grow(): void {
    const used = this.keys.length;
    const slots = Math.min(Math.max(64, used * 2), Math.max(this.limits.entries, used + 1));
    this.keys = grownInt32(this.keys, slots);
    this.versions = grownInt32(this.versions, slots);
    this.sizes = grownFloat64(this.sizes, slots);
    this.free = grownInt32(this.free, slots);
    this.expiries = grownFloat64(this.expiries, slots);
    for (let slot = slots - 1; slot >= used; slot--) this.free[this.freeCount++] = slot;
    this.evictor.grow(slots);
  }
}
