/**
 * An edge is where one component calls another. It picks the instance, sends the message, waits no
 * longer than its timeout, tries again as its retries allow, and counts what happened. The caller
 * sees one call with one end; attempts that were given up may still be at work on the other side.
 */

import type { DistributionSpec } from '../kernel/distribution.ts';
import type { Stream } from '../kernel/random.ts';
import type { Owner } from '../kernel/simulation.ts';
import { pauseAfter } from './backoff.ts';
import { Targets, defaultBalancingOptions } from './balancing.ts';
import type { BalancingOptions, Picker } from './balancing.ts';
import {
  CALLER,
  DOUBLES,
  EDGE,
  EVENT,
  KEY,
  NODE,
  OUTCOME_BITS,
  OUTCOME_SHIFT,
  SENT_AT,
  STATUS,
  TIMER,
  TRACE,
  WORDS,
} from './call-rows.ts';
import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import { CallTimers } from './call-timers.ts';
import type { CallParameters, RetryParameters } from './calls.ts';
import { createPicker } from './level-picker.ts';
import { NodeState } from './node.ts';
import { Outcome } from './outcome.ts';
import { RetryBudget } from './retry-budget.ts';
import { SegmentedHistogram } from './segmented-histogram.ts';
import { NoteKind } from './span-log.ts';
import { Tally } from './tally.ts';
import { Wire } from './wire.ts';
import type { CallPath, Component, World } from './world.ts';

export const edgeColumns: readonly string[] = Object.freeze([
  'calls',
  'ok',
  'failed',
  'retries',
  'timeouts',
  'latencyNs',
]);

const CALLS = 0;
const OK = 1;
const FAILED = 2;
const RETRIES = 3;
const TIMEOUTS = 4;
const LATENCY = 5;

/** Kinds of events: (kind, row). */
const ARRIVE = 0;
const RETURN = 1;
const TIMEOUT = 2;
const RETRY = 3;
const UNSENT = 4;

const NONE = -1;
/** A longer pause is remembered as this, 35 minutes. */
const PAUSE_US_MAX = 0x7fffffff;

export interface EdgeFields {
  readonly from: string;
  /** Index of the calling component. */
  readonly caller: Component;
  readonly to: Component;
  readonly parameters: CallParameters;
  readonly balancing?: BalancingOptions;
  /** True: a retry avoids the instance that has just failed. Left out: it may pick it again. */
  readonly retriesElsewhere?: boolean;
  readonly weights?: readonly number[] | null;
}

/** Is told how each attempt at an instance has ended, before anything follows from it. */
export interface AttemptListener {
  attemptEnded(target: number, outcome: number): void;
}

export class Edge implements Owner, CallPath {
  readonly id: number;
  readonly from: string;
  readonly to: Component;
  readonly tally = new Tally(edgeColumns);
  /** Time from sending an attempt to its answer, answered ones only, ns. */
  readonly latency = new SegmentedHistogram();
  /** What this caller knows of the instances; null when the callee routes by key. */
  readonly targets: Targets | null;
  listener: AttemptListener | null = null;
  private readonly world: World;
  private readonly calls: CallTable;
  private readonly caller: Component;
  private readonly callerIndex: number;
  /** Numbers of the instances in the order of `targets`. */
  private readonly targetNodes: Int32Array;
  private readonly number: number;
  private readonly wire: Wire;
  private readonly counts: Float64Array;
  private picker: Picker | null;
  private readonly balanceStream: Stream;
  private readonly balancing: BalancingOptions;
  private readonly timers: CallTimers;
  private retries: RetryParameters | null;
  private readonly retriesElsewhere: boolean;
  private budget: RetryBudget | null;
  private readonly jitterStream: Stream;

  constructor(world: World, fields: EdgeFields) {
    const name = `${fields.from}>${fields.to.name}`;
    const { timeout, retries, policy } = fields.parameters;
    this.id = world.paths.length;
    this.world = world;
    this.calls = world.calls;
    this.from = fields.from;
    this.caller = fields.caller;
    this.callerIndex = fields.caller.index;
    this.targetNodes = Int32Array.from(fields.to.nodes, (node) => node.id);
    this.to = fields.to;
    this.number = world.simulation.addOwner(this, name);
    this.wire = new Wire(world, this);
    this.counts = this.tally.counts;
    this.targets = null;
    this.picker = null;
    this.balanceStream = world.stream(name, 'balance');
    this.balancing = fields.balancing ?? defaultBalancingOptions;
    if (fields.to.route === undefined) {
      const names = fields.to.nodes.map((node) => node.path);
      const weights = fields.weights ?? names.map(() => 1);
      this.targets = new Targets(names, weights);
      this.picker = createPicker(policy, this.targets, this.balanceStream, this.balancing);
    }
    const { number: owner } = this;
    this.timers = new CallTimers(world, { name, owner, kind: TIMEOUT, timeout });
    this.retries = retries;
    this.retriesElsewhere = fields.retriesElsewhere === true;
    this.budget = budgetOf(retries);
    this.jitterStream = world.stream(name, 'jitter');
    world.addPath(this);
    world.recorder.addTally(this.tally);
    world.recorder.addHistogram(this.latency);
  }

