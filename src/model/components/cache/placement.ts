/**
 * A placement says which of some nodes holds which key: by a hash ring, or by the hash modulo their
 * number. It never changes; when nodes come or go there is another placement.
 *
 * Source: Karger et al., Consistent Hashing and Random Trees, STOC 1997.
 */

import { assert } from '../../../base/assert.ts';
import { HashRing, hashKey } from '../../hash-ring.ts';
import type { Node } from '../../node.ts';

export class Placement {
  /** Places of its nodes among all nodes of the cache, ascending. */
  readonly members: readonly number[];
  private readonly ring: HashRing | null;

  constructor(
    nodes: readonly Node[],
    members: readonly number[],
    way: { readonly placement: string; readonly virtualNodes: number },
  ) {
    assert(members.length > 0, 'Keys are placed on at least one node.');
    this.members = Object.freeze([...members]);
    const names = members.map((member) => nodes[member]!.path);
    const isRing = way.placement === 'consistent-hash';
    this.ring = isRing ? new HashRing(names, way.virtualNodes) : null;
    Object.freeze(this);
  }

  /** Place of the node that a key belongs to. */
  ownerOf(key: number): number {
    const { members, ring } = this;
    if (members.length === 1) return members[0]!;
    return members[ring === null ? hashKey(key) % members.length : ring.ownerOf(key)]!;
  }

  /** Places of the owner and of the nodes that follow it, as many as there are up to `count`. */
  holdersOf(key: number, count: number): number[] {
    const { members, ring } = this;
    const most = Math.min(count, members.length);
    const holders: number[] = [];
    if (ring === null) {
      const first = hashKey(key) % members.length;
      for (let step = 0; step < most; step++) {
        holders.push(members[(first + step) % members.length]!);
      }
      return holders;
    }
    let point = ring.pointAt(hashKey(key));
    while (holders.length < most) {
      const member = members[ring.memberAt(point)]!;
      if (!holders.includes(member)) holders.push(member);
      point = point + 1 === ring.points ? 0 : point + 1;
    }
    return holders;
  }
}
