/** Describes a run for the picture: its boxes, instances, edges and the columns of its series. */

import { lookUp } from '../base/registry.ts';
import { formatCount, formatRate } from '../base/format-units.ts';
import { components } from '../model/components.ts';
import type { Edge } from '../model/edge.ts';
import type { PopulationPlan } from '../model/plan.ts';
import type { Run } from '../model/run.ts';
import type { Component } from '../model/world.ts';
import type { NodeView, SeriesView } from '../protocol/scenario-view.ts';
import type { Scenario } from '../scenario/load.ts';
import type { BoxDescription, EngineDescription } from './engine.ts';

/** The client populations first, then the components in their order in the file. */
export function componentsInView(run: Run): readonly Component[] {
  const { components: all } = run.world;
  const clients = all.filter(({ kind }) => kind === 'clients');
  return [...clients, ...all.filter(({ kind }) => kind !== 'clients')];
}

/** Databases with replicas, whose replication is an edge from a box to itself. */
export function replicated(run: Run): readonly Component[] {
  return run.world.components.filter((component) => {
    if (component.kind !== 'database') return false;
    return component.nodes.some((node) => node.shard === 0 && node.index > 0);
  });
}

export function describeRun(
  scenario: Scenario,
  run: Run,
): Omit<EngineDescription, 'warnings' | 'series'> {
  const { plan } = scenario;
  const inView = componentsInView(run);
  const nodes: NodeView[] = [];
  const boxes = inView.map((component, id): BoxDescription => {
    const firstNode = nodes.length;
    nodes.push(...nodesOf(component, id, firstNode, plan.zones));
    const position = scenario.positions[component.name];
    return {
      id,
      name: component.name,
      kind: component.kind,
      glyph: component.kind === 'clients' ? 'clients' : lookUp(components, component.kind).glyph,
      caption: captionOf(scenario, component),
      firstNode,
      nodeCount: nodes.length - firstNode,
      line: null,
      position: position === undefined ? null : { x: position[0], y: position[1] },
    };
  });
  return {
    name: scenario.name,
    about: scenario.about,
    seed: plan.seed,
    durationSeconds: plan.durationNs / 1e9,
    warmUpSeconds: plan.warmUpNs / 1e9,
    windowSeconds: run.world.recorder.windowNs / 1e9,
    boxes,
    nodes,
    edges: edgesOf(run, inView),
    requirements: scenario.requirements.map(({ text, unit, value }) => ({
      text,
      targetMs: unit === 'ns' ? value / 1e6 : null,
    })),
    faults: plan.faults.map(({ atNs, verb, targets, forNs }) => ({
      atSeconds: atNs / 1e9,
      text: `${verb} ${targets.join(' and ')}${forNs === null ? '' : ` for ${forNs / 1e9} s`}`,
    })),
    estimates: scenario.estimates.map(({ name, text }) => ({ name, text })),
  };
}

/** Which series there are, in the order in which the rows carry them. */
export function seriesOf(run: Run): readonly SeriesView[] {
  const { components: all, operations } = run.world;
  const series: SeriesView[] = [];
  for (const { name } of operations) {
    series.push({ id: `p50 ${name}`, chart: 'latency', label: `p50 ${name}`, unit: 'ms' });
    series.push({ id: `p99 ${name}`, chart: 'latency', label: `p99 ${name}`, unit: 'ms' });
  }
  for (const id of ['ok', 'late', 'failed']) {
    series.push({ id, chart: 'throughput', label: id, unit: '/s' });
  }
  for (const { kind, name } of all) {
    if (kind !== 'cache') continue;
    series.push({ id: `hit ${name}`, chart: 'hit-ratio', label: name, unit: '%' });
  }
  for (const { name, waits } of all) {
    if (waits === null) continue;
    series.push({ id: `queue ${name}`, chart: 'queue', label: name, unit: 'requests' });
  }
  return series;
}

function nodesOf(
  component: Component,
  box: number,
  first: number,
  zones: readonly string[],
): NodeView[] {
  const unlimited = { workers: Infinity, queueCapacity: Infinity };
  if (component.kind === 'clients') {
    const { name } = component;
    return [{ id: first, box, path: name, label: name, zone: '', shard: -1, ...unlimited }];
  }
  return component.nodes.map((node, index) => ({
    id: first + index,
    box,
    path: node.path,
    label: node.label,
    zone: zones.length > 1 ? zones[node.zone]! : '',
    shard: node.shard,
    workers: node.station?.workers ?? Infinity,
    queueCapacity: node.station?.capacity ?? Infinity,
  }));
}

function edgesOf(run: Run, inView: readonly Component[]): EngineDescription['edges'] {
  const boxOf = (name: string) => inView.findIndex((component) => component.name === name);
  const calls = run.world.paths.map((path) => {
    const { from, to } = path as Edge;
    return { id: path.id, from: boxOf(from), to: boxOf(to.name), kind: 'call' as const };
  });
  const replications = replicated(run).map(({ name }, index) => {
    const box = boxOf(name);
    return { id: calls.length + index, from: box, to: box, kind: 'replication' as const };
  });
  return [...calls, ...replications];
}

function captionOf(scenario: Scenario, component: Component): string {
  const population = scenario.plan.populations.find(({ name }) => name === component.name);
  if (population !== undefined) return populationCaption(population);
  const plan = scenario.plan.components.find(({ name }) => name === component.name)!;
  const values = plan.parameters;
  const [node] = component.nodes;
  switch (component.kind) {
    case 'load-balancer':
      return String(values['policy']);
    case 'cache':
      return `${many(component.nodes.length, 'node')}, ${String(values['eviction'])}`;
    case 'database': {
      const { count, by } = values['shards'] as { count: number; by: string };
      const replicas = Number(values['replicas']);
      const shards = count === 1 ? '1 shard' : `${count} shards by ${by}`;
      return replicas === 0 ? shards : `${shards}, ${many(replicas, 'replica')} each`;
    }
    default: {
      const workers = node?.station?.workers ?? Infinity;
      const each = workers === Infinity ? '' : `, ${many(workers, 'worker')} each`;
      return `${many(component.nodes.length, 'instance')}${each}`;
    }
  }
}

function populationCaption({ clients, rate, arrivals }: PopulationPlan): string {
  if (clients !== null) return `${formatCount(clients)} clients in a closed loop`;
  return `${formatRate(rate ?? 0)}, ${arrivals.kind}`;
}

function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
