/** What the page is told once about a scenario: its boxes, instances, edges and series. */

import { formatCount, formatDuration, formatRate } from '../base/format-units.ts';
import { lookUp } from '../base/registry.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { components } from '../model/components.ts';
import { Database } from '../model/components/database/database.ts';
import { Edge } from '../model/edge.ts';
import type { FaultPlan, PopulationPlan } from '../model/plan.ts';
import { Population } from '../model/workloads/population.ts';
import type { Component, World } from '../model/world.ts';
import type { DiagnosticView, NodeView, RequirementView } from '../protocol/scenario-view.ts';
import type { Claim } from '../scenario/claims.ts';
import { divisionOf } from '../scenario/paths.ts';
import type { BoxDescription, EngineDescription } from './engine.ts';
import { seriesOf } from './series-rows.ts';

/** The zone of those that name none; not worth a word on the page. */
const unnamedZone = 'main';

export function describe(
  { run, scenario }: Experiment,
  warnings: readonly DiagnosticView[],
): EngineDescription {
  const { world } = run;
  const boxes = boxesOf(world, scenario.positions);
  return {
    name: scenario.name,
    about: scenario.about,
    seed: world.plan.seed,
    durationSeconds: world.plan.durationNs / 1e9,
    warmUpSeconds: world.plan.warmUpNs / 1e9,
    windowSeconds: world.recorder.windowNs / 1e9,
    boxes,
    nodes: nodesOf(world, boxes),
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
      return { from, to, kind: 'call' as const, hopNumber: edge.id, edge };
    });
  const replications = world.components.filter(replicates).map((component) => {
    const own = box(component.name);
    const hopNumber = -1 - component.index;
    return { from: own, to: own, kind: 'replication' as const, hopNumber, edge: null };
  });
  return [...calls, ...replications];
}

/** Populations first, since traffic comes from there; then the components as in the file. */
export function drawnComponents(world: World): Component[] {
  return [
    ...world.components.filter(isPopulation),
    ...world.components.filter((component) => !isPopulation(component)),
  ];
}

function isPopulation(component: Component): boolean {
  return component instanceof Population;
}

function boxesOf(
  world: World,
  positions: Readonly<Record<string, readonly [number, number]>>,
): BoxDescription[] {
  let clients = world.nodes.length;
  return drawnComponents(world).map((component, id) => {
    const { name, kind, nodes } = component;
    const [x, y] = positions[name] ?? [];
    const position = x === undefined || y === undefined ? null : { x, y };
    const shared = { id, name, kind, position, line: null };
    if (component instanceof Population) {
      // Clients have no node in the simulation; the picture gives each population one.
      const text = populationCaption(component.plan);
      return { ...shared, glyph: 'clients', caption: text, firstNode: clients++, nodeCount: 1 };
    }
    return {
      ...shared,
      glyph: lookUp(components, kind).glyph,
      caption: caption(world, component),
      firstNode: nodes[0]?.id ?? 0,
      nodeCount: nodes.length,
    };
  });
}

function nodesOf(world: World, boxes: readonly BoxDescription[]): NodeView[] {
  const boxOf = (component: number) =>
    boxes.findIndex(({ name }) => name === world.components[component]!.name);
  const nodes = world.nodes.map((node) => {
    const zone = world.plan.zones[node.zone] ?? '';
    return {
      id: node.id,
      box: boxOf(node.component),
      path: node.path,
      label: node.label,
      zone: zone === unnamedZone ? '' : zone,
      shard: node.shard,
      workers: node.station?.workers ?? Infinity,
      queueCapacity: node.station?.capacity ?? Infinity,
    };
  });
  const clients = boxes
    .filter(({ glyph }) => glyph === 'clients')
    .map(({ id, name, firstNode }) => ({
      id: firstNode,
      box: id,
      path: name,
      label: name,
      zone: '',
      shard: -1,
      workers: Infinity,
      queueCapacity: Infinity,
    }));
  return [...nodes, ...clients];
}

function replicates(component: Component): boolean {
  return component instanceof Database && component.shards.some(({ nodes }) => nodes.length > 1);
}

function populationCaption({ rate, clients, arrivals, deadlineNs }: PopulationPlan): string {
  const deadline = deadlineNs === Infinity ? '' : `, within ${formatDuration(deadlineNs)}`;
  if (rate === null) return `${formatCount(clients ?? 0)} clients in turn${deadline}`;
  return `${formatRate(rate)} ${arrivals.kind}${deadline}`;
}

function caption(world: World, { name, nodes }: Component): string {
  const plan = world.plan.components.find((one) => one.name === name);
  if (plan === undefined) return '';
  const { instances, nodes: cacheNodes, shards, replicas } = divisionOf(plan);
  const { policy, eviction, replication } = plan.parameters;
  const workers = nodes[0]?.station?.workers;
  const words: string[] = [];
  if (shards !== null) words.push(counted(shards, 'shard'));
  if (shards !== null && replicas > 0) words.push(counted(replicas, 'replica'));
  if (cacheNodes !== null) words.push(counted(cacheNodes, 'node'));
  if (instances !== null) words.push(counted(instances, 'instance'));
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

function faultText({ verb, targets, forNs, factor }: FaultPlan): string {
  const by = factor === 1 ? '' : ` by ${factor}×`;
  const duration = forNs === null ? '' : ` for ${formatDuration(forNs)}`;
  return `${verb} ${targets.join(' and ')}${by}${duration}`;
}
