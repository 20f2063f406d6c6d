/**
 * Which node of a cache holds which key, as all callers believe it. It changes when a node has been
 * found gone, serves again, or joins or leaves for good; how many keys move is counted then.
 *
 * With a slow start the keys that a node gets leave their old owner one by one, in the order of a
 * second hash, so that at any time each key has one owner.
 */

import { assert } from '../../../base/assert.ts';
import { hashKey } from '../../hash-ring.ts';
import { NodeState } from '../../node.ts';
import type { Stream } from '../../../kernel/random.ts';
import { Column } from './columns.ts';
import type { HotKeys } from './hot-keys.ts';
import { Placement } from './placement.ts';
import type { Workings } from './workings.ts';

/** Keys that are looked at, evenly spaced, to count how many move; all when there are fewer. */
const SAMPLE = 100_000;
/** A second hash that has nothing to do with the one that places keys. */
const ORDER_SALT = 0x5bd1e995;
const RANGE = 0x100000000;

export class Membership {
  placement: Placement;
  private readonly workings: Workings;
  /** 1 for a node that is to hold keys, and for one that is known to be gone. */
  private readonly wanted: number[];
  private readonly gone: number[];
  /** Who held the keys before the last change, while keys still move. */
  private former: Placement | null = null;
  private changedAt = 0;
  private readonly hotKeys: HotKeys | null;
  private readonly stream: Stream;

  /** `members`: how many nodes hold keys at the start. */
  constructor(workings: Workings, members: number, hotKeys: HotKeys | null) {
    this.workings = workings;
    this.hotKeys = hotKeys;
    this.stream = workings.world.stream(workings.name, 'hot-keys');
    this.wanted = workings.nodes.map((_, index) => (index < members ? 1 : 0));
    this.gone = workings.nodes.map(() => 0);
    this.placement = this.placementOf(this.present());
  }

  /** Number of the node in the world that a look-up, or a write, of the key goes to. */
  route(key: number, isLookUp: boolean): number {
    const { hotKeys, workings } = this;
    if (isLookUp && hotKeys !== null && hotKeys.isHot(key)) return this.anyNode();
    return workings.nodes[this.ownerOf(key)]!.id;
  }

  /** Place of the node that a key belongs to now. */
  ownerOf(key: number): number {
    const owner = this.placement.ownerOf(key);
    if (this.former === null) return owner;
    const before = this.former.ownerOf(key);
    if (before === owner || this.wanted[before] === 0 || this.gone[before] === 1) return owner;
    const { parameters, world } = this.workings;
    const share = (world.simulation.now - this.changedAt) / parameters['slow-start'];
    if (share >= 1) {
      this.former = null;
      return owner;
    }
    return hashKey(key ^ ORDER_SALT) < share * RANGE ? owner : before;
  }

  /** Places of the nodes beside `node` that hold copies of a key. */
  othersOf(key: number, node: number): readonly number[] {
    const { hotKeys, placement, workings } = this;
    if (hotKeys !== null && hotKeys.isHot(key)) {
      return placement.members.filter((member) => member !== node);
    }
    const copies = workings.parameters.replicas;
    if (copies === 0) return NONE;
    return placement.holdersOf(key, copies + 1).filter((member) => member !== node);
  }

  /** The callers have found out that a node is gone. */
  lose(node: number): void {
    if (this.gone[node] === 1 || this.wanted[node] === 0) return;
    const left = this.present().filter((member) => member !== node);
    // The last one is not given up: there would be nowhere to go.
    if (left.length === 0) return;
    this.gone[node] = 1;
    this.settle(`${this.workings.nodes[node]!.path} is taken out`);
  }

  /** A node serves; its keys come back to it. */
  regain(node: number): void {
    if (this.gone[node] === 0) return;
    this.gone[node] = 0;
    if (this.wanted[node] === 1) this.settle(`${this.workings.nodes[node]!.path} is taken back`);
  }

  /** Other nodes hold keys from now on. */
  resize(isMember: (node: number) => boolean): void {
    const before = this.placement.members.length;
    for (const [node] of this.wanted.entries()) this.wanted[node] = isMember(node) ? 1 : 0;
    const after = this.present();
    if (after.length === 0) return;
    const isSame =
      after.length === before && after.every((m) => this.placement.members.includes(m));
    if (!isSame) this.settle(`${before} → ${after.length} nodes`);
  }

  /** True for a node that is to hold keys. */
  isWanted(node: number): boolean {
    return this.wanted[node] === 1;
  }

  private present(): number[] {
    const places = [...this.wanted.keys()];
    return places.filter((node) => this.wanted[node] === 1 && this.gone[node] === 0);
  }

  private placementOf(members: readonly number[]): Placement {
    const { nodes, parameters } = this.workings;
    const way = { placement: parameters.placement, virtualNodes: parameters['virtual-nodes'] };
    return new Placement(nodes, members, way);
  }

  /** The placement follows who is present; what that moves is counted and noted. */
  private settle(reason: string): void {
    const { counts, name, parameters, world } = this.workings;
    const { now } = world.simulation;
    const before = this.placement;
    this.placement = this.placementOf(this.present());
    if (parameters['slow-start'] > 0) {
      this.former = before;
      this.changedAt = now;
    }
    const { keys, moved } = this.countMoved(before);
    counts[Column.movedKeys]! += moved;
    const share = keys === 0 ? 0 : Math.round((moved / keys) * 1000) / 10;
    const text = `${reason}: ${share} % of the keys have another node`;
    world.timeline.add(now, 'scaling', name, text);
  }

  private countMoved(before: Placement): { keys: number; moved: number } {
    const { name, world } = this.workings;
    let keys = 0;
    let moved = 0;
    for (const { firstKey, plan } of world.keys.datasets) {
      if (!plan.cachedIn.includes(name)) continue;
      const step = Math.max(1, Math.floor(plan.keys / SAMPLE));
      let seen = 0;
      let changed = 0;
      for (let key = firstKey; key < firstKey + plan.keys; key += step) {
        seen++;
        if (before.ownerOf(key) !== this.placement.ownerOf(key)) changed++;
      }
      keys += plan.keys;
      moved += Math.round((changed / seen) * plan.keys);
    }
    return { keys, moved };
  }

  /** A node drawn among those that are present, which callers take to serve. */
  private anyNode(): number {
    const { nodes } = this.workings;
    const { members } = this.placement;
    const drawn = members[Math.floor(this.stream.uniform() * members.length)]!;
    assert(nodes[drawn]!.state !== NodeState.off, 'A member of the placement is switched on.');
    return nodes[drawn]!.id;
  }
}

const NONE: readonly number[] = Object.freeze([]);
