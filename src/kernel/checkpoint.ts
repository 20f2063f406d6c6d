/**
 * A checkpoint is a copy of the whole state of a simulation, taken by walking every object that can
 * be reached from its root: fields that hold numbers, texts, flags and references are noted, and
 * the contents of typed arrays, arrays, maps and sets are copied. Restoring writes everything back
 * into the same objects, so whoever holds one of them sees the old state again.
 *
 * Frozen objects are taken as constant and are not entered, which keeps plans and look-up tables
 * out. State that lives in a closure or a generator could not be seen; the simulation has none.
 *
 * A checkpoint that is told of an earlier one shares with it what has not changed since, so that
 * many of them take little more memory than what changed between them.
 */

import { assert } from '../base/assert.ts';
import { ArrayNote, ListNote, MapNote, ObjectNote, SetNote } from './checkpoint-notes.ts';
import type { Note, Numbers } from './checkpoint-notes.ts';

export class Checkpoint {
  /** Bytes of arrays and lists that it brings back. */
  readonly bytes: number;
  /** Bytes of them that it does not share with the checkpoint it was told of. */
  readonly ownBytes: number;
  private readonly notes: readonly Note[];

  /** Takes the state of everything reachable from `root`. */
  constructor(root: object, previous: Checkpoint | null = null) {
    const walk = new Walk(previous?.notes ?? []);
    walk.from(root);
    this.notes = walk.notes;
    this.bytes = walk.bytes;
    this.ownBytes = walk.ownBytes;
  }

  /** Bytes that several checkpoints take together; what they share counts once. */
  static bytesOf(checkpoints: readonly Checkpoint[]): number {
    const parts = new Map<object, number>();
    for (const { notes } of checkpoints) {
      for (const note of notes) note.parts((part, bytes) => parts.set(part, bytes));
    }
    let sum = 0;
    for (const bytes of parts.values()) sum += bytes;
    return sum;
  }

  /** Puts every object back into the state it had; can be done any number of times. */
  restore(): void {
    for (const note of this.notes) note.restore();
  }
}

/** One way through all objects, in an order that is the same as long as they are. */
class Walk {
  readonly notes: Note[] = [];
  bytes = 0;
  ownBytes = 0;
  private readonly seen = new Set<object>();
  private readonly ahead: object[] = [];
  private readonly buffers = new Set<ArrayBufferLike>();
  private readonly former: readonly Note[];
  /** Where the next note of the former walk is expected. */
  private place = 0;
  /** Places of all subjects of the former walk, once they are needed. */
  private places: Map<object, number> | null = null;

  constructor(former: readonly Note[]) {
    this.former = former;
  }

  from(root: object): void {
    this.seen.add(root);
    let object: object | undefined = root;
    for (; object !== undefined; object = this.ahead.pop()) this.visit(object);
  }

  private visit(object: object): void {
    if (ArrayBuffer.isView(object)) {
      assert(!(object instanceof DataView), 'A checkpoint cannot copy a DataView.');
      // Two views of one buffer are one content.
      const isWhole = object.byteLength === object.buffer.byteLength;
      if (isWhole && this.buffers.has(object.buffer)) return;
      if (isWhole) this.buffers.add(object.buffer);
      this.keep(ArrayNote.of(object as Numbers, this.formerOf(object) as ArrayNote | null));
    } else if (Array.isArray(object)) {
      this.keep(ListNote.of(object, this.formerOf(object) as ListNote | null));
      if (typeof object[0] !== 'number') for (const item of object) this.meet(item);
    } else if (object instanceof Map) {
      this.keep(MapNote.of(object, this.formerOf(object) as MapNote | null));
      for (const [key, value] of object) {
        this.meet(key);
        this.meet(value);
      }
    } else if (object instanceof Set) {
      this.keep(SetNote.of(object, this.formerOf(object) as SetNote | null));
      for (const member of object) this.meet(member);
    } else {
      const note = ObjectNote.of(object, this.formerOf(object) as ObjectNote | null);
      this.keep(note);
      for (const value of note.values) this.meet(value);
    }
  }

  private meet(value: unknown): void {
    if (typeof value !== 'object' || value === null || this.seen.has(value)) return;
    if (!ArrayBuffer.isView(value) && Object.isFrozen(value)) return;
    this.seen.add(value);
    this.ahead.push(value);
  }

  private keep(note: Note): void {
    const isShared = this.place > 0 && this.former[this.place - 1] === note;
    this.notes.push(note);
    this.bytes += note.bytes;
    if (!isShared) this.ownBytes += note.ownBytes;
  }

  /** What the former walk noted of an object; null when it did not meet it. */
  private formerOf(object: object): Note | null {
    const { former } = this;
    if (former.length === 0) return null;
    const expected = former[this.place];
    if (expected === undefined || expected.subject !== object) {
      this.places ??= new Map(former.map(({ subject }, place) => [subject, place]));
      const place = this.places.get(object);
      if (place === undefined) return null;
      this.place = place;
    }
    return former[this.place++]!;
  }
}
