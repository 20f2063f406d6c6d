/**
 * An autoscaler starts and stops instances of a service, so that its workers are as busy as wanted.
 * Every instance it may ever start is a node from the beginning, switched off. One that is stopped
 * gets no more requests and is switched off when it has answered those it has: scaling kills none.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, 2025.
 */

import { formatShare } from '../../../base/format-units.ts';
import type { Owner } from '../../../kernel/simulation.ts';
import { Flag } from '../../call-table.ts';
import { Edge } from '../../edge.ts';
import { startNode } from '../../lifecycle.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { ValueOf } from '../../parameters.ts';
import { StationColumn } from '../../station.ts';
import { Tally } from '../../tally.ts';
import type { Component, World } from '../../world.ts';
import type { parameters } from './parameters.ts';
import { desiredInstances, stabilised } from './scaling-rule.ts';
import type { Load, Wish } from './scaling-rule.ts';

type Settings = NonNullable<ValueOf<(typeof parameters)['autoscale']>>;

/** Kinds of events: nothing, nothing, (place among the instances, epoch), nothing. */
const BEGIN = 0;
const DECIDE = 1;
const STARTED = 2;
const LOOK = 3;

/** Time between two looks at whether a stopped instance has answered everything, ns. */
const LOOK_NS = 1e9;

export class Autoscaler implements Owner {
  /** Instances that are switched on, times ns. */
  readonly tally = new Tally(['instanceNs']);
  private readonly world: World;
  private readonly service: Component;
  private readonly settings: Settings;
  private readonly number: number;
  /** 1 for an instance that is to serve. */
  private readonly wanted: Uint8Array;
  /** 1 for an instance that is switched on: it has begun to serve and has not left. */
  private readonly on: Uint8Array;
  private onCount: number;
  private onSince = 0;
  /** Busy workers × ns of each instance, at the last decision or its start, and when that was. */
  private readonly busyBefore: Float64Array;
  private readonly countedSince: Float64Array;
  private wishes: Wish[] = [];
  private isLooking = false;

  /** `instances`: how many serve from the beginning; the other nodes of the service are off. */
  constructor(world: World, service: Component, settings: Settings, instances: number) {
    const { nodes } = service;
    this.world = world;
    this.service = service;
    this.settings = settings;
    this.number = world.simulation.addOwner(this, `${service.name} autoscaler`);
    this.wanted = new Uint8Array(nodes.length).fill(1, 0, instances);
    this.on = this.wanted.slice();
    this.onCount = instances;
    this.busyBefore = new Float64Array(nodes.length);
    this.countedSince = new Float64Array(nodes.length);
    for (const node of nodes.slice(instances)) node.state = NodeState.off;
    world.recorder.addTally(this.tally);
    world.simulation.schedule(0, this.number, BEGIN, 0, 0);
    world.simulation.schedule(settings.every, this.number, DECIDE, 0, 0);
  }

  handle(kind: number, first: number, second: number): void {
    if (kind === BEGIN) this.begin();
    else if (kind === DECIDE) this.decide();
    else if (kind === LOOK) {
      this.isLooking = false;
      this.look();
    } else this.startedUp(this.service.nodes[first]!, second);
  }

  /** A node of the service serves, for the first time or again after a crash. */
  started(node: Node): void {
    const { index } = node;
    if (this.wanted[index] === 0 || this.on[index] === 1) return;
    this.setOn(index, true);
    this.setPresent(index, true);
    this.countedSince[index] = this.world.simulation.now;
    this.busyBefore[index] = busyArea(node);
    const awaited = this.wanted.some((wanted, other) => wanted === 1 && this.on[other] === 0);
    if (awaited) return;
    const serving = this.wanted.reduce((sum, wanted) => sum + wanted, 0);
    this.note(`now ${counted(serving)} of ${this.service.name} serve`);
  }

  /** Brings the area up to the present. */
  settle(): void {
    const { now } = this.world.simulation;
    this.tally.counts[0]! += this.onCount * (now - this.onSince);
    this.onSince = now;
  }

