/**
 * What every kind of component has in common: a name, numbers, nodes laid over zones in turn, and
 * stations at them.
 */

import type { Sampler } from '../kernel/distribution.ts';
import { lookUp } from '../base/registry.ts';
import { disciplines } from './discipline.ts';
import type { Node } from './node.ts';
import { SegmentedHistogram } from './segmented-histogram.ts';
import { SharedStation } from './shared-station.ts';
import { Station } from './station.ts';
import type { Server } from './station.ts';
import type { Tally } from './tally.ts';
import type { Component, World } from './world.ts';

export interface StationSettings {
  readonly workers: number;
  readonly capacity: number;
  readonly discipline: string;
  readonly queueTimeout: Sampler | null;
}

export abstract class Box implements Component, Server {
  readonly name: string;
  readonly kind: string;
  readonly index: number;
  readonly number: number;
  readonly nodes: Node[] = [];
  startUpNs: number;
  readonly tally: Tally | null = null;
  readonly waits: SegmentedHistogram | null;
  protected readonly world: World;

  constructor(
    world: World,
    fields: {
      readonly kind: string;
      readonly name: string;
      readonly startUpNs: number;
      /** True when requests wait at its nodes. */
      readonly hasStations: boolean;
    },
  ) {
    const { kind, name, startUpNs, hasStations } = fields;
    const waits = hasStations ? new SegmentedHistogram() : null;
    this.world = world;
    this.kind = kind;
    this.name = name;
    this.startUpNs = startUpNs;
    this.index = world.components.length;
    this.number = world.simulation.addOwner(this, name);
    this.waits = waits;
    if (waits !== null) world.recorder.addHistogram(waits);
  }

  abstract handle(kind: number, first: number, second: number): void;
  abstract onCall(row: number, node: Node): void;
  abstract onReply(row: number): void;
  abstract operationNumber(name: string): number;
  /** Makes its edges; called when every component exists. */
  abstract connect(): void;

  nodesAt(path: readonly string[]): readonly Node[] {
    const [label] = path;
    if (label === undefined) return this.nodes;
    return this.nodes.filter((node) => node.path === `${this.name}/${path.join('/')}`);
  }

  serve(_row: number, _node: number): number {
    return -1;
  }

  onCrash(_node: Node): void {
    return;
  }

  onStart(_node: Node, _cold: boolean): void {
    return;
  }

  /** Brings the areas of the stations up to the present. */
  settle(): void {
    for (const node of this.nodes) node.station?.settle();
  }

  /** Gives every station other numbers from now on. */
  protected setStations({ queue, workers }: { queue: number; workers: number }): void {
    for (const { station } of this.nodes) {
      station!.setCapacity(queue);
      if (station!.workers !== workers) station!.setWorkers(workers);
    }
  }

  /** Adds a node in the zone that its number falls on. */
  protected addNode(
    fields: { path: string; label: string; shard: number; zoneTurn: number },
    zones: readonly string[] | null,
  ): Node {
    const names = zones ?? this.world.plan.zones.slice(0, 1);
    const node = this.world.addNode({
      component: this.index,
      index: this.nodes.length,
      zone: this.world.zone(names[fields.zoneTurn % names.length]!),
      path: fields.path,
      label: fields.label,
      shard: fields.shard,
    });
    this.nodes.push(node);
    return node;
  }

  protected addStation(node: Node, settings: StationSettings): Station {
    const discipline = lookUp(disciplines, settings.discipline);
    const fields = {
      simulation: this.world.simulation,
      calls: this.world.calls,
      server: this,
      node: node.id,
      place: node.index,
      workers: settings.workers,
      capacity: settings.capacity,
      discipline,
      queueTimeout: settings.queueTimeout,
      waits: this.waits!,
    };
    // A shared station has the same shape for callers, without a line.
    const station = discipline.shared
      ? (new SharedStation(fields) as unknown as Station)
      : new Station(fields);
    node.station = station;
    this.world.recorder.addTally(station.tally);
    return station;
  }
}
