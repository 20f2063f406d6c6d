/**
 * The messages of an edge: how long a request and its answer travel, and, for the requests that are
 * drawn, the note that they did.
 */

import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import { HopMark } from './hop-log.ts';
import { Outcome } from './outcome.ts';
import { KINDS, NoteKind, PAIR } from './span-log.ts';
import { Verb } from './verb.ts';
import type { Component, World } from './world.ts';

export class Wire {
  private readonly world: World;
  private readonly calls: CallTable;
  private readonly edge: number;
  private readonly to: Component;

  constructor(world: World, edge: { readonly id: number; readonly to: Component }) {
    this.world = world;
    this.calls = world.calls;
    this.edge = edge.id;
    this.to = edge.to;
  }

  /** Time a request takes to its node, ns; Infinity when a partition swallows it. */
  requestDelay(row: number): number {
    const { calls, world } = this;
    const from = calls.callerNode(row);
    const to = calls.node(row);
    const fixed = world.network.fixedDelay(from, to);
    if (fixed >= 0) return fixed;
    return world.network.travel(from, to, calls.size(row), world.simulation.now);
  }

  /** Time an answer takes back to its caller, ns; Infinity when a partition swallows it. */
  answerDelay(row: number): number {
    const { calls, world } = this;
    const from = calls.node(row);
    const to = calls.callerNode(row);
    const fixed = world.network.fixedDelay(from, to);
    if (fixed >= 0) return fixed;
    return world.network.travel(from, to, this.answerSize(row), world.simulation.now);
  }

  /** Notes an attempt that is sent; one that finds nobody to be sent to has no node. */
  traceRequest(row: number, delay: number): void {
    const { calls } = this;
    const node = calls.node(row);
    const way = this.edge * PAIR + node + 1;
    const what = calls.operation(row) * PAIR + calls.dataset(row) + 1;
    const kind = NoteKind.sent + KINDS * calls.attempt(row);
    calls.spans.note(kind, calls.trace(row), row, calls.parent(row), way, delay, what);
    if (node < 0) return;
    let mark: number = this.to.isWrite?.(row) === true ? HopMark.write : HopMark.read;
    if (calls.attempt(row) > 1) mark = HopMark.retry;
    this.trace(row, calls.callerNode(row), calls.node(row), delay, mark);
  }

  traceAnswer(row: number, outcome: number, delay: number): void {
    const { calls } = this;
    calls.spans.note(NoteKind.replied, calls.trace(row), row, outcome, delay);
    let mark: number = outcome === Outcome.ok ? HopMark.replyOk : HopMark.replyFailed;
    if (this.isLookUp(row) && outcome === Outcome.ok) {
      mark = (calls.flags(row) & Flag.miss) === 0 ? HopMark.replyHit : HopMark.replyMiss;
    }
    this.trace(row, calls.node(row), calls.callerNode(row), delay, mark);
  }

  private trace(row: number, from: number, to: number, delay: number, mark: number): void {
    const { hops, simulation } = this.world;
    const { now } = simulation;
    const request = this.calls.trace(row);
    if (request > 0) hops.add(this.edge, from, to, now, now + delay, mark, request);
  }

  /** True for a call that asks a cache for what it holds, and for nothing behind it. */
  private isLookUp(row: number): boolean {
    const verb = this.calls.operation(row);
    return this.to.kind === 'cache' && (verb === Verb.get || verb === Verb.take);
  }

  private answerSize(row: number): number {
    const dataset = this.calls.dataset(row);
    return dataset < 0 ? this.calls.size(row) : this.world.keys.datasets[dataset]!.plan.size;
  }
}