  /** Callers get to know who is there; all of them exist by now. */
  private begin(): void {
    for (const { index } of this.service.nodes) {
      if (this.on[index] === 0) this.setPresent(index, false);
    }
  }

  private decide(): void {
    const { settings, world } = this;
    const { now } = world.simulation;
    world.simulation.schedule(settings.every, this.number, DECIDE, 0, 0);
    const load = this.measure();
    if (load.ready === 0) return;
    const longest = Math.max(settings['up-window'], settings['down-window']);
    this.wishes = this.wishes.filter(({ time }) => now - time < longest);
    this.wishes.push({ time: now, instances: desiredInstances(load, settings) });
    const current = load.ready + load.unready;
    const windows = { upNs: settings['up-window'], downNs: settings['down-window'] };
    const goal = stabilised(current, this.wishes, windows);
    const bounded = Math.min(Math.max(goal, settings.min), settings.max);
    if (bounded > current) this.grow(current, bounded, load.busy);
    if (bounded < current) this.shrink(current, bounded, load.busy);
  }

  /** How busy the instances were since the last decision, or since their start. */
  private measure(): Load {
    const { now } = this.world.simulation;
    let [ready, unready, busy, capacity] = [0, 0, 0, 0];
    for (const node of this.service.nodes) {
      const { index } = node;
      const area = busyArea(node);
      const time = now - this.countedSince[index]!;
      const growth = area - this.busyBefore[index]!;
      this.busyBefore[index] = area;
      this.countedSince[index] = now;
      if (this.wanted[index] === 0) continue;
      if (node.state !== NodeState.up || time === 0) {
        unready++;
        continue;
      }
      ready++;
      busy += growth;
      capacity += node.station!.workers * time;
    }
    return { ready, unready, busy: capacity === 0 ? 0 : busy / capacity };
  }

  /** Starts the first instances that are off; one that has not left yet cannot be called back. */
  private grow(from: number, to: number, busy: number): void {
    const off = this.service.nodes.filter(({ state }) => state === NodeState.off);
    const begun = off.slice(0, to - from);
    if (begun.length === 0) return;
    this.noteChange('grows', from, from + begun.length, busy);
    for (const node of begun) {
      this.wanted[node.index] = 1;
      node.state = NodeState.starting;
      const { startUpNs } = this.service;
      this.world.simulation.schedule(startUpNs, this.number, STARTED, node.index, node.epoch);
    }
  }

  /** Stops instances that do not serve, then those with the highest numbers. */
  private shrink(from: number, to: number, busy: number): void {
    this.noteChange('shrinks', from, to, busy);
    const wanted = this.service.nodes.filter(({ index }) => this.wanted[index] === 1);
    const up = wanted.filter(({ state }) => state === NodeState.up);
    const others = wanted.filter(({ state }) => state !== NodeState.up);
    for (const node of [...up, ...others].slice(to - from)) {
      this.wanted[node.index] = 0;
      this.setPresent(node.index, false);
    }
    this.look();
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

  /** True when no request is at the instance or on its way to it. */
  private isEmpty(node: Node): boolean {
    const { calls } = this.world;
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

  private noteChange(verb: string, from: number, to: number, busy: number): void {
    const share = formatShare(Math.round(busy * 100) / 100);
    const target = formatShare(this.settings.target);
    const why = `${share} of its workers are busy, the target is ${target}`;
    this.note(`${this.service.name} ${verb} from ${from} to ${counted(to)}: ${why}`);
  }

  private note(text: string): void {
    const { simulation, timeline } = this.world;
    timeline.add(simulation.now, 'scaling', this.service.name, text);
  }
}

function counted(instances: number): string {
  return instances === 1 ? '1 instance' : `${instances} instances`;
}

function busyArea(node: Node): number {
  node.station!.settle();
  return node.station!.tally.counts[StationColumn.busyArea]!;
}
