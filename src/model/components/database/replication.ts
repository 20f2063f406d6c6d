/**
 * Replication ships the log of a shard from its primary to each replica, in order, over the
 * network, and each replica applies one entry at a time. What had not left the primary when it
 * crashed never arrives.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { DistributionSpec } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import type { Dataset } from '../../key-space.ts';
import { HopMark } from '../../hop-log.ts';
import { NodeState } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import type { Tally } from '../../tally.ts';
import { noteWaits } from '../../wait-notes.ts';
import type { World } from '../../world.ts';
import type { Shard } from './shard.ts';

const NONE = -1;

/** Kind of the event (kind, shard, node) that one entry has been applied. */
export const APPLIED = 30;

/** Bytes of a log entry beside its record. */
const ENTRY_BYTES = 100;

export interface ReplicationFields {
  readonly world: World;
  readonly number: number;
  /** Number of the component, for the drawing of hops. */
  readonly component: number;
  readonly lag: DistributionSpec;
  readonly lagStream: Stream;
  readonly apply: DistributionSpec;
  readonly applyStream: Stream;
  readonly synchronous: boolean;
  readonly recordBytes: number;
  /** Its maxima are lag in ns and lag in entries. */
  readonly tally: Tally;
}

export class Replication {
  private readonly fields: ReplicationFields;
  private readonly world: World;
  private lag: Sampler;
  private apply: Sampler;

  constructor(fields: ReplicationFields) {
    this.fields = { ...fields };
    this.world = fields.world;
    this.lag = new Sampler(fields.lag, fields.lagStream);
    this.apply = new Sampler(fields.apply, fields.applyStream);
  }

  /** The lag of what is written from now on; the log stays in order. */
  setLag(lag: DistributionSpec): void {
    this.lag = new Sampler(lag, this.fields.lagStream);
  }

  setApply(apply: DistributionSpec): void {
    this.apply = new Sampler(apply, this.fields.applyStream);
  }

  /** The primary commits a write for a row; the row is answered now or when replicas have it. */
  commit(shard: Shard, row: number, { followers, ledger }: Dataset): void {
    const { calls, simulation } = this.world;
    const now = simulation.now;
    const key = calls.key(row);
    const entry = shard.log.append(key, now);
    const version =
      ledger === null ? entry : ledger.take(key, shard.index, entry, calls.version(row));
    calls.setVersion(row, version);
    shard.applied[shard.primary] = entry;
    for (let place = 0; place < shard.nodes.length; place++) {
      if (place === shard.primary) continue;
      const leaves = Math.max(shard.sentUntil[place]!, now + this.lag.duration());
      shard.sentUntil[place] = leaves;
      shard.log.setSendTime(entry, place, leaves);
      this.advance(shard, place);
    }
    shard.log.trim(shard.appliedByAll);
    for (const follower of followers) follower.written(key, version);
    if (!this.fields.synchronous) {
      shard.acknowledged = entry;
      this.world.reply(row, Outcome.ok);
      return;
    }
    shard.waitingRows.push(row);
    noteWaits(calls, row);
    shard.waitingEntries.push(entry);
    this.answerWaiting(shard);
  }

  /** Sets a replica to work on its next entry, if it has one and can have it. */
  advance(shard: Shard, place: number): void {
    const node = shard.nodes[place]!;
    if (place === shard.primary || shard.applyEvent[place] !== NONE) return;
    if (node.state !== NodeState.up) return;
    const { log } = shard;
    let next = shard.applied[place]! + 1;
    while (next <= log.last && log.isLost(next)) shard.applied[place] = next++;
    if (next > log.last) return;
    const primary = shard.primaryNode;
    const { network, simulation } = this.world;
    if (network.isCut(primary.id, node.id)) return;
    const leaves = log.sendTime(next, place);
    if (shard.primaryIsDown && next > shard.receivable[place]!) return;
    const now = simulation.now;
    const bytes = ENTRY_BYTES + this.fields.recordBytes;
    const travel = network.delay(primary.id, node.id, bytes, now);
    const arrival = Math.max(now, leaves + travel);
    this.trace(next, primary.id, node.id, Math.max(now, leaves), arrival);
    const done = arrival + this.apply.duration();
    const { number } = this.fields;
    shard.applyEvent[place] = simulation.schedule(done - now, number, APPLIED, shard.index, place);
  }

  /** A replica has applied its next entry. */
  applied(shard: Shard, place: number): void {
    shard.applyEvent[place] = NONE;
    const entry = shard.applied[place]! + 1;
    shard.applied[place] = entry;
    this.noteLag(shard, place, this.world.simulation.now - shard.log.timeOf(entry));
    this.advance(shard, place);
    if (this.fields.synchronous) this.answerWaiting(shard);
  }

  /** The primary has gone down: only what had left it reaches the replicas that were in reach. */
  primaryDown(shard: Shard): void {
    const { network, simulation } = this.world;
    const { log } = shard;
    for (let place = 0; place < shard.nodes.length; place++) {
      if (place === shard.primary) continue;
      const node = shard.nodes[place]!;
      let last = shard.applied[place]!;
      if (node.state === NodeState.up && !network.isCut(shard.primaryNode.id, node.id)) {
        while (last < log.last && log.sendTime(last + 1, place) <= simulation.now) last++;
      }
      shard.receivable[place] = last;
      if (shard.applied[place]! >= last) this.stop(shard, place);
    }
  }

  /** Stops what a node was applying: it went down, or its history was cut back. */
  stop(shard: Shard, place: number): void {
    const event = shard.applyEvent[place]!;
    if (event !== NONE) this.world.simulation.cancel(event);
    shard.applyEvent[place] = NONE;
  }

  /**
   * Answers the writes that every replica in reach has; a replica out of reach is not waited for.
   */
  answerWaiting(shard: Shard): void {
    const { network } = this.world;
    const primary = shard.primaryNode;
    let reached = Infinity;
    for (let place = 0; place < shard.nodes.length; place++) {
      const node = shard.nodes[place]!;
      if (node.state !== NodeState.up || network.isCut(primary.id, node.id)) continue;
      reached = Math.min(reached, shard.applied[place]!);
    }
    while (shard.waitingEntries.length > 0 && shard.waitingEntries[0]! <= reached) {
      shard.acknowledged = shard.waitingEntries.shift()!;
      this.world.reply(shard.waitingRows.shift()!, Outcome.ok);
    }
  }

  /** To be called when a window ends: who is cut off applies nothing, and yet falls behind. */
  noteLags(shard: Shard): void {
    const { now } = this.world.simulation;
    for (let place = 0; place < shard.nodes.length; place++) {
      if (place === shard.primary || shard.nodes[place]!.state !== NodeState.up) continue;
      this.noteLag(shard, place, shard.lagOf(place, now));
    }
  }

  private noteLag(shard: Shard, place: number, lag: number): void {
    const { maxima } = this.fields.tally;
    if (lag > maxima[0]!) maxima[0] = lag;
    shard.noteLag(lag);
    const behind = shard.log.last - shard.applied[place]!;
    if (behind > maxima[1]!) maxima[1] = behind;
  }

  private trace(entry: number, from: number, to: number, leaves: number, arrival: number): void {
    const mark = this.world.hops.markOf(entry);
    if (mark === 0) return;
    const edge = NONE - this.fields.component;
    this.world.hops.add(edge, from, to, leaves, arrival, HopMark.replication, mark);
  }
}
