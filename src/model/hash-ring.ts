/**
 * A hash ring places several points of each member on a circle of 2^32 positions; a key belongs to
 * the member whose point follows it. When a member comes or goes, only its share of keys moves.
 *
 * Source: Karger et al., Consistent Hashing and Random Trees, STOC 1997.
 */

import { assert } from '../base/assert.ts';

export class HashRing {
  readonly points: number;
  private readonly single: boolean;
  private readonly positions: Uint32Array;
  private readonly members: Int32Array;

  /** `names` are hashed, so the ring does not depend on a random stream. */
  constructor(names: readonly string[], virtualNodes: number) {
    assert(names.length > 0 && virtualNodes > 0, 'A ring has members and points.');
    const placed: { position: number; member: number }[] = [];
    for (let member = 0; member < names.length; member++) {
      for (let point = 0; point < virtualNodes; point++) {
        placed.push({ position: hashText(`${names[member]}#${point}`), member });
      }
    }
    placed.sort((left, right) => left.position - right.position || left.member - right.member);
    this.single = names.length === 1;
    this.points = placed.length;
    this.positions = Uint32Array.from(placed, (entry) => entry.position);
    this.members = Int32Array.from(placed, (entry) => entry.member);
    Object.freeze(this);
  }

  /** Place on the ring of the first point at or after a position. */
  pointAt(position: number): number {
    let low = 0;
    let high = this.points;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low === this.points ? 0 : low;
  }

  memberAt(point: number): number {
    return this.members[point]!;
  }

  /** The member that owns a key. */
  ownerOf(key: number): number {
    return this.single ? 0 : this.members[this.pointAt(hashKey(key))]!;
  }

  /** Share of the circle that each member owns; they sum to 1. */
  shares(members: number): number[] {
    const shares = Array.from<number>({ length: members }).fill(0);
    for (let point = 0; point < this.points; point++) {
      const before =
        point === 0 ? this.positions[this.points - 1]! - 4294967296 : this.positions[point - 1]!;
      shares[this.members[point]!]! += (this.positions[point]! - before) / 4294967296;
    }
    return shares;
  }
}

/** 32 well-mixed bits of a key. Source: the finaliser of MurmurHash3, Appleby, 2011. */
export function hashKey(key: number): number {
  let hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 32 well-mixed bits of a text. Source: FNV-1a (Fowler, Noll, Vo, 1991), then `hashKey`. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hashKey(hash);
}
