/**
 * The messages of an edge: how long a request and its answer travel, and, for the requests that are
 * drawn, the note that they did.
 */

import type { CallTable } from './call-table.ts';
import { HopMark } from './hop-log.ts';
import { Outcome } from './outcome.ts';
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

  traceRequest(row: number, delay: number): void {
    const { calls } = this;
    let mark: number = this.to.isWrite?.(row) === true ? HopMark.write : HopMark.read;
    if (calls.attempt(row) > 1) mark = HopMark.retry;
    this.trace(row, calls.callerNode(row), calls.node(row), delay, mark);
  }

  traceAnswer(row: number, outcome: number, delay: number): void {
    const { calls } = this;
    const mark = outcome === Outcome.ok ? HopMark.replyOk : HopMark.replyFailed;
    this.trace(row, calls.node(row), calls.callerNode(row), delay, mark);
  }

  private trace(row: number, from: number, to: number, delay: number, mark: number): void {
    const { hops, simulation } = this.world;
    const { now } = simulation;
    hops.add(this.edge, from, to, now, now + delay, mark, this.calls.trace(row));
  }

  private answerSize(row: number): number {
    const dataset = this.calls.dataset(row);
    return dataset < 0 ? this.calls.size(row) : this.world.keys.datasets[dataset]!.plan.size;
  }
}
