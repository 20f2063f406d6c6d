/**
 * What one cache holds: real keys with their versions and expiry, bounded in entries or bytes. The
 * store decides when something has to leave, its eviction policy decides who. Where the policy
 * remembers keys that have left, their slots stay taken.
 */

import { grownFloat64, grownInt32, grownUint8 } from '../base/typed-arrays.ts';
import type { Stream } from '../kernel/random.ts';
import type { AdmissionPolicy, Admitter } from './admission.ts';
import type { CacheView, EvictionPolicy, Evictor, Segment } from './eviction.ts';
import { KeyMap } from './key-map.ts';

const NONE = -1;

/** For caches in which time does not matter. */
const noClock = Object.freeze({ now: 0 });

export interface CacheLimits {
  /** Entries at the most, ≥ 0; Infinity when bytes are the limit. */
  readonly entries: number;
  /** Bytes at the most; Infinity when entries are the limit. */
  readonly bytes: number;
  /** All keys are below this number; left out when that is not known. */
  readonly keys?: number;
}

/** Is told of keys that make room or are not let in, and if it likes of those taken out. */
export interface StoreWatcher {
  /** `expiry`: when it would have expired, ns. */
  evicted(key: number, expiry: number, version: number): void;
  refused(key: number): void;
  /** By `remove`. */
  removed?(key: number): void;
  /** Everything has left, by `clear`. */
  cleared?(): void;
}

/** An admission policy, the number it was given, and a stream of its own. */
export interface Admission {
  readonly policy: AdmissionPolicy;
  readonly value: number;
  readonly stream: Stream;
}

export class CacheStore implements CacheView {
  limits: CacheLimits;
  /** Entries held. */
  size = 0;
  /** Bytes held. */
  bytes = 0;
  evictions = 0;
  watcher: StoreWatcher | null = null;
  readonly hasClock: boolean;
  private readonly policy: EvictionPolicy;
  private readonly stream: Stream;
  private readonly clock: { readonly now: number };
  private evictor: Evictor;
  private admission: Admission | null = null;
  /** Null: every key comes in. */
  private admitter: Admitter | null = null;
  private places: KeyMap;
  /** Key and version of each slot, in turn, so that a slot is one cache line. */
  private marks: Int32Array = new Int32Array(0);
  /** Size of the entry in each slot; empty as long as all entries are of `entryBytes`. */
  private sizes: Float64Array = new Float64Array(0);
  private entryBytes = -1;
  private areSizesEqual = true;
  /** When the entry in each slot expires; empty as long as none does. */
  private expiries: Float64Array = new Float64Array(0);
  private expires = false;
  /** 1 for each slot whose entry is here, 0 for that of a ghost; empty when there are none. */
  private held: Uint8Array = new Uint8Array(0);
  private remembers = false;
  /** Slots that have been emptied, and the first that has never been used. */
  private free: Int32Array = new Int32Array(0);
  private freeCount = 0;
  private fresh = 0;

  /** `clock` tells the time of the run, ns. */
  constructor(
    limits: CacheLimits,
    policy: EvictionPolicy,
    stream: Stream,
    clock: { readonly now: number } = noClock,
  ) {
    this.limits = Object.freeze({ ...limits });
    this.policy = policy;
    this.stream = stream;
    this.clock = clock;
    this.hasClock = clock !== noClock;
    this.places = new KeyMap(64, limits.keys);
    this.evictor = policy.create(stream, this);
    this.remembers = this.evictor.remembers !== undefined;
  }

  get capacity(): number {
    const { entries, bytes } = this.limits;
    return Math.max(1, bytes === Infinity ? entries : bytes);
  }

  /** Keys that have left and that the policy remembers. */
  get ghosts(): number {
    return this.places.size - this.size;
  }

  /** The parts that the policy keeps its entries in; empty when there is one only. */
  get segments(): readonly Segment[] {
    return this.evictor.segments?.() ?? [];
  }

  /** Slots that have been used so far; the slot of any entry is below it. */
  get slotCount(): number {
    return this.fresh;
  }

  unitsOf(slot: number): number {
    return this.limits.bytes === Infinity ? 1 : this.bytesOf(slot);
  }

  bytesOf(slot: number): number {
    return this.areSizesEqual ? this.entryBytes : this.sizes[slot]!;
  }

  keyOf(slot: number): number {
    return this.marks[slot * 2]!;
  }

  now(): number {
    return this.clock.now;
  }

  /** For the policy alone: a ghost is forgotten. */
  forget(slot: number): void {
    this.places.delete(this.marks[slot * 2]!);
    this.free[this.freeCount++] = slot;
  }

  /** Slot of a key, whether fresh or expired, or -1. Touches nothing. */
  find(key: number): number {
    const slot = this.places.get(key);
    return !this.remembers || slot === NONE || this.held[slot] === 1 ? slot : NONE;
  }

  /** A look-up has found the slot. */
  touch(slot: number): void {
    if (this.admitter !== null) this.admitter.asked(this.keyOf(slot));
    this.evictor.accessed(slot);
  }

  /** The entries that would make room next; null when the policy cannot know. */
  leavingNext(limit: number): { readonly key: number; readonly expiry: number }[] | null {
    const slots = this.evictor.upcoming?.(Math.min(limit, this.size)) ?? null;
    if (slots === null) return null;
    return slots.map((slot) => ({ key: this.marks[slot * 2]!, expiry: this.expiryAt(slot) }));
  }

  versionAt(slot: number): number {
    return this.marks[slot * 2 + 1]!;
  }

  /** When the entry expires, ns; Infinity: never. */
  expiryAt(slot: number): number {
    return this.expires ? this.expiries[slot]! : Infinity;
  }

