/**
 * Rows of pending events, 32 bytes each in one buffer, so that touching an event touches one cache
 * line however many are pending: time and sequence as doubles, then owner and kind in one word, two
 * integers of detail, and a link for lists.
 */

import { assert } from '../base/assert.ts';

const DOUBLES = 4;
const WORDS = 8;
const CODE = 4;
const FIRST = 5;
const SECOND = 6;
const NEXT = 7;

/** Kinds are −1 … 61; with the owner they share a word. */
const KINDS = 64;
const CANCELLED = -1;
/** Sequence of a row that is not in use. */
const FREE = -1;
const NONE = -1;

/** Bytes of one row. */
export const BYTES_AN_EVENT = WORDS * 4;

export class EventTable {
  private doubles: Float64Array;
  private words: Int32Array;
  private used = 0;
  private freeHead = NONE;

  constructor(capacity: number) {
    this.doubles = new Float64Array(capacity * DOUBLES);
    this.words = new Int32Array(this.doubles.buffer);
  }

  /** Rows there is room for. */
  get capacity(): number {
    return this.doubles.length / DOUBLES;
  }

  /** A row for an event. */
  add(
    time: number,
    sequence: number,
    owner: number,
    kind: number,
    first: number,
    second: number,
  ): number {
    let slot = this.freeHead;
    if (slot === NONE) {
      if (this.used === this.capacity) this.grow();
      slot = this.used++;
    } else {
      this.freeHead = this.words[slot * WORDS + NEXT]!;
    }
    const { doubles, words } = this;
    doubles[slot * DOUBLES] = time;
    doubles[slot * DOUBLES + 1] = sequence;
    const place = slot * WORDS;
    words[place + CODE] = owner * KINDS + kind + 1;
    words[place + FIRST] = first;
    words[place + SECOND] = second;
    return slot;
  }

  /** The row may be used again; its fields stay readable until the next `add`. */
  release(slot: number): void {
    this.doubles[slot * DOUBLES + 1] = FREE;
    this.words[slot * WORDS + NEXT] = this.freeHead;
    this.freeHead = slot;
  }

  time(slot: number): number {
    return this.doubles[slot * DOUBLES]!;
  }

  sequence(slot: number): number {
    return this.doubles[slot * DOUBLES + 1]!;
  }

  owner(slot: number): number {
    return this.words[slot * WORDS + CODE]! >> 6;
  }

  kind(slot: number): number {
    return (this.words[slot * WORDS + CODE]! & (KINDS - 1)) - 1;
  }

  first(slot: number): number {
    return this.words[slot * WORDS + FIRST]!;
  }

  second(slot: number): number {
    return this.words[slot * WORDS + SECOND]!;
  }

  /** The next row of the list the row is in, or -1. */
  next(slot: number): number {
    return this.words[slot * WORDS + NEXT]!;
  }

  setNext(slot: number, next: number): void {
    this.words[slot * WORDS + NEXT] = next;
  }

  /** Makes a husk of the row: it stays where it is, and whoever comes to it drops it. */
  cancel(slot: number): void {
    const place = slot * WORDS + CODE;
    assert(
      this.words[place] !== CANCELLED && this.doubles[slot * DOUBLES + 1] !== FREE,
      'Only a pending event can be cancelled.',
    );
    this.words[place] = CANCELLED;
  }

  isHusk(slot: number): boolean {
    return this.words[slot * WORDS + CODE] === CANCELLED;
  }

  private grow(): void {
    const doubles = new Float64Array(this.doubles.length * 2);
    doubles.set(this.doubles);
    this.doubles = doubles;
    this.words = new Int32Array(doubles.buffer);
  }
}
