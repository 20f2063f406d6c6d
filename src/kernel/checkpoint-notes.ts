/**
 * What a checkpoint notes of one object: enough to bring it back. A note is made beside the one of
 * the checkpoint before; what is still the same is not copied again, and an object of which nothing
 * has changed keeps its old note.
 */

export type Numbers =
  Int32Array | Float64Array | Uint32Array | Uint8Array | Int16Array | Uint16Array;

/** The memory of an array, in words where it can be: compared bit by bit, −0 is not 0. */
type Words = Int32Array | Uint8Array;

/** Words, or items of a list, that are shared or copied together. */
const BLOCK = 1024;
/** With more than this share of blocks changed, all are copied in one go. */
const ANEW_SHARE = 0.75;

export interface Note {
  readonly subject: object;
  /** Bytes of contents that it brings back, and those that no older note has. */
  readonly bytes: number;
  readonly ownBytes: number;
  restore(): void;
  /** Names every copied piece of memory, and its bytes. */
  parts(name: (part: object, bytes: number) => void): void;
}

/** Contents of a typed array: a copy of all, and newer copies of the blocks that differ from it. */
export class ArrayNote implements Note {
  readonly subject: Numbers;
  readonly bytes: number;
  readonly ownBytes: number;
  private readonly live: Words;
  private readonly copy: Words;
  /** By block; null where the copy of all holds. */
  private readonly patches: readonly (Words | null)[];

  private constructor(
    fields: { readonly subject: Numbers; readonly live: Words; readonly copy: Words },
    patches: readonly (Words | null)[],
    ownBytes: number,
  ) {
    this.subject = fields.subject;
    this.live = fields.live;
    this.copy = fields.copy;
    this.patches = patches;
    this.bytes = this.subject.byteLength;
    this.ownBytes = ownBytes;
  }

  static of(array: Numbers, former: ArrayNote | null): ArrayNote {
    const live = former?.live ?? wordsOf(array);
    if (former !== null) {
      const changed = former.changedBlocks();
      if (changed.length === 0) return former;
      if (changed.length <= ANEW_SHARE * (live.length / BLOCK)) return former.patched(changed);
    }
    const whole = { subject: array, live, copy: live.slice() };
    return new ArrayNote(whole, NO_PATCHES, array.byteLength);
  }

  restore(): void {
    const { live, copy, patches } = this;
    if (patches.length === 0) {
      live.set(copy);
      return;
    }
    let from = 0;
    for (let block = 0; block <= patches.length; block++) {
      const patch = patches[block] ?? null;
      if (block < patches.length && patch === null) continue;
      const to = Math.min(block * BLOCK, live.length);
      if (from < to) live.set(copy.subarray(from, to), from);
      if (patch !== null) live.set(patch, to);
      from = to + BLOCK;
    }
  }

  parts(name: (part: object, bytes: number) => void): void {
    name(this.copy, this.copy.byteLength);
    for (const patch of this.patches) if (patch !== null) name(patch, patch.byteLength);
  }

  /** Blocks in which the array is no longer what it was. */
  private changedBlocks(): readonly number[] {
    const { live, copy, patches } = this;
    const changed: number[] = [];
    for (let block = 0, from = 0; from < live.length; block++, from += BLOCK) {
      const count = Math.min(BLOCK, live.length - from);
      const patch = patches[block] ?? null;
      const isSame =
        patch === null
          ? areSame(live, from, copy, from, count)
          : areSame(live, from, patch, 0, count);
      if (!isSame) changed.push(block);
    }
    return changed;
  }

  private patched(changed: readonly number[]): ArrayNote {
    const { live } = this;
    const patches = Array.from(
      { length: Math.ceil(live.length / BLOCK) },
      (_, block) => this.patches[block] ?? null,
    );
    let ownBytes = 0;
    for (const block of changed) {
      const patch = live.slice(block * BLOCK, (block + 1) * BLOCK);
      patches[block] = patch;
      ownBytes += patch.byteLength;
    }
    const { subject, copy } = this;
    return new ArrayNote({ subject, live, copy }, patches, ownBytes);
  }
}

const NO_PATCHES: readonly (Words | null)[] = Object.freeze([]);

function wordsOf({ buffer, byteOffset, byteLength }: Numbers): Words {
  const isInWords = byteOffset % 4 === 0 && byteLength % 4 === 0;
  return isInWords
    ? new Int32Array(buffer, byteOffset, byteLength / 4)
    : new Uint8Array(buffer, byteOffset, byteLength);
}

function areSame(left: Words, from: number, right: Words, start: number, count: number): boolean {
  for (let place = 0; place < count; place++) {
    if (left[from + place] !== right[start + place]) return false;
  }
  return true;
}

/** Items of a list, in blocks. */
export class ListNote implements Note {
  readonly subject: unknown[];
  readonly bytes: number;
  readonly ownBytes: number;
  private readonly blocks: readonly (readonly unknown[])[];

