/**
 * What one node has acknowledged and the store does not have yet: for each key the newest version,
 * how many writes it stands for, and the version that is on its way. An entry may leave the cache
 * and is still here until the store has it.
 */

import { grownInt32, grownUint8 } from '../../../base/typed-arrays.ts';
import { KeyMap } from '../../key-map.ts';

const NONE = -1;
const DUE = 1;
const FLYING = 2;

export class DirtySet {
  size = 0;
  /** Slots that have been used. */
  used = 0;
  /** Writes to the store under way. */
  inFlight = 0;
  /** How many are to be written back, and which, in the order in which that was asked for. */
  private due = 0;
  private firstDue = NONE;
  private lastDue = NONE;
  private nextDue: Int32Array = new Int32Array(64);
  private readonly places = new KeyMap();
  private keys: Int32Array = new Int32Array(64);
  private datasets: Int32Array = new Int32Array(64);
  private versions: Int32Array = new Int32Array(64);
  /** Writes since the version on its way, or since the entry became dirty. */
  private writes: Int32Array = new Int32Array(64);
  /** 1: is to be written back; 2: is on its way. */
  private states: Uint8Array = new Uint8Array(64);
  private readonly free: number[] = [];

  /** Entries that nobody has asked to be written back. */
  get idle(): number {
    return this.size - this.due - this.inFlight;
  }

  find(key: number): number {
    return this.size === 0 ? NONE : this.places.get(key);
  }

  keyAt(slot: number): number {
    return this.keys[slot]!;
  }

  datasetAt(slot: number): number {
    return this.datasets[slot]!;
  }

  versionAt(slot: number): number {
    return this.versions[slot]!;
  }

  /** Takes a write; true when it takes the place of one that nobody has sent yet. */
  write(key: number, dataset: number, version: number): boolean {
    let slot = this.find(key);
    if (slot < 0) {
      slot = this.newSlot(key);
      this.datasets[slot] = dataset;
    }
    this.versions[slot] = version;
    return ++this.writes[slot]! > 1;
  }

  /** Everything that is not on its way is to be written back. */
  demandAll(): void {
    for (let slot = 0; slot < this.used; slot++) this.demand(slot);
  }

  demand(slot: number): void {
    if (this.keys[slot]! < 0 || this.states[slot] !== 0) return;
    this.states[slot] = DUE;
    this.due++;
    this.nextDue[slot] = NONE;
    if (this.firstDue === NONE) this.firstDue = slot;
    else this.nextDue[this.lastDue] = slot;
    this.lastDue = slot;
  }

  /** The next slot to write back, which counts as on its way from now on; -1: none. */
  takeDue(): number {
    const slot = this.firstDue;
    if (slot === NONE) return NONE;
    this.firstDue = this.nextDue[slot]!;
    this.due--;
    this.states[slot] = FLYING;
    this.writes[slot] = 0;
    this.inFlight++;
    return slot;
  }

  /** The store has answered about the slot; one that was written meanwhile stays dirty. */
  answered(slot: number, ok: boolean): void {
    this.inFlight--;
    this.states[slot] = 0;
    if (!ok) this.writes[slot]!++;
    else if (this.writes[slot] === 0) this.remove(slot);
  }

  /** The node has died: nothing is on its way any more, as far as it knows. */
  forgetFlights(): void {
    for (let slot = 0; slot < this.used; slot++) {
      if (this.states[slot] === FLYING) this.writes[slot]!++;
      this.states[slot] = 0;
    }
    this.inFlight = 0;
    this.due = 0;
    this.firstDue = NONE;
  }

  clear(): void {
    for (let slot = 0; slot < this.used; slot++) if (this.keys[slot]! >= 0) this.remove(slot);
    this.inFlight = 0;
    this.due = 0;
    this.firstDue = NONE;
  }

  private remove(slot: number): void {
    this.places.delete(this.keys[slot]!);
    this.keys[slot] = -1;
    this.states[slot] = 0;
    this.free.push(slot);
    this.size--;
  }

  private newSlot(key: number): number {
    const slot = this.free.pop() ?? this.used++;
    if (slot === this.keys.length) this.grow();
    this.keys[slot] = key;
    this.writes[slot] = 0;
    this.states[slot] = 0;
    this.places.set(key, slot);
    this.size++;
    return slot;
  }

  private grow(): void {
    const length = this.keys.length * 2;
    this.keys = grownInt32(this.keys, length);
    this.datasets = grownInt32(this.datasets, length);
    this.versions = grownInt32(this.versions, length);
    this.writes = grownInt32(this.writes, length);
    this.states = grownUint8(this.states, length);
    this.nextDue = grownInt32(this.nextDue, length);
  }
}
