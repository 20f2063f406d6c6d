/**
 * The nodes of a cache as one: who joins and leaves, what callers know of a loss, who gets copies,
 * and what a node that starts empty is filled with. It is told what happens at single nodes and has
 * the events that follow from it.
 */

import { Verb } from '../../verb.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { Component } from '../../world.ts';
import type { Tally } from '../../tally.ts';
import { Fleet } from '../service/fleet.ts';
import type { Dataset } from '../../key-space.ts';
import { warm } from './contents.ts';
import { Copies } from './copies.ts';
import { HOT_WINDOW_NS, HotKeys } from './hot-keys.ts';
import { Membership } from './membership.ts';
import { Protection } from './protection.ts';
import { WarmUp } from './warm-up.ts';
import type { Workings } from './workings.ts';

/** Kinds of events beside those of the stations; the two integers are given with each. */
export const CLUSTER_EVENTS = 20;
/** (place of a node, its epoch) Callers find out that it is gone. */
const NODE_LOST = 20;
/** A window of the hottest keys is over. */
const HOT_WINDOW = 21;
/** (place of a node) The next entry is sent to it. */
const WARM_STEP = 22;
/** (key, place of the node) The time of a lease is over. */
const LEASE_OVER = 23;

/** Is told which nodes are to serve from now on, and what those that leave owe to the store. */
interface Leavers {
  resized(isWanted: (node: number) => boolean): void;
}

export class Cluster {
  readonly membership: Membership;
  /** Null: nothing is done against stampedes. */
  readonly protection: Protection | null;
  /** The number in the file, over which the capacity is divided. */
  readonly nodesAtFirst: number;
  private readonly workings: Workings;
  private readonly cache: Component;
  /** Null: the nodes are the same all the time. */
  private readonly fleet: Fleet | null;
  private readonly hotKeys: HotKeys | null;
  /** What a node that leaves has to write back; set by `connect`. */
  private writeBack: Leavers | null = null;
  private copies: Copies | null = null;
  private warmUp: WarmUp | null = null;

  /** `asked`: most nodes that a change asks for, of those that there are; left out: none does. */
  constructor(workings: Workings, cache: Component, asked: number | undefined) {
    const { parameters, world } = workings;
    this.workings = workings;
    this.cache = cache;
    this.nodesAtFirst = parameters.nodes;
    this.hotKeys = parameters['hot-keys'] > 0 ? new HotKeys(parameters['hot-keys']) : null;
    this.membership = new Membership(workings, parameters.nodes, this.hotKeys);
    const { number: owner } = cache;
    this.protection =
      parameters.stampede.kind === 'none'
        ? null
        : new Protection(workings, this.membership, { owner, kind: LEASE_OVER });
    this.fleet = asked === undefined ? null : Fleet.onDemand(world, cache, parameters.nodes);
  }

  /** Counts the nodes that are switched on; null: the nodes are the same all the time. */
  get switching(): Tally | null {
    return this.fleet?.tally ?? null;
  }

  /** Called when every component exists. */
  connect(writeBack: Leavers | null): void {
    const { parameters, world } = this.workings;
    const { number: owner } = this.cache;
    this.writeBack = writeBack;
    if (this.hotKeys !== null || parameters.replicas > 0) {
      this.copies = new Copies(this.workings, this.cache);
    }
    if (this.copies !== null && parameters['warm-from'] === 'replica') {
      const step = { owner, kind: WARM_STEP };
      this.warmUp = new WarmUp(this.workings, this.membership, this.copies, step);
    }
    if (this.hotKeys !== null) world.simulation.schedule(HOT_WINDOW_NS, owner, HOT_WINDOW, 0, 0);
  }

  /** Puts the most popular keys in, each on its owner and on the nodes that hold copies. */
  warm(
    { dataset, share }: { readonly dataset: Dataset; readonly share: number },
    expiry: (now: number) => number,
  ): void {
    const { parameters, stores } = this.workings;
    const { placement } = this.membership;
    const copies = Math.min(parameters.replicas + 1, placement.members.length);
    const holdersOf = (key: number) => placement.holdersOf(key, copies);
    const plan = { copies, dataset, members: placement.members, share };
    warm(stores, holdersOf, plan, expiry);
    this.workings.shadows?.warm(plan, holdersOf);
  }

  /** Number of the node in the world to which a call goes. */
  route(row: number): number {
    const { calls } = this.workings.world;
    if (this.copies !== null && Copies.isCopy(calls.tag(row))) return calls.position(row);
    const key = calls.key(row);
    if (this.hotKeys === null) return this.workings.nodes[this.membership.ownerOf(key)]!.id;
    const verb = calls.operation(row);
    const isLookUp = verb === Verb.get || verb === Verb.read;
    if (isLookUp) this.hotKeys.lookedUp(key);
    return this.membership.route(key, isLookUp);
  }

  handle(kind: number, first: number, second: number): void {
    if (kind === NODE_LOST) this.lost(first, second);
    else if (kind === HOT_WINDOW) this.endHotWindow();
    else if (kind === WARM_STEP) this.warmUp!.step(first);
    else this.protection!.over(first, second);
  }

  /** True for a message of another node, which has been dealt with. */
  receive(row: number, node: number): boolean {
    if (this.copies === null || !Copies.isCopy(this.workings.world.calls.tag(row))) return false;
    this.copies.receive(row, node);
    if (this.workings.world.calls.operation(row) === Verb.set) this.protection?.filled(row, node);
    return true;
  }

  /** A node's entry of a key is another, or gone: the nodes with copies are told. */
  changed(key: number, node: number): void {
    if (this.copies === null) return;
    for (const other of this.membership.othersOf(key, node)) this.copies.send(key, node, other);
  }

  onCrash(node: Node): void {
    this.protection?.crashed(node.index);
    const { parameters, world } = this.workings;
    if (parameters['on-node-loss'] === 'miss') return;
    const { number: owner } = this.cache;
    world.simulation.schedule(parameters.detect, owner, NODE_LOST, node.index, node.epoch);
  }

  /** A node serves; true when it begins with nothing. */
  onStart(node: Node, cold: boolean): boolean {
    const { index } = node;
    const isNew = !this.membership.isWanted(index);
    this.fleet?.started(node);
    if (isNew) this.resize();
    this.membership.regain(index);
    if (cold || isNew) this.warmUp?.begin(index);
    return cold || isNew;
  }

  /** Another number of nodes from now on. */
  ask(nodes: number): void {
    this.fleet!.ask(nodes);
    this.resize();
  }

  settle(): void {
    this.fleet?.settle();
  }

  /** Who is wanted and serves, or has been a member, holds keys. */
  private resize(): void {
    const { nodes } = this.workings;
    this.writeBack?.resized((node) => this.fleet!.isWanted(node));
    this.membership.resize(
      (node) =>
        this.fleet!.isWanted(node) &&
        (this.membership.isWanted(node) || nodes[node]!.state === NodeState.up),
    );
  }

  private lost(node: number, epoch: number): void {
    const { epoch: now, state } = this.workings.nodes[node]!;
    if (now === epoch && state !== NodeState.up) this.membership.lose(node);
  }

  private endHotWindow(): void {
    const { nodes, world } = this.workings;
    for (const key of this.hotKeys!.endWindow()) {
      const owner = this.membership.ownerOf(key);
      if (nodes[owner]!.state === NodeState.up) this.changed(key, owner);
    }
    world.simulation.schedule(HOT_WINDOW_NS, this.cache.number, HOT_WINDOW, 0, 0);
  }
}