  private constructor(subject: unknown[], blocks: readonly (readonly unknown[])[], own: number) {
    this.subject = subject;
    this.blocks = blocks;
    this.bytes = subject.length * 8;
    this.ownBytes = own * 8;
  }

  static of(list: unknown[], former: ListNote | null): ListNote {
    const blocks: (readonly unknown[])[] = [];
    let own = 0;
    for (let from = 0; from < list.length; from += BLOCK) {
      const count = Math.min(BLOCK, list.length - from);
      const old = former?.blocks[blocks.length];
      if (old !== undefined && old.length === count && areItems(list, from, old)) {
        blocks.push(old);
      } else {
        blocks.push(list.slice(from, from + count));
        own += count;
      }
    }
    const isSame = former !== null && own === 0 && former.blocks.length === blocks.length;
    return isSame ? former : new ListNote(list, blocks, own);
  }

  restore(): void {
    const { subject, blocks } = this;
    subject.length = this.bytes / 8;
    let place = 0;
    for (const block of blocks) {
      for (let index = 0; index < block.length; index++) subject[place++] = block[index];
    }
  }

  parts(name: (part: object, bytes: number) => void): void {
    for (const block of this.blocks) name(block, block.length * 8);
  }
}

function areItems(list: readonly unknown[], from: number, items: readonly unknown[]): boolean {
  for (let place = 0; place < items.length; place++) {
    if (!Object.is(list[from + place], items[place])) return false;
  }
  return true;
}

/** Fields of an object. */
export class ObjectNote implements Note {
  readonly subject: object;
  readonly bytes = 0;
  readonly ownBytes = 0;
  readonly values: readonly unknown[];
  private readonly names: readonly string[];

  private constructor(subject: object, names: readonly string[], values: readonly unknown[]) {
    this.subject = subject;
    this.names = names;
    this.values = values;
  }

  static of(object: object, former: ObjectNote | null): ObjectNote {
    const bag = object as Record<string, unknown>;
    const names = Object.keys(object);
    const isAlike = former !== null && areItems(names, 0, former.names);
    if (!isAlike || names.length !== former.names.length) {
      const values = names.map((name) => bag[name]);
      return new ObjectNote(object, names, values);
    }
    for (let place = 0; place < names.length; place++) {
      if (Object.is(bag[names[place]!], former.values[place])) continue;
      const values = names.map((name) => bag[name]);
      return new ObjectNote(object, former.names, values);
    }
    return former;
  }

  restore(): void {
    const bag = this.subject as Record<string, unknown>;
    const { names, values } = this;
    for (let place = 0; place < names.length; place++) bag[names[place]!] = values[place];
  }

  parts(): void {
    // Fields are few beside the contents of arrays.
  }
}

/** Entries of a map, in their order. */
export class MapNote implements Note {
  readonly subject: Map<unknown, unknown>;
  readonly bytes = 0;
  readonly ownBytes = 0;
  private readonly keys: readonly unknown[];
  private readonly values: readonly unknown[];

  private constructor(subject: Map<unknown, unknown>) {
    this.subject = subject;
    this.keys = [...subject.keys()];
    this.values = [...subject.values()];
  }

  static of(map: Map<unknown, unknown>, former: MapNote | null): MapNote {
    return former !== null && former.isStill() ? former : new MapNote(map);
  }

  restore(): void {
    const { subject, keys, values } = this;
    subject.clear();
    for (let place = 0; place < keys.length; place++) subject.set(keys[place], values[place]);
  }

  parts(name: (part: object, bytes: number) => void): void {
    name(this.keys, this.keys.length * 16);
  }

  private isStill(): boolean {
    const { subject, keys, values } = this;
    if (subject.size !== keys.length) return false;
    let place = 0;
    for (const [key, value] of subject) {
      if (!Object.is(key, keys[place]) || !Object.is(value, values[place])) return false;
      place++;
    }
    return true;
  }
}

/** Members of a set, in their order. */
export class SetNote implements Note {
  readonly subject: Set<unknown>;
  readonly bytes = 0;
  readonly ownBytes = 0;
  private readonly members: readonly unknown[];

  private constructor(subject: Set<unknown>) {
    this.subject = subject;
    this.members = [...subject];
  }

  static of(set: Set<unknown>, former: SetNote | null): SetNote {
    return former !== null && former.isStill() ? former : new SetNote(set);
  }

  restore(): void {
    this.subject.clear();
    for (const member of this.members) this.subject.add(member);
  }

  parts(name: (part: object, bytes: number) => void): void {
    name(this.members, this.members.length * 8);
  }

  private isStill(): boolean {
    const { subject, members } = this;
    if (subject.size !== members.length) return false;
    let place = 0;
    for (const member of subject) if (!Object.is(member, members[place++])) return false;
    return true;
  }
}
