/** What a write does to a node of the cache: it passes through, stays here, or deletes the copy. */

import { Access } from '../../data-access.ts';
import { Outcome } from '../../outcome.ts';
import { Verb } from '../../verb.ts';
import { isOwn } from './background.ts';
import type { Behind } from './behind.ts';
import type { Cluster } from './cluster.ts';
import { Column } from './columns.ts';
import type { Fills } from './fill.ts';
import { Reason } from './miss-reasons.ts';
import type { Strategy } from './strategy.ts';
import type { Workings } from './workings.ts';

export class Writes {
  private readonly workings: Workings;
  private readonly fills: Fills;
  private readonly behind: Behind;
  private readonly cluster: Cluster;
  private readonly strategy: Strategy;

  constructor(
    workings: Workings,
    parts: {
      readonly fills: Fills;
      readonly behind: Behind;
      readonly cluster: Cluster;
      readonly strategy: Strategy;
    },
  ) {
    this.workings = workings;
    this.fills = parts.fills;
    this.behind = parts.behind;
    this.cluster = parts.cluster;
    this.strategy = parts.strategy;
  }

  /** A write that the cache passes on, or acknowledges at once. */
  write(row: number, node: number): void {
    const { calls, keys } = this.workings.world;
    const { ledger } = keys.datasets[calls.dataset(row)]!;
    if (this.strategy.writeBack !== null) {
      this.strategy.writeBack.write(row, node);
      return;
    }
    calls.setAccessKey(row, calls.key(row));
    this.behind.of(row).write(row, ledger === null ? 0 : calls.version(row));
  }

  /** The copy goes, if there is one. */
  delete(row: number, node: number): void {
    const { counts, missReasons, shadows, stores, world } = this.workings;
    const store = stores[node]!;
    const key = world.calls.key(row);
    const slot = store.find(key);
    const isKept = this.cluster.protection?.deleted(key, node, slot) ?? false;
    shadows?.deleted(node, key);
    if (slot >= 0) {
      if (!isKept) store.remove(slot);
      missReasons[node]!.left(key, Reason.invalidated);
      counts[Column.invalidations]!++;
    }
    this.cluster.changed(key, node);
    world.reply(row, Outcome.ok);
  }

  /** What lies behind has answered a read or a write for `row`. */
  onReply(answer: number, row: number): void {
    const { world } = this.workings;
    const { calls } = world;
    if (this.behind.of(row).onReply(answer, row) === Access.waiting) return;
    const { protection } = this.cluster;
    if (protection === null || !protection.timesFetches || calls.operation(row) !== Verb.read) {
      this.ended(row, true);
      return;
    }
    const node = this.workings.nodeOf(row);
    const key = calls.key(row);
    const fetchNs = world.simulation.now - calls.sentAt(answer);
    this.ended(row, true);
    protection.fetched(key, node, fetchNs);
  }

  /**
   * What lies behind has read or written for a row, which is answered; `isFilled`: its node is
   * filled with what has come.
   */
  ended(row: number, isFilled: boolean): void {
    const { world } = this.workings;
    const { calls } = world;
    const outcome = calls.outcome(row);
    const node = this.workings.nodeOf(row);
    const isFetch = calls.operation(row) === Verb.read;
    const isOwnRow = isOwn(calls.flags(row));
    if (isOwnRow && !isFetch) this.strategy.writeBack!.answered(row, node, outcome);
    else if (outcome === Outcome.ok && !this.isOvertaken(row, node) && isFilled) {
      this.fills.fill(row, node);
    }
    if (!isOwnRow) {
      world.reply(row, outcome);
      return;
    }
    if (isFetch) this.strategy.refreshAhead?.answered(row, node);
    calls.release(row);
  }

  /**
   * True for a read from the store that a write has overtaken, which this cache has acknowledged
   * and still holds: the reader gets that one, and it stays.
   */
  private isOvertaken(row: number, node: number): boolean {
    const { writeBack } = this.strategy;
    if (writeBack === null) return false;
    const { calls } = this.workings.world;
    const held = writeBack.newestOf(node, calls.key(row));
    if (held <= calls.version(row)) return false;
    calls.setVersion(row, held);
    return true;
  }
}
