/** What the page is told once about a scenario: its boxes, instances, edges and series. */

import { formatCount, formatDuration, formatRate } from '../base/format-units.ts';
import { lookUp } from '../base/registry.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { components } from '../model/components.ts';
import { Database } from '../model/components/database/database.ts';
import { Edge } from '../model/edge.ts';
import type { Node } from '../model/node.ts';
import type { FaultPlan, PopulationPlan } from '../model/plan.ts';
import { Population } from '../model/workloads/population.ts';
import type { Component, World } from '../model/world.ts';
import type { DiagnosticView, NodeView, RequirementView } from '../protocol/scenario-view.ts';
import type { Claim } from '../scenario/claims.ts';
import { divisionOf } from '../scenario/paths.ts';
import type { BoxDescription, EngineDescription } from './engine.ts';
import type { NodeRows } from './node-rows.ts';
import { seriesOf } from './series-rows.ts';

/** The zone of those that name none; not worth a word on the page. */
const unnamedZone = 'main';

export function describe(
  { run, scenario }: Experiment,
  rows: NodeRows,
  warnings: readonly DiagnosticView[],
): EngineDescription {
  const { world } = run;
  const boxes = boxesOf(world, rows, scenario.positions);
  return {
    name: scenario.name,
    about: scenario.about,
    seed: world.plan.seed,
    durationSeconds: world.plan.durationNs / 1e9,
    warmUpSeconds: world.plan.warmUpNs / 1e9,
    windowSeconds: world.recorder.windowNs / 1e9,
    boxes,
    nodes: nodesOf(world, rows),
    edges: edgesOf(world, boxes).map(({ from, to, kind }, id) => ({ id, from, to, kind })),
    series: seriesOf(world),
    requirements: scenario.requirements.map(requirementView),
    faults: world.plan.faults.map((fault) => ({
      atSeconds: fault.atNs / 1e9,
      text: faultText(fault),
    })),
    estimates: scenario.estimates.map(({ name, text }) => ({ name, text })),
    warnings,
  };
}

/** An edge of the picture, and the number by which hops name it. */
export interface DrawnEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: 'call' | 'replication';
  readonly hopNumber: number;
  /** Null for replication, which is not a call. */
  readonly edge: Edge | null;
}

/** Call edges in the order of the world, then one for the replication of each database. */
export function edgesOf(world: World, boxes: readonly BoxDescription[]): DrawnEdge[] {
  const box = (name: string) => boxes.findIndex((one) => one.name === name);
  const calls = world.paths
    .filter((path) => path instanceof Edge)
    .map((edge) => {
      const [from, to] = [box(edge.from), box(edge.to.name)];
      // What the nodes of a cache send each other.
      const kind = from === to ? ('replication' as const) : ('call' as const);
      return { from, to, kind, hopNumber: edge.id, edge };
    });
  const replications = world.components.filter(replicates).map((component) => {
    const own = box(component.name);
    const hopNumber = -1 - component.index;
    return { from: own, to: own, kind: 'replication' as const, hopNumber, edge: null };
  });
  return [...calls, ...replications];
}

function boxesOf(
  world: World,
  rows: NodeRows,
  positions: Readonly<Record<string, readonly [number, number]>>,
): BoxDescription[] {
  return rows.boxes.map(({ component, firstRow, nodes }, id) => {
    const { name, kind } = component;
    const [x, y] = positions[name] ?? [];
    const position = x === undefined || y === undefined ? null : { x, y };
    const shared = { id, name, kind, position, firstNode: firstRow, line: null };
    if (component instanceof Population) {
      const text = populationCaption(component.plan);
      return { ...shared, glyph: 'clients', caption: text, nodeCount: 1 };
    }
    const { glyph } = lookUp(components, kind);
    return { ...shared, glyph, caption: captionOf(world, component), nodeCount: nodes.length };
  });
}

function nodesOf(world: World, rows: NodeRows): NodeView[] {
  return rows.boxes.flatMap(({ component, firstRow, nodes }, box) => {
    if (component instanceof Population) {
      const { name, place } = component;
      const zone = place === null ? '' : zoneName(world, place);
      const unlimited = { workers: Infinity, queueCapacity: Infinity };
      return [{ id: firstRow, box, path: name, label: name, zone, shard: -1, ...unlimited }];
    }
    return nodes.map((node, index) => ({
      id: firstRow + index,
      box,
      path: node.path,
      label: node.label,
      zone: zoneName(world, node),
      shard: node.shard,
      workers: node.station?.workers ?? Infinity,
      queueCapacity: node.station?.capacity ?? Infinity,
    }));
  });
}

function zoneName({ plan }: World, { zone }: Node): string {
  const name = plan.zones[zone] ?? '';
  return name === unnamedZone ? '' : name;
}

function replicates(component: Component): boolean {
  return component instanceof Database && component.shards.some(({ nodes }) => nodes.length > 1);
}

function populationCaption({ rate, clients, arrivals, deadlineNs }: PopulationPlan): string {
  const deadline = deadlineNs === Infinity ? '' : `, within ${formatDuration(deadlineNs)}`;
  if (rate === null) return `${formatCount(clients ?? 0)} clients in turn${deadline}`;
  return `${formatRate(rate)} ${arrivals.kind}${deadline}`;
}

function captionOf(world: World, { name, nodes }: Component): string {
  const plan = world.plan.components.find((one) => one.name === name);
  if (plan === undefined) return '';
  const { instances, nodes: cacheNodes, shards, replicas } = divisionOf(plan);
  const { policy, eviction, replication, inside } = plan.parameters;
  const workers = nodes[0]?.station?.workers;
  const words: string[] = [];
  if (shards !== null) words.push(counted(shards, 'shard'));
  if (shards !== null && replicas > 0) words.push(counted(replicas, 'replica'));
  if (typeof inside === 'string') words.push(`inside ${inside}`);
  else if (cacheNodes !== null) {
    words.push(counted(cacheNodes, plan.kind === 'cdn' ? 'point' : 'node'));
  }
  const { autoscale } = plan.parameters;
  const first = plan.instancesMost === undefined ? undefined : Number(plan.parameters.instances);
  const least = (autoscale as { readonly min: number } | null | undefined)?.min ?? first;
  const from = least === undefined || least === instances ? '' : `${least} to `;
  if (instances !== null) words.push(`${from}${counted(instances, 'instance')}`);
  if (shards === null && cacheNodes === null && workers !== undefined && workers !== Infinity) {
    words.push(`${counted(workers, 'worker')}${nodes.length > 1 ? ' each' : ''}`);
  }
  for (const word of [policy, eviction, replicas > 0 ? replication : null]) {
    if (typeof word === 'string') words.push(word);
  }
  return words.join(', ');
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

function requirementView({ text, metric, unit, comparator, value }: Claim): RequirementView {
  const isBound = unit === 'ns' && /^(p\d|mean|max)/.test(metric) && comparator.startsWith('<');
  return { text, targetMs: isBound ? value / 1e6 : null };
}

function faultText({ verb, targets, forNs, factor, to }: FaultPlan): string {
  const value = to === undefined ? '' : ` to ${to}`;
  const by = factor === 1 ? '' : ` by ${factor}×`;
  const duration = forNs === null ? '' : ` for ${formatDuration(forNs)}`;
  return `${verb} ${targets.join(' and ')}${value}${by}${duration}`;
}
