/**
 * The work that miss-ratio curves are made of, in pieces that any thread can take: one policy at
 * one size, LRU at all sizes at once, or a bound. Every piece sees every batch, so pieces need not
 * know of each other, and what they answer does not depend on who did them.
 */

import { GROUPS } from '../model/key-choice.ts';
import { boundMisses } from './bounds.ts';
import type { BoundName } from './bounds.ts';
import type { CurveReport } from './curve.ts';
import { CurveCache } from './curve-cache.ts';
import { RecordedReads } from './recorded-reads.ts';
import type { Batch } from './look-ups.ts';
import { KeySample, TOGETHER } from './sampling.ts';
import { StackDistances } from './stack-distances.ts';
import { Op } from './look-ups.ts';

export interface CurveWorkPlan {
  readonly unit: CurveReport['unit'];
  readonly policies: readonly string[];
  readonly bounds: readonly BoundName[];
  /** Ascending, each at least 1, in `unit`. */
  readonly sizes: readonly number[];
  /** Share of the keys that are played; 1: all. */
  readonly rate: number;
  /** Share of the keys that the bounds are worked out on, which need the whole trace in memory. */
  readonly boundRate: number;
  /** For policies that draw, and for the choice of keys. */
  readonly seed: string;
  readonly salt: number;
}

export interface CurvePiece {
  /** Name of its curve. */
  readonly name: string;
  readonly kind: 'stack' | 'cache' | 'bound';
  /** Places among the sizes of the plan that it answers for. */
  readonly from: number;
  readonly to: number;
  /** `TOGETHER`, or a group of the sample. */
  readonly group: number;
  /** How much work it is; a plain cache is 1. */
  readonly weight: number;
}

export interface PieceAnswer {
  readonly piece: CurvePiece;
  /** Reads that missed, for each of its sizes. */
  readonly misses: readonly number[];
}

/** Some policies are a good deal more work than others; only the order of magnitude matters. */
const weights: Readonly<Record<string, number>> = {
  'w-tiny-lfu': 3,
  lfu: 2,
  'lfu-ageing': 2,
  gdsf: 3,
  lirs: 2,
  'lru-k': 3,
  'sampled-lru': 2,
  'sampled-lfu': 3,
};

/** All pieces, those of the most work first. */
export function piecesOf(plan: CurveWorkPlan): CurvePiece[] {
  const pieces: CurvePiece[] = [];
  const last = plan.sizes.length;
  for (const name of plan.policies) {
    const weight = weights[name] ?? 1;
    for (const group of groupsOf(plan.rate)) {
      const share = group === TOGETHER ? 1 : 1 / GROUPS;
      // In bytes a stack does not tell: to make room for one entry several may have to leave.
      if (name === 'lru' && plan.unit === 'entries') {
        pieces.push({ name, kind: 'stack', from: 0, to: last, group, weight: 4 * share });
        continue;
      }
      for (let at = 0; at < last; at++) {
        pieces.push({ name, kind: 'cache', from: at, to: at + 1, group, weight: weight * share });
      }
    }
  }
  for (const name of plan.bounds) {
    for (const group of groupsOf(plan.boundRate)) {
      const share = group === TOGETHER ? 1 : 1 / GROUPS;
      pieces.push({ name, kind: 'bound', from: 0, to: last, group, weight: 3 * last * share });
    }
  }
  return pieces.sort((a, b) => b.weight - a.weight);
}

/** Deals pieces out so that everybody has about as much to do. */
export function dealt(pieces: readonly CurvePiece[], workers: number): CurvePiece[][] {
  const hands = Array.from({ length: workers }, () => ({ pieces: [] as CurvePiece[], weight: 0 }));
  for (const piece of pieces) {
    let lightest = hands[0]!;
    for (const hand of hands) if (hand.weight < lightest.weight) lightest = hand;
    lightest.pieces.push(piece);
    lightest.weight += piece.weight;
  }
  return hands.map((hand) => hand.pieces).filter((hand) => hand.length > 0);
}

