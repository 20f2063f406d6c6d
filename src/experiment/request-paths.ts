/**
 * The critical paths of many requests, as the notes of the span log come in: of each request that
 * ends, how long its path was spent on what and where.
 */

import { NoteKind } from '../model/span-log.ts';
import type { World } from '../model/world.ts';
import type { Population } from '../model/workloads/population.ts';
import { criticalPath } from './critical-path.ts';
import { TraceTree } from './trace-tree.ts';
import type { Activity } from './trace-tree.ts';

const causeKinds = Object.freeze(['queue', 'service', 'network', 'backoff', 'wait'] as const);

/** What a request that ended was waiting for. */
export interface RequestPath {
  readonly request: number;
  readonly operation: string;
  /** ns */
  readonly start: number;
  readonly end: number;
  /** A number of `Outcome`. */
  readonly outcome: number;
  /** How many requests it stands for. */
  readonly weight: number;
  /** Kinds and places, see `causeOf`, each once, and the time spent on each, ns. */
  readonly causes: Int32Array;
  readonly spentNs: Float64Array;
}

export class RequestPaths {
  private readonly world: World;
  private readonly ended: (path: RequestPath) => void;
  private readonly trees = new Map<number, TraceTree>();

  /** `ended` is told of each request whose beginning was noted too. */
  constructor(world: World, ended: (path: RequestPath) => void) {
    this.world = world;
    this.ended = ended;
  }

  take(note: Float64Array): void {
    const request = note[2]!;
    if (note[1] === NoteKind.begin) {
      this.trees.set(request, new TraceTree(note));
      return;
    }
    const tree = this.trees.get(request);
    if (tree === undefined) return;
    tree.add(note);
    if (!tree.isEnded) return;
    this.trees.delete(request);
    this.ended(pathOf(this.world, tree));
  }

  /** Forgets requests that are under way: all of them, or those that are watched no more. */
  forget(isWatched: (request: number) => boolean = () => false): void {
    for (const request of this.trees.keys()) if (!isWatched(request)) this.trees.delete(request);
  }
}

/** The word for a kind of delay and the edge or node it arose at. */
export interface Cause {
  readonly kind: (typeof causeKinds)[number];
  /** -1 when it arose at a node. */
  readonly edge: number;
  /** -1 when it arose between two components. */
  readonly node: number;
}

const PLACES = 1 << 20;

export function causeOf(number: number): Cause {
  const place = number % PLACES;
  const kindAndSort = (number - place) / PLACES;
  const isEdge = kindAndSort % 2 === 1;
  const kind = causeKinds[(kindAndSort - (kindAndSort % 2)) / 2]!;
  return { kind, edge: isEdge ? place : -1, node: isEdge ? -1 : place };
}

/** What a client waits for before anything is sent has no place; it is put down to its edge. */
function causeNumber({ kind, edge, node }: Activity): number {
  const kindNumber = causeKinds.indexOf(kind as Cause['kind']);
  const isEdge = kind === 'network' || kind === 'backoff' || node < 0;
  return (kindNumber * 2 + (isEdge ? 1 : 0)) * PLACES + Math.max(0, isEdge ? edge : node);
}

function pathOf(world: World, tree: TraceTree): RequestPath {
  const { root, request } = tree;
  const spent = new Map<number, number>();
  for (const { activity, start, end } of criticalPath(root, root.end)) {
    const cause = causeNumber(activity);
    spent.set(cause, (spent.get(cause) ?? 0) + end - start);
  }
  return {
    request,
    operation: operationOf(world, tree.population, tree.place),
    start: root.start,
    end: root.end,
    outcome: root.outcome,
    weight: 1,
    causes: Int32Array.from(spent.keys()),
    spentNs: Float64Array.from(spent.values()),
  };
}

/** Name of the operation at a place in the mix of a population. */
export function operationOf(world: World, population: number, place: number): string {
  return (world.components[population] as Population).plan.mix[place]!.operation;
}
