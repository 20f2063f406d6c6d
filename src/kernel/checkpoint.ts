/**
 * A checkpoint is a copy of the whole state of a simulation, taken by walking every object that can
 * be reached from its root: fields that hold numbers, texts, flags and references are noted, and
 * the contents of typed arrays, arrays, maps and sets are copied. Restoring writes everything back
 * into the same objects, so whoever holds one of them sees the old state again.
 *
 * Frozen objects are taken as constant and are not entered, which keeps plans and look-up tables
 * out. State that lives in a closure or a generator could not be seen; the simulation has none.
 */

import { assert } from '../base/assert.ts';

type Numbers = Int32Array | Float64Array | Uint32Array | Uint8Array | Int16Array | Uint16Array;
type Bag = Record<string, unknown>;

interface ArrayNote {
  readonly array: Numbers;
  readonly copy: Numbers;
}

interface ObjectNote {
  readonly object: Bag;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

interface ListNote {
  readonly list: unknown[];
  readonly items: readonly unknown[];
}

interface MapNote {
  readonly map: Map<unknown, unknown>;
  readonly entries: readonly (readonly [unknown, unknown])[];
}

interface SetNote {
  readonly set: Set<unknown>;
  readonly members: readonly unknown[];
}

export class Checkpoint {
  private readonly arrays: ArrayNote[] = [];
  private readonly objects: ObjectNote[] = [];
  private readonly lists: ListNote[] = [];
  private readonly maps: MapNote[] = [];
  private readonly sets: SetNote[] = [];

  /** Takes the state of everything reachable from `root`. */
  constructor(root: object) {
    const seen = new Set<object>([root]);
    const queue: object[] = [root];
    const buffers = new Set<ArrayBufferLike>();
    const meet = (value: unknown): void => {
      if (typeof value === 'function') return;
      if (typeof value !== 'object' || value === null) return;
      if (seen.has(value) || (!ArrayBuffer.isView(value) && Object.isFrozen(value))) return;
      seen.add(value);
      queue.push(value);
    };
    for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
      this.note(object, buffers, meet);
    }
  }

  /** Bytes of copied array contents, an estimate of the checkpoint's size. */
  get bytes(): number {
    let bytes = 0;
    for (const note of this.arrays) bytes += note.copy.byteLength;
    for (const note of this.lists) bytes += note.items.length * 8;
    return bytes;
  }

  /** Puts every object back into the state it had; can be done any number of times. */
  restore(): void {
    for (const { array, copy } of this.arrays) array.set(copy);
    for (const { object, names, values } of this.objects) {
      for (let index = 0; index < names.length; index++) object[names[index]!] = values[index];
    }
    for (const { list, items } of this.lists) {
      list.length = items.length;
      for (let index = 0; index < items.length; index++) list[index] = items[index];
    }
    for (const { map, entries } of this.maps) {
      map.clear();
      for (const [key, value] of entries) map.set(key, value);
    }
    for (const { set, members } of this.sets) {
      set.clear();
      for (const member of members) set.add(member);
    }
  }

  private note(
    object: object,
    buffers: Set<ArrayBufferLike>,
    meet: (value: unknown) => void,
  ): void {
    if (ArrayBuffer.isView(object)) {
      assert(!(object instanceof DataView), 'A checkpoint cannot copy a DataView.');
      // Two views of one buffer are one content.
      const isWhole = object.byteLength === object.buffer.byteLength;
      if (isWhole && buffers.has(object.buffer)) return;
      if (isWhole) buffers.add(object.buffer);
      this.arrays.push({ array: object as Numbers, copy: (object as Numbers).slice() });
    } else if (Array.isArray(object)) {
      this.lists.push({ list: object, items: object.slice() });
      if (typeof object[0] !== 'number') for (const item of object) meet(item);
    } else if (object instanceof Map) {
      this.maps.push({ map: object, entries: [...object] });
      for (const [key, value] of object) {
        meet(key);
        meet(value);
      }
    } else if (object instanceof Set) {
      this.sets.push({ set: object, members: [...object] });
      for (const member of object) meet(member);
    } else {
      const names = Object.keys(object);
      const values = names.map((name) => (object as Bag)[name]);
      this.objects.push({ object: object as Bag, names, values });
      for (const value of values) meet(value);
    }
  }
}