  /** Sends a row the caller has opened and filled; `caller`, `edge` and times are set here. */
  send(row: number): void {
    this.calls.words[row * WORDS + CALLER] = this.callerIndex;
    if (this.budget !== null) this.budget.deposit(this.world.simulation.now);
    this.attempt(row);
  }

  /** Answers a row on behalf of the callee. */
  reply(row: number, outcome: number): void {
    const { calls, world } = this;
    const { words } = calls;
    const at = row * WORDS;
    const status = words[at + STATUS]! & ~Flag.atCallee;
    if ((status & Flag.abandoned) !== 0) {
      words[at + STATUS] = status;
      if (words[at + TRACE] !== 0) this.note(NoteKind.replied, row, outcome, NONE);
      calls.release(row);
      return;
    }
    words[at + STATUS] = (status & ~OUTCOME_BITS) | (outcome << OUTCOME_SHIFT);
    let delay = 0;
    if (!world.network.isInstant) delay = this.wire.answerDelay(row);
    if (words[at + TRACE] !== 0) this.wire.traceAnswer(row, outcome, delay);
    if (delay === 0 && world.mayNest()) this.returned(row);
    else if (delay === Infinity) calls.raise(row, Flag.lost);
    else words[at + EVENT] = world.simulation.schedule(delay, this.number, RETURN, row, 0);
  }

  /** Attempts from now on wait that long; those under way keep the time they have. */
  changeTimeout(timeout: DistributionSpec | null): void {
    this.timers.change(timeout, this.id);
  }

  /** What fails from now on is tried again like this. A budget with another share begins empty. */
  changeRetries(retries: RetryParameters | null): void {
    if (retries?.budget !== this.retries?.budget) this.budget = budgetOf(retries);
    this.retries = retries;
  }

  /** Another way to pick the instance from now on, which knows what is in flight. */
  changePolicy(policy: string): void {
    if (this.targets === null) return;
    this.picker = createPicker(policy, this.targets, this.balanceStream, this.balancing);
  }

  orphan(row: number): void {
    const { calls } = this;
    this.timers.stop(row);
    this.forgetTarget(row);
    if (calls.trace(row) !== 0) this.note(NoteKind.orphaned, row);
    const flags = calls.flags(row);
    if ((flags & Flag.backingOff) !== 0) this.world.simulation.cancel(calls.event(row));
    if ((flags & (Flag.backingOff | Flag.lost)) !== 0) calls.release(row);
    else calls.setFlags(row, flags | Flag.abandoned);
  }

  handle(kind: number, row: number): void {
    switch (kind) {
      case ARRIVE:
        this.arrive(row);
        return;
      case RETURN:
        this.returned(row);
        return;
      case TIMEOUT:
        this.timedOut(row);
        return;
      case RETRY:
        this.calls.lower(row, Flag.backingOff);
        this.calls.setEvent(row, NONE);
        this.counts[RETRIES]!++;
        this.attempt(row);
        return;
      default:
        if ((this.calls.flags(row) & Flag.abandoned) !== 0) this.calls.release(row);
        else this.fail(row);
    }
  }

  private attempt(row: number): void {
    const { calls, world } = this;
    const { words } = calls;
    const at = row * WORDS;
    this.counts[CALLS]!++;
    words[at + EDGE] = this.id;
    calls.doubles[row * DOUBLES + SENT_AT] = world.simulation.now;
    const nodeId = this.pick(row);
    words[at + NODE] = nodeId;
    if (nodeId === NONE) {
      if (words[at + TRACE] !== 0) this.wire.traceRequest(row, 0);
      calls.setOutcome(row, Outcome.noTarget);
      words[at + EVENT] = world.simulation.schedule(0, this.number, UNSENT, row, 0);
      return;
    }
    this.timers.set(row);
    let delay = 0;
    if (!world.network.isInstant) delay = this.wire.requestDelay(row);
    if (words[at + TRACE] !== 0) this.wire.traceRequest(row, delay);
    if (delay === 0 && world.mayNest()) this.arrive(row);
    else if (delay === Infinity) calls.raise(row, Flag.lost);
    else words[at + EVENT] = world.simulation.schedule(delay, this.number, ARRIVE, row, 0);
  }

  private pick(row: number): number {
    if (this.picker === null) return this.to.route!(row);
    const { calls } = this;
    const targets = this.targets!;
    const key = calls.words[row * WORDS + KEY]!;
    const index =
      this.retriesElsewhere && calls.attempt(row) > 1
        ? this.pickAnother(key, calls.position(row))
        : this.picker.pick(key);
    if (index < 0) return NONE;
    targets.inFlight[index]!++;
    targets.totalInFlight++;
    return this.targetNodes[index]!;
  }