  extend(slot: number, expiry: number): void {
    if (expiry !== Infinity && !this.expires) this.beginToExpire();
    if (this.expires) this.expiries[slot] = expiry;
  }

  /**
   * Puts a key in or overwrites it, evicting as long as there is no room. An entry larger than the
   * whole cache is not taken, and an older copy of it is deleted.
   */
  put(key: number, version: number, bytes: number, expiry: number): void {
    const old = this.find(key);
    if (old !== NONE) {
      if (this.bytesOf(old) === bytes) {
        this.marks[old * 2 + 1] = version;
        this.extend(old, expiry);
        this.evictor.accessed(old);
        return;
      }
      this.remove(old);
    }
    const { evictor, limits } = this;
    if (bytes > limits.bytes || limits.entries < 1 || !this.admits(key, bytes, old !== NONE)) {
      this.watcher?.refused(key);
      return;
    }
    const slot = this.slotFor(key);
    this.marks[slot * 2 + 1] = version;
    if (bytes !== this.entryBytes && this.areSizesEqual) this.noteSizes(bytes);
    if (!this.areSizesEqual) this.sizes[slot] = bytes;
    this.extend(slot, expiry);
    if (evictor.arriving !== undefined) evictor.arriving(slot);
    while (this.size >= limits.entries || this.bytes + bytes > limits.bytes) this.evict(slot);
    if (this.remembers) this.held[slot] = 1;
    this.size++;
    this.bytes += bytes;
    evictor.inserted(slot);
  }

  /** Lets keys in by a policy from now on. */
  admitBy(admission: Admission): void {
    this.admission = admission;
    const { policy, stream, value } = admission;
    this.admitter = policy.create(stream, this, value);
  }

  /** Another bound from now on; the policy chooses who leaves at once. Returns how many do. */
  setLimits(limits: CacheLimits): number {
    this.limits = Object.freeze({ ...limits });
    const before = this.evictions;
    while (this.size > limits.entries || this.bytes > limits.bytes) this.evict(NONE);
    return this.evictions - before;
  }

  remove(slot: number): void {
    this.watcher?.removed?.(this.keyOf(slot));
    this.evictor.removed(slot);
    this.giveUp(slot);
    this.forget(slot);
  }

  /** Forgets everything, as a cold start does. */
  clear(): void {
    this.watcher?.cleared?.();
    this.places = new KeyMap(64, this.limits.keys);
    this.held = new Uint8Array(0);
    this.size = 0;
    this.bytes = 0;
    this.freeCount = 0;
    this.fresh = 0;
    this.marks = new Int32Array(0);
    this.sizes = new Float64Array(0);
    this.areSizesEqual = true;
    this.entryBytes = -1;
    this.expiries = new Float64Array(0);
    this.expires = false;
    this.free = new Int32Array(0);
    this.evictor = this.policy.create(this.stream, this);
    if (this.admission !== null) this.admitBy(this.admission);
  }

  /** A key of which there was a copy of another size is not asked about. */
  private admits(key: number, bytes: number, wasHere: boolean): boolean {
    const { admitter, limits, size } = this;
    if (admitter === null) return true;
    admitter.asked(key);
    if (wasHere) return true;
    const hasRoom = size < limits.entries && this.bytes + bytes <= limits.bytes;
    const [next = NONE] = hasRoom ? [] : (this.evictor.upcoming?.(1) ?? []);
    const victim = next === NONE ? NONE : this.keyOf(next);
    return admitter.admits({ key, bytes, entries: size, hasRoom, victim });
  }

  private evict(incoming: number): void {
    const { evictor } = this;
    const slot = evictor.evict(incoming);
    this.evictions++;
    if (this.watcher !== null) {
      this.watcher.evicted(this.keyOf(slot), this.expiryAt(slot), this.versionAt(slot));
    }
    this.giveUp(slot);
    if (!this.remembers || !evictor.remembers!(slot)) this.forget(slot);
  }

  /** The entry is no longer here. */
  private giveUp(slot: number): void {
    this.size--;
    this.bytes -= this.bytesOf(slot);
    if (this.remembers) this.held[slot] = 0;
  }

  /** The slot of a ghost of the key, or a free one. */
  private slotFor(key: number): number {
    if (this.remembers) {
      const slot = this.places.get(key);
      if (slot !== NONE) return slot;
    }
    const slot = this.freeSlot();
    this.marks[slot * 2] = key;
    this.places.set(key, slot);
    return slot;
  }

  private freeSlot(): number {
    if (this.freeCount > 0) return this.free[--this.freeCount]!;
    if (this.fresh === this.free.length) this.grow();
    return this.fresh++;
  }

  private grow(): void {
    const used = this.free.length;
    // One more than entries: the slot of who comes in is taken before another is free.
    const most = this.remembers ? Infinity : this.limits.entries + 1;
    const slots = Math.min(Math.max(64, used * 2), Math.max(most, used + 1));
    this.marks = grownInt32(this.marks, slots * 2);
    if (!this.areSizesEqual) this.sizes = grownFloat64(this.sizes, slots);
    if (this.expires) this.expiries = grownFloat64(this.expiries, slots);
    this.free = grownInt32(this.free, slots);
    if (this.remembers) this.held = grownUint8(this.held, slots);
    this.evictor.grow(slots);
  }

  /** The first size there is, or one that is unlike it. */
  private noteSizes(bytes: number): void {
    if (this.entryBytes >= 0) {
      this.sizes = new Float64Array(this.free.length).fill(this.entryBytes);
      this.areSizesEqual = false;
    }
    this.entryBytes = bytes;
  }

  private beginToExpire(): void {
    this.expiries = new Float64Array(this.free.length).fill(Infinity);
    this.expires = true;
  }
}
