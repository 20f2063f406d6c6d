/**
 * What all clients of a population keep, in one table of typed arrays: thousands of small caches
 * would be thousands of objects. Each client has a list of its own entries, the one used last at
 * its head, and room of its own; what has no room leaves from the tail.
 *
 * Source: least recently used, as browsers' disk caches do it; hashing with linear probing and
 * removal by shifting back: Knuth, The Art of Computer Programming 3, section 6.4, algorithm R.
 */

import { grownFloat64, grownInt32 } from '../../base/typed-arrays.ts';

const NONE = -1;

/** Numbers of one slot: owner, key, version, and its neighbours in the list of its client. */
const WORDS = 5;
const OWNER = 0;
const KEY = 1;
const VERSION = 2;
const NEWER = 3;
const OLDER = 4;

/** Odd numbers that spread bits: 2^32 over the golden ratio, and one of MurmurHash3. */
const GOLDEN = 0x9e3779b1;
const MURMUR = 0x85ebca6b;

/** How much each client has room for; `costs` says what an answer of each kind takes of it. */
export interface ClientRoom {
  readonly limit: number;
  readonly costs: readonly number[];
}

export class ClientTable {
  /** Entries of all clients. */
  entries = 0;
  evictions = 0;
  private readonly room: ClientRoom;
  private readonly kinds: number;
  /** Slots used last and longest ago by each client, or -1, and the room that its entries take. */
  private newest: Int32Array = new Int32Array(0);
  private oldest: Int32Array = new Int32Array(0);
  private used: Float64Array = new Float64Array(0);
  private slots: Int32Array = new Int32Array(0);
  /** When the entry in each slot expires, ns; Infinity: never. */
  private expiries: Float64Array = new Float64Array(0);
  /** The slot at each place of the hash table, or -1. */
  private cells: Int32Array = new Int32Array(32).fill(NONE);
  /** First slot that has been emptied; the others follow as its older neighbours. */
  private free = NONE;
  private fresh = 0;

  constructor(clients: number, room: ClientRoom) {
    this.room = room;
    this.kinds = room.costs.length;
    this.addClients(clients);
  }

  /** Room for so many clients; those there are keep what they have. */
  addClients(clients: number): void {
    const before = this.newest.length;
    if (clients <= before) return;
    this.newest = grownInt32(this.newest, clients).fill(NONE, before);
    this.oldest = grownInt32(this.oldest, clients).fill(NONE, before);
    this.used = grownFloat64(this.used, clients);
  }

  /** Slot of a client's copy, whether fresh or expired, or -1. */
  find(client: number, kind: number, key: number): number {
    return this.cells[this.placeOf(client * this.kinds + kind, key)]!;
  }

  versionAt(slot: number): number {
    return this.slots[slot * WORDS + VERSION]!;
  }

  expiryAt(slot: number): number {
    return this.expiries[slot]!;
  }

  extend(slot: number, expiry: number): void {
    this.expiries[slot] = expiry;
  }

  /** The client has used a copy. */
  touch(slot: number): void {
    const client = this.clientOf(slot);
    if (this.newest[client] === slot) return;
    this.unlink(slot, client);
    this.link(slot, client);
  }

  /** Puts a copy in or replaces it; one that is larger than all the room is not kept. */
  put(client: number, kind: number, key: number, version: number, expiry: number): void {
    const old = this.find(client, kind, key);
    if (old !== NONE) {
      this.slots[old * WORDS + VERSION] = version;
      this.expiries[old] = expiry;
      this.touch(old);
      return;
    }
    const { costs, limit } = this.room;
    const cost = costs[kind]!;
    if (cost > limit) return;
    while (this.used[client]! + cost > limit) {
      this.evictions++;
      this.remove(this.oldest[client]!);
    }
    const slot = this.takeSlot();
    const at = slot * WORDS;
    this.slots[at + OWNER] = client * this.kinds + kind;
    this.slots[at + KEY] = key;
    this.slots[at + VERSION] = version;
    this.expiries[slot] = expiry;
    this.used[client]! += cost;
    this.link(slot, client);
    if (++this.entries * 2 > this.cells.length) this.enlarge();
    else this.cells[this.placeOf(this.slots[at + OWNER]!, key)] = slot;
  }

