/**
 * The instances of a service of which some are switched off. Every instance that may ever serve is
 * a node from the beginning. One that is stopped gets no more requests and is switched off when it
 * has answered those it has: nobody is killed, and one that is leaving is not called back.
 */

import { UNSEEN } from '../../../kernel/simulation.ts';
import type { Owner } from '../../../kernel/simulation.ts';
import { Flag } from '../../call-table.ts';
import { Edge } from '../../edge.ts';
import { startNode } from '../../lifecycle.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import { Tally } from '../../tally.ts';
import type { Component, World } from '../../world.ts';

/** Kinds of events: nothing, (place among the instances, epoch), nothing. */
export const BEGIN = 0;
const STARTED = 2;
const LOOK = 3;

/** Time between two looks at whether a stopped instance has answered everything, ns. */
const LOOK_NS = 1e9;

export class Fleet implements Owner {
  /** Instances that are switched on, times ns. */
  readonly tally = new Tally(['instanceNs']);
  protected readonly world: World;
  protected readonly service: Component;
  protected readonly number: number;
  /** 1 for an instance that is to serve. */
  protected readonly wanted: Uint8Array;
  /** 1 for an instance that is switched on: it has begun to serve and has not left. */
  private readonly on: Uint8Array;
  private onCount: number;
  private onSince = 0;
  private isLooking = false;
  /** As many as the file or a change asks for, to be reached as soon as enough have left. */
  private asked = 0;

  /** `instances`: how many serve from the beginning; the other nodes of the service are off. */
  constructor(world: World, service: Component, fields: { name: string; instances: number }) {
    const { nodes } = service;
    const { instances, name } = fields;
    this.world = world;
    this.service = service;
    this.number = world.simulation.addOwner(this, name);
    this.wanted = new Uint8Array(nodes.length).fill(1, 0, instances);
    this.on = this.wanted.slice();
    this.onCount = instances;
    for (const node of nodes.slice(instances)) node.state = NodeState.off;
    world.recorder.addTally(this.tally);
  }

  /** A fleet of as many instances as is asked for; the others are not there until then. */
  static onDemand(world: World, service: Component, instances: number): Fleet {
    const fleet = new Fleet(world, service, { name: `${service.name} fleet`, instances });
    for (const node of service.nodes.slice(instances)) node.isReserve = true;
    // Not an event of the run: nothing happens before somebody asks for another number.
    world.simulation.schedule(0, fleet.number, UNSEEN, 0, 0);
    return fleet;
  }

  handle(kind: number, first: number, second: number): void {
    if (kind === BEGIN || kind === UNSEEN) this.begin();
    else if (kind === LOOK) {
      this.isLooking = false;
      this.look();
    } else this.startedUp(this.service.nodes[first]!, second);
  }

  /** Another number of instances from now on; those that start take the start-up time. */
  ask(instances: number): void {
    this.asked = instances;
    const current = this.wantedCount;
    if (instances > current) this.start(instances - current);
    if (instances < current) this.stop(current - instances);
  }

  /** A node of the service serves, for the first time or again after a crash. */
  started(node: Node): void {
    const { index } = node;
    if (this.wanted[index] === 0 || this.on[index] === 1) return;
    this.setOn(index, true);
    this.setPresent(index, true);
    this.joined(node);
    const awaited = this.wanted.some((wanted, other) => wanted === 1 && this.on[other] === 0);
    if (!awaited) this.note(`now ${counted(this.wantedCount)} of ${this.service.name} serve`);
  }

  /** True for an instance that is to serve. */
  isWanted(index: number): boolean {
    return this.wanted[index] === 1;
  }

  /** Brings the area up to the present. */
  settle(): void {
    const { now } = this.world.simulation;
    this.tally.counts[0]! += this.onCount * (now - this.onSince);
    this.onSince = now;
  }

  protected get wantedCount(): number {
    return this.wanted.reduce((sum, wanted) => sum + wanted, 0);
  }

  /** An instance has begun to serve. */
  protected joined(_node: Node): void {
    return;
  }

  protected get off(): readonly Node[] {
    return this.service.nodes.filter(({ state }) => state === NodeState.off);
  }

  /** Starts the first instances that are off; one that has not left yet cannot be called back. */
  protected start(count: number): void {
    for (const node of this.off.slice(0, count)) {
      this.wanted[node.index] = 1;
      node.state = NodeState.starting;
      const { startUpNs } = this.service;
      node.startsAt = this.world.simulation.now;
      node.servesAt = node.startsAt + startUpNs;
      this.world.simulation.schedule(startUpNs, this.number, STARTED, node.index, node.epoch);
    }
  }

  /** Stops instances that do not serve, then those with the highest numbers. */
  protected stop(count: number): void {
    const wanted = this.service.nodes.filter(({ index }) => this.wanted[index] === 1);
    const up = wanted.filter(({ state }) => state === NodeState.up);
    const others = wanted.filter(({ state }) => state !== NodeState.up);
    for (const node of [...up, ...others].slice(wanted.length - count)) {
      this.wanted[node.index] = 0;
      this.setPresent(node.index, false);
    }
    this.look();
  }

  protected note(text: string): void {
    const { simulation, timeline } = this.world;
    timeline.add(simulation.now, 'scaling', this.service.name, text);
  }

  /** Callers get to know who is there; all of them exist by now. */
  private begin(): void {
    for (const { index } of this.service.nodes) {
      if (this.on[index] === 0) this.setPresent(index, false);
    }
  }

  private startedUp(node: Node, epoch: number): void {
    if (node.state !== NodeState.starting || node.epoch !== epoch) return;
    startNode(this.world, node);
  }

  /** Switches off what is not wanted and has nothing left to do; looks again while more is left. */
  private look(): void {
    const leaving = this.service.nodes.filter(
      ({ index, state }) => this.wanted[index] === 0 && state !== NodeState.off,
    );
    const empty = leaving.filter((node) => node.state !== NodeState.up || this.isEmpty(node));
    for (const node of empty) this.switchOff(node);
    if (empty.length > 0) this.world.topologyChanged();
    this.start(Math.max(0, this.asked - this.wantedCount));
    if (empty.length === leaving.length || this.isLooking) return;
    this.isLooking = true;
    this.world.simulation.schedule(LOOK_NS, this.number, LOOK, 0, 0);
  }

  /** A start-up that is under way is void. */
  private switchOff(node: Node): void {
    node.state = NodeState.off;
    node.epoch++;
    if (this.on[node.index] === 1) this.setOn(node.index, false);
  }

  /** True when no request is at the instance or on its way to it, and it has nothing to finish. */
  private isEmpty(node: Node): boolean {
    const { calls } = this.world;
    if (this.service.keeps?.(node.index) === true) return false;
    for (let row = 0; row < calls.used; row++) {
      if (calls.node(row) === node.id && (calls.flags(row) & (Flag.free | Flag.lost)) === 0) {
        return false;
      }
    }
    return true;
  }

  private setOn(index: number, on: boolean): void {
    this.settle();
    this.on[index] = on ? 1 : 0;
    this.onCount += on ? 1 : -1;
  }

  private setPresent(index: number, present: boolean): void {
    for (const path of this.world.paths) {
      if (path instanceof Edge && path.to === this.service)
        path.targets?.setPresent(index, present);
    }
  }
}

export function counted(instances: number): string {
  return instances === 1 ? '1 instance' : `${instances} instances`;
}
