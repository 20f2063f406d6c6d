/**
 * Paths of things inside a design: `api/3`, `redis/node-2`, `photos-db/shard-2/primary`. Faults
 * happen to them and claims are made about them. How a component is divided follows from its
 * parameters: `instances`, `nodes`, or `shards` and `replicas`. Numbers count from 1.
 */

import { bad, good, quoted } from '../base/reading.ts';
import { existing, nearest } from '../base/suggest.ts';

import { pointCount } from '../model/components/cdn/parameters.ts';
import type { Reading } from '../base/reading.ts';
import type { ComponentPlan } from '../model/plan.ts';

/** How many of each part a component may have; null where it is not divided that way. */
export interface Division {
  readonly instances: number | null;
  readonly nodes: number | null;
  readonly shards: number | null;
  /** Replicas of each shard. */
  readonly replicas: number;
}

export function divisionOf(component: ComponentPlan): Division {
  const { instances, shards, replicas, autoscale } = component.parameters;
  const nodes = nodesOf(component);
  const scaled = (autoscale as { readonly max?: unknown } | null | undefined)?.max;
  const asked = instances === undefined ? undefined : component.instancesMost;
  const most = scaled ?? asked ?? instances;
  const shardCount = (shards as { readonly count?: unknown } | undefined)?.count;
  return {
    instances: typeof most === 'number' ? most : null,
    nodes: typeof nodes === 'number' ? nodes : null,
    shards: typeof shardCount === 'number' ? shardCount : null,
    replicas: typeof replicas === 'number' ? replicas : 0,
  };
}

/** Nodes of a cache, or points of a cdn: as many as it has zones where the file does not say. */
function nodesOf({ kind, parameters, instancesMost }: ComponentPlan): unknown {
  if (kind === 'cdn') return pointCount(parameters);
  return kind === 'cache' ? (instancesMost ?? parameters.nodes) : undefined;
}

/** Processes of a component: instances, nodes, or the nodes of all shards. */
export function processesOf(component: ComponentPlan): number {
  const { instances, nodes, shards, replicas } = divisionOf(component);
  return instances ?? nodes ?? (shards ?? 1) * (replicas + 1);
}

/** Checks that a path leads to a component or to a part of one, and returns it. */
export function readPath(
  text: string,
  components: ReadonlyMap<string, ComponentPlan>,
): Reading<string> {
  const [name, ...parts] = text.split('/');
  const component = components.get(name!);
  if (component === undefined) {
    const hint = existing(name!, [...components.keys()]);
    return bad('unknown-component', `there is no component ${quoted(name!)}`, hint);
  }
  // A component of unknown kind has been reported; whatever is said of its parts is let through.
  if (parts.length === 0 || component.kind === '') return good(text);
  const division = divisionOf(component);
  if (isPart(parts, division)) return good(text);
  const message = `${quoted(name!)} has no part ${quoted(parts.join('/'))}`;
  return bad('unknown-part', message, partsHint(name!, parts, division), name!.length + 1);
}

function isPart(parts: readonly string[], division: Division): boolean {
  const [first, second] = parts;
  if (division.shards !== null) {
    if (!numbered(first, 'shard-', division.shards) || parts.length > 2) return false;
    if (second === undefined || second === 'primary') return true;
    if (numbered(second, 'replica-', division.replicas)) return true;
    return numbered(second, 'node-', division.replicas + 1);
  }
  if (parts.length > 1) return false;
  if (division.nodes !== null) return numbered(first, 'node-', division.nodes);
  return division.instances !== null && numbered(first, '', division.instances);
}

/** True for the prefix followed by a number from 1 to `count`, written without leading zeros. */
function numbered(word: string | undefined, prefix: string, count: number): boolean {
  if (word === undefined || !word.startsWith(prefix)) return false;
  const digits = word.slice(prefix.length);
  return /^[1-9]\d{0,8}$/.test(digits) && Number(digits) <= count;
}

function partsHint(name: string, parts: readonly string[], division: Division): string {
  const { instances, nodes, shards, replicas } = division;
  if (shards !== null && parts.length === 2 && numbered(parts[0], 'shard-', shards)) {
    const path = `${name}/${parts[0]!}`;
    const inShard = ['primary', ...range('replica-', replicas), ...range('node-', replicas + 1)];
    const near = nearest(parts[1]!, inShard);
    if (near !== null) return `did you mean \`${path}/${near}\`?`;
    const more = replicas > 0 ? `; ${span(`${path}/replica-`, replicas)}` : '';
    return `there is \`${path}/primary\`${more}`;
  }
  if (shards !== null) return `${span(`${name}/shard-`, shards)}, with a \`primary\` in each`;
  if (nodes !== null) return span(`${name}/node-`, nodes);
  return span(`${name}/`, instances ?? 1);
}

function range(prefix: string, count: number): string[] {
  return Array.from({ length: Math.min(count, 20) }, (_, index) => `${prefix}${index + 1}`);
}

function span(prefix: string, count: number): string {
  if (count === 1) return `there is \`${prefix}1\``;
  return `there are \`${prefix}1\` to \`${prefix}${count}\``;
}
