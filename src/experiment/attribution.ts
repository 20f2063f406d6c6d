/**
 * Why slow requests are slow: the time of their critical paths by kind and place, ranked, beside
 * the same of all requests. Requests that failed have no latency and do not enter.
 *
 * Places are components. A part of one is named instead when it stands out: when at least half of
 * the component's time of that kind was spent there, and three times as much as at the mean of the
 * other parts; the other parts then stand together under the component's name. The parts of a store
 * with several shards are its shards, of all else its instances.
 */

import { Outcome } from '../model/outcome.ts';
import type { World } from '../model/world.ts';
import { faultBefore } from './fault-before.ts';
import { PlaceNames } from './place-names.ts';
import { causeOf } from './request-paths.ts';
import type { Cause, RequestPath } from './request-paths.ts';
import type { Attribution, CauseView, WhyAsked } from './trace-types.ts';

/** Smaller causes are not listed. */
const SHARE_MIN = 0.001;
const STANDS_OUT_SHARE = 0.5;
const STANDS_OUT_TIMES = 3;

/** Of paths that ended in the time asked about; null when no request was answered in it. */
export function attribute(
  world: World,
  paths: readonly RequestPath[],
  asked: WhyAsked,
): Attribution | null {
  const answered = paths
    .filter(({ outcome, end, operation }) => {
      if (outcome !== Outcome.ok || end < asked.from * 1e9 || end >= asked.to * 1e9) return false;
      return asked.operation === null || operation === asked.operation;
    })
    .sort((left, right) => latencyOf(right) - latencyOf(left) || left.request - right.request);
  const [slowest] = answered;
  if (slowest === undefined) return null;
  const slow = slowestOf(answered, asked.quantile);
  const names = new PlaceNames(world);
  const usual = timesOf(answered);
  const times = timesOf(slow);
  const causes = rankedCauses(names, world, times, usual);
  const total = weightOf(answered);
  return {
    asked,
    slow: slow.length,
    looked: answered.length,
    oneIn: Math.round(total / answered.length),
    thresholdMs: latencyOf(slow.at(-1)!) / 1e6,
    causes,
    sentence: sentenceOf(world, causes[0], slow),
  };
}

function latencyOf({ start, end }: RequestPath): number {
  return end - start;
}

function weightOf(paths: readonly RequestPath[]): number {
  return paths.reduce((sum, { weight }) => sum + weight, 0);
}

/** The slowest share beyond a quantile, one at least, and those that are just as slow. */
function slowestOf(answered: readonly RequestPath[], quantile: number): readonly RequestPath[] {
  const wanted = (1 - quantile) * weightOf(answered);
  let length = 0;
  let weight = 0;
  while (
    length < answered.length &&
    (length === 0 || weight + answered[length]!.weight <= wanted)
  ) {
    weight += answered[length++]!.weight;
  }
  const threshold = latencyOf(answered[length - 1]!);
  while (length < answered.length && latencyOf(answered[length]!) === threshold) length++;
  return answered.slice(0, length);
}

/** Mean time of each cause over requests, ns. */
function timesOf(paths: readonly RequestPath[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  const total = weightOf(paths);
  for (const { causes, spentNs, weight } of paths) {
    for (let at = 0; at < causes.length; at++) {
      const cause = causes[at]!;
      sums.set(cause, (sums.get(cause) ?? 0) + weight * spentNs[at]!);
    }
  }
  return new Map([...sums].map(([cause, sum]) => [cause, sum / total]));
}

/** What arose at one component, or between two, and how that is spread over the parts. */
interface Heap {
  readonly kind: Cause['kind'];
  readonly where: string;
  readonly component: string | null;
  readonly parts: Map<string, { time: number; usual: number }>;
  time: number;
  usual: number;
}

function rankedCauses(
  names: PlaceNames,
  world: World,
  times: ReadonlyMap<number, number>,
  usual: ReadonlyMap<number, number>,
): readonly CauseView[] {
  const heaps = new Map<string, Heap>();
  for (const [number, time] of times) {
    const cause = causeOf(number);
    const usualTime = usual.get(number) ?? 0;
    const { where, part } = placeOf(names, cause);
    const key = `${cause.kind} ${where}`;
    let heap = heaps.get(key);
    if (heap === undefined) {
      const component = part === null ? null : where;
      heap = { kind: cause.kind, where, component, parts: new Map(), time: 0, usual: 0 };
      heaps.set(key, heap);
    }
    heap.time += time;
    heap.usual += usualTime;
    if (part === null) continue;
    const known = heap.parts.get(part) ?? { time: 0, usual: 0 };
    heap.parts.set(part, { time: known.time + time, usual: known.usual + usualTime });
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...heaps.values()]
    .flatMap((heap) => causeViews(heap, partCount(world, heap.component), total))
    .filter(({ share }) => share >= SHARE_MIN)
    .sort((left, right) => right.share - left.share);
}

/** A part that stands out is listed by itself; the others then stand for their component. */
function causeViews(heap: Heap, parts: number, total: number): readonly CauseView[] {
  const { kind, where, time, usual } = heap;
  const view = (place: string, spent: { time: number; usual: number }): CauseView => ({
    kind,
    where: place,
    share: spent.time / total,
    meanMs: spent.time / 1e6,
    usualMs: spent.usual / 1e6,
  });
  const [largest] = [...heap.parts].sort((left, right) => right[1].time - left[1].time);
  if (largest === undefined || parts < 2) return [view(where, heap)];
  const [name, part] = largest;
  const others = { time: time - part.time, usual: usual - part.usual };
  const mean = others.time / (parts - 1);
  const standsOut = part.time >= STANDS_OUT_SHARE * time && part.time >= STANDS_OUT_TIMES * mean;
  return standsOut ? [view(name, part), view(where, others)] : [view(where, heap)];
}

/** The component and the part of it; a way between two components has no parts. */
function placeOf(names: PlaceNames, { edge, node }: Cause): { where: string; part: string | null } {
  if (node < 0) return { where: names.way(edge), part: null };
  const component = names.componentOf(node)!;
  const path = names.nodePath(node);
  const isSharded = component.nodes.some(({ shard }) => shard > 0);
  const part = isSharded ? path.slice(0, path.lastIndexOf('/')) : path;
  return { where: component.name, part };
}

function partCount(world: World, component: string | null): number {
  if (component === null) return 0;
  const { nodes } = world.component(component);
  const shards = Math.max(...nodes.map(({ shard }) => shard)) + 1;
  return shards > 1 ? shards : nodes.length;
}

const doing: Readonly<Record<Cause['kind'], string>> = {
  queue: 'queueing at',
  service: 'work at',
  network: 'on the network',
  backoff: 'pausing before retries of',
  wait: 'waiting at',
};

function sentenceOf(
  world: World,
  cause: CauseView | undefined,
  slow: readonly RequestPath[],
): string {
  if (cause === undefined) return 'They took no time at all';
  const { kind, share, where } = cause;
  const ends = slow.map(({ end }) => end);
  const fault = faultBefore(world, where, ends);
  const after = fault === null ? '' : `, after ${fault}`;
  return `${Math.round(share * 100)} % of it ${doing[kind]} ${where}${after}`;
}