  /** Another instance than the one that has just failed, as long as there is one. */
  private pickAnother(key: number, failed: number): number {
    const targets = this.targets!;
    const { healthyCount } = targets;
    const index = failed === NONE ? NONE : this.world.nodes[failed]!.index;
    if (index === NONE || targets.healthy[index] === 0 || healthyCount === 1) {
      return this.picker!.pick(key);
    }
    targets.avoid(index);
    const picked = this.picker!.pick(key);
    targets.readmit(index);
    return picked;
  }

  private arrive(row: number): void {
    const { calls, world } = this;
    const { words } = calls;
    const at = row * WORDS;
    words[at + EVENT] = NONE;
    const node = world.nodes[words[at + NODE]!]!;
    if (node.state !== NodeState.up) {
      this.reply(row, Outcome.refused);
      return;
    }
    words[at + STATUS]! |= Flag.atCallee;
    this.to.onCall(row, node);
  }

  /** The answer has reached the caller, unless the caller has given up meanwhile. */
  private returned(row: number): void {
    const { calls } = this;
    const { words } = calls;
    const at = row * WORDS;
    const status = words[at + STATUS]!;
    if ((status & Flag.abandoned) !== 0) {
      calls.release(row);
      return;
    }
    words[at + EVENT] = NONE;
    if (words[at + TIMER] !== NONE) this.timers.stop(row);
    if (this.targets !== null) this.forgetTarget(row);
    const outcome = (status & OUTCOME_BITS) >> OUTCOME_SHIFT;
    if (this.listener !== null) this.tellListener(row, outcome);
    if (outcome !== Outcome.ok) {
      this.fail(row);
      return;
    }
    const latency = this.world.simulation.now - calls.doubles[row * DOUBLES + SENT_AT]!;
    this.counts[OK]!++;
    this.counts[LATENCY]! += latency;
    this.latency.record(latency);
    this.caller.onReply(row);
    calls.release(row);
  }

  /** An attempt has failed and its row is back with the caller: try again, or say so. */
  private fail(row: number): void {
    const { calls } = this;
    this.counts[FAILED]!++;
    if (this.mayRetry(row)) {
      this.backOff(row, calls.node(row));
      return;
    }
    this.caller.onReply(row);
    calls.release(row);
  }

  private timedOut(row: number): void {
    const { calls } = this;
    calls.setTimer(row, NONE);
    this.counts[TIMEOUTS]!++;
    this.counts[FAILED]!++;
    this.forgetTarget(row);
    if (this.listener !== null) this.tellListener(row, Outcome.timeout);
    if (this.mayRetry(row)) {
      const again = calls.openAgain(row);
      if (calls.trace(row) !== 0) this.note(NoteKind.timedOut, row, again);
      this.backOff(again, calls.node(row));
    } else {
      if (calls.trace(row) !== 0) this.note(NoteKind.timedOut, row, NONE);
      calls.setOutcome(row, Outcome.timeout);
      this.caller.onReply(row);
    }
    if ((calls.flags(row) & Flag.lost) !== 0) calls.release(row);
    else calls.raise(row, Flag.abandoned);
  }

  private tellListener(row: number, outcome: number): void {
    const node = this.calls.node(row);
    if (node !== NONE) this.listener!.attemptEnded(this.world.nodes[node]!.index, outcome);
  }

  private mayRetry(row: number): boolean {
    if (this.retries === null || this.calls.attempt(row) >= this.retries.attempts) return false;
    return this.budget === null || this.budget.withdraw(this.world.simulation.now);
  }

  /** Waits for the next attempt, which remembers where this one failed. */
  private backOff(row: number, failedNode: number): void {
    const { calls } = this;
    const { backoff, jitter } = this.retries!;
    const failed = calls.attempt(row);
    calls.setAttempt(row, failed + 1);
    calls.setFlags(row, Flag.backingOff);
    calls.setEdge(row, this.id);
    calls.setNode(row, NONE);
    calls.setPosition(row, failedNode);
    const past = { failed, pauseNs: calls.pauseUs(row) * 1e3 };
    const pause = pauseAfter(backoff, jitter, past, this.jitterStream);
    calls.setPauseUs(row, Math.min(Math.floor(pause / 1e3), PAUSE_US_MAX));
    if (calls.trace(row) !== 0) this.note(NoteKind.backoff, row, pause);
    calls.setEvent(row, this.world.simulation.schedule(pause, this.number, RETRY, row, 0));
  }

  private note(kind: number, row: number, first = 0, second = 0): void {
    this.calls.spans.note(kind, this.calls.trace(row), row, first, second);
  }

  /** The caller no longer counts the attempt as in flight at its instance. */
  private forgetTarget(row: number): void {
    const node = this.calls.node(row);
    if (this.targets === null || node === NONE) return;
    this.targets.inFlight[this.world.nodes[node]!.index]!--;
    this.targets.totalInFlight--;
  }
}

function budgetOf(retries: RetryParameters | null): RetryBudget | null {
  return retries === null || retries.budget === null ? null : new RetryBudget(retries.budget);
}