/** Capacity that stands for `size` where a share of the keys is played. */
function scaled(size: number, share: number): number {
  return Math.max(1, Math.floor(size * share + 0.5));
}

/** Those pieces that play the same look-ups, and what they see of each batch. */
class Table {
  private readonly sample: KeySample | null;
  private readonly pieces: readonly CurvePiece[];
  private readonly caches = new Map<CurvePiece, CurveCache>();
  private readonly stack: StackDistances | null;
  private readonly reads: RecordedReads | null;
  private readonly plan: CurveWorkPlan;
  private readonly share: number;

  constructor(plan: CurveWorkPlan, pieces: readonly CurvePiece[], rate: number, group: number) {
    this.plan = plan;
    this.pieces = pieces;
    this.sample = rate < 1 ? new KeySample(rate, group, plan.salt) : null;
    this.share = this.sample?.share ?? 1;
    this.stack = pieces.some(({ kind }) => kind === 'stack') ? new StackDistances() : null;
    this.reads = pieces.some(({ kind }) => kind === 'bound') ? new RecordedReads() : null;
    for (const piece of pieces) {
      if (piece.kind !== 'cache') continue;
      const size = scaled(plan.sizes[piece.from]!, this.share);
      const { unit, seed } = plan;
      this.caches.set(piece, new CurveCache({ policy: piece.name, unit, size, seed }));
    }
  }

  play(batch: Batch, bound: number): void {
    const seen = this.sample?.choose(batch) ?? batch;
    const keys = this.sample?.keys ?? bound;
    for (const cache of this.caches.values()) cache.play(seen, keys);
    if (this.stack !== null) playStack(this.stack, seen);
    this.reads?.add(seen);
  }

  answers(): PieceAnswer[] {
    return this.pieces.map((piece) => ({ piece, misses: this.missesOf(piece) }));
  }

  private missesOf(piece: CurvePiece): readonly number[] {
    if (piece.kind === 'cache') return [this.caches.get(piece)!.misses];
    const sizes = this.plan.sizes.slice(piece.from, piece.to);
    if (piece.kind === 'stack') return this.stack!.misses(sizes.map((size) => size * this.share));
    const small = sizes.map((size) => scaled(size, this.share));
    return boundMisses(this.reads!, piece.name as BoundName, small);
  }
}

/** Pieces at work: give it every batch, then ask it. */
export class CurveWork {
  private readonly tables: readonly Table[];

  constructor(plan: CurveWorkPlan, pieces: readonly CurvePiece[]) {
    const tables = new Map<string, CurvePiece[]>();
    for (const piece of pieces) {
      const rate = rateOf(plan, piece);
      const name = `${rate} ${rate < 1 ? piece.group : TOGETHER}`;
      const there = tables.get(name);
      if (there === undefined) tables.set(name, [piece]);
      else there.push(piece);
    }
    this.tables = [...tables.values()].map(
      (own) => new Table(plan, own, rateOf(plan, own[0]!), own[0]!.group),
    );
  }

  /** `bound`: all keys so far are below it. */
  play(batch: Batch, bound: number): void {
    for (const table of this.tables) table.play(batch, bound);
  }

  answers(): PieceAnswer[] {
    return this.tables.flatMap((table) => table.answers());
  }
}

function rateOf(plan: CurveWorkPlan, { kind }: CurvePiece): number {
  return kind === 'bound' ? plan.boundRate : plan.rate;
}

function groupsOf(rate: number): number[] {
  if (rate >= 1) return [TOGETHER];
  return [TOGETHER, ...Array.from({ length: GROUPS }, (_, group) => group)];
}

function playStack(stack: StackDistances, { keys, ops, count }: Batch): void {
  for (let at = 0; at < count; at++) {
    const op = ops === null ? Op.read : ops[at]!;
    if (op === Op.delete) stack.remove(keys[at]!);
    else stack.access(keys[at]!, op === Op.read);
  }
}