  remove(slot: number): void {
    const client = this.clientOf(slot);
    this.unlink(slot, client);
    this.used[client]! -= this.room.costs[this.slots[slot * WORDS + OWNER]! % this.kinds]!;
    this.entries--;
    this.empty(this.placeOf(this.slots[slot * WORDS + OWNER]!, this.slots[slot * WORDS + KEY]!));
    this.slots[slot * WORDS + OLDER] = this.free;
    this.free = slot;
  }

  private clientOf(slot: number): number {
    return Math.floor(this.slots[slot * WORDS + OWNER]! / this.kinds);
  }

  /** Where a copy is in the hash table, or the empty place where it would be. */
  private placeOf(owner: number, key: number): number {
    const { cells, slots } = this;
    const mask = cells.length - 1;
    let place = this.homeOf(owner, key);
    for (;;) {
      const slot = cells[place]!;
      if (slot === NONE) return place;
      if (slots[slot * WORDS + KEY] === key && slots[slot * WORDS + OWNER] === owner) return place;
      place = (place + 1) & mask;
    }
  }

  private homeOf(owner: number, key: number): number {
    const mixed = Math.imul(owner, MURMUR) ^ key;
    return Math.imul(mixed ^ (mixed >>> 15), GOLDEN) >>> Math.clz32(this.cells.length - 1);
  }

  /** Empties a place; what lies behind it and belongs further forward moves up. */
  private empty(from: number): void {
    const { cells, slots } = this;
    const mask = cells.length - 1;
    let hole = from;
    let place = from;
    for (;;) {
      place = (place + 1) & mask;
      const slot = cells[place]!;
      if (slot === NONE) break;
      const home = this.homeOf(slots[slot * WORDS + OWNER]!, slots[slot * WORDS + KEY]!);
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      cells[hole] = slot;
      hole = place;
    }
    cells[hole] = NONE;
  }

  private enlarge(): void {
    const { newest, slots } = this;
    this.cells = new Int32Array(this.cells.length * 2).fill(NONE);
    for (let slot of newest) {
      for (; slot !== NONE; slot = slots[slot * WORDS + OLDER]!) {
        const place = this.placeOf(slots[slot * WORDS + OWNER]!, slots[slot * WORDS + KEY]!);
        this.cells[place] = slot;
      }
    }
  }

  private takeSlot(): number {
    const slot = this.free;
    if (slot !== NONE) {
      this.free = this.slots[slot * WORDS + OLDER]!;
      return slot;
    }
    if (this.fresh === this.expiries.length) {
      const length = Math.max(64, this.fresh * 2);
      this.slots = grownInt32(this.slots, length * WORDS);
      this.expiries = grownFloat64(this.expiries, length);
    }
    return this.fresh++;
  }

  private link(slot: number, client: number): void {
    const { slots } = this;
    const next = this.newest[client]!;
    slots[slot * WORDS + NEWER] = NONE;
    slots[slot * WORDS + OLDER] = next;
    if (next === NONE) this.oldest[client] = slot;
    else slots[next * WORDS + NEWER] = slot;
    this.newest[client] = slot;
  }

  private unlink(slot: number, client: number): void {
    const { slots } = this;
    const newer = slots[slot * WORDS + NEWER]!;
    const older = slots[slot * WORDS + OLDER]!;
    if (newer === NONE) this.newest[client] = older;
    else slots[newer * WORDS + OLDER] = older;
    if (older === NONE) this.oldest[client] = newer;
    else slots[older * WORDS + NEWER] = newer;
  }
}
