/**
 * An autoscaler starts and stops instances of a service, so that its workers are as busy as wanted.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, 2025.
 */

import { formatShare } from '../../../base/format-units.ts';
import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { ValueOf } from '../../parameters.ts';
import { StationColumn } from '../../station.ts';
import type { Component, World } from '../../world.ts';
import { BEGIN, Fleet, counted } from './fleet.ts';
import type { parameters } from './parameters.ts';
import { desiredInstances, stabilised } from './scaling-rule.ts';
import type { Load, Wish } from './scaling-rule.ts';

type Settings = NonNullable<ValueOf<(typeof parameters)['autoscale']>>;

/** Kind of event, beside those of the fleet. */
const DECIDE = 1;

export class Autoscaler extends Fleet {
  private readonly settings: Settings;
  /** Busy workers × ns of each instance, at the last decision or its start, and when that was. */
  private readonly busyBefore: Float64Array;
  private readonly countedSince: Float64Array;
  private wishes: Wish[] = [];

  /** `instances`: how many serve from the beginning; the other nodes of the service are off. */
  constructor(world: World, service: Component, settings: Settings, instances: number) {
    super(world, service, { name: `${service.name} autoscaler`, instances });
    this.settings = settings;
    this.busyBefore = new Float64Array(service.nodes.length);
    this.countedSince = new Float64Array(service.nodes.length);
    world.simulation.schedule(0, this.number, BEGIN, 0, 0);
    world.simulation.schedule(settings.every, this.number, DECIDE, 0, 0);
  }

  override handle(kind: number, first: number, second: number): void {
    if (kind === DECIDE) this.decide();
    else super.handle(kind, first, second);
  }

  protected override joined(node: Node): void {
    this.countedSince[node.index] = this.world.simulation.now;
    this.busyBefore[node.index] = busyArea(node);
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

  private grow(from: number, to: number, busy: number): void {
    const count = Math.min(to - from, this.off.length);
    if (count === 0) return;
    this.noteChange('grows', from, from + count, busy);
    this.start(count);
  }

  private shrink(from: number, to: number, busy: number): void {
    this.noteChange('shrinks', from, to, busy);
    this.stop(from - to);
  }

  private noteChange(verb: string, from: number, to: number, busy: number): void {
    const share = formatShare(Math.round(busy * 100) / 100);
    const target = formatShare(this.settings.target);
    const why = `${share} of its workers are busy, the target is ${target}`;
    this.note(`${this.service.name} ${verb} from ${from} to ${counted(to)}: ${why}`);
  }
}

function busyArea(node: Node): number {
  node.station!.settle();
  return node.station!.tally.counts[StationColumn.busyArea]!;
}
