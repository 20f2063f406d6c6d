/**
 * What a cache does beside look-ups and fills, as its strategy says: it writes back, it fetches
 * ahead, it hears the store's messages, it sweeps out what has expired.
 */

import { VersionHistory } from '../../version-history.ts';
import { ActiveExpiry, SWEEP } from './active-expiry.ts';
import type { Behind } from './behind.ts';
import type { Fills } from './fill.ts';
import { Invalidation, MESSAGE } from './invalidation.ts';
import type { Protection } from './protection.ts';
import { RefreshAhead } from './refresh-ahead.ts';
import type { Workings } from './workings.ts';
import { FLUSH, WriteBack } from './write-back.ts';

export class Strategy {
  readonly writeBack: WriteBack | null;
  readonly refreshAhead: RefreshAhead | null;
  private readonly workings: Workings;
  private readonly invalidation: Invalidation | null;
  private readonly activeExpiry: ActiveExpiry | null;

  /** `number`: of the cache as an owner of events. */
  constructor(
    workings: Workings,
    parts: {
      readonly behind: Behind;
      readonly fills: Fills;
      readonly protection: Protection | null;
    },
    number: number,
  ) {
    const { behind, fills, protection } = parts;
    const { strategy, expiry, 'on-write': onWrite } = workings.parameters;
    const updates = strategy === 'write-back' || strategy === 'write-through';
    this.workings = workings;
    this.writeBack =
      strategy === 'write-back' ? new WriteBack(workings, fills, behind, number) : null;
    this.refreshAhead = strategy === 'refresh-ahead' ? new RefreshAhead(workings, behind) : null;
    const hears = onWrite === 'message' && !updates;
    this.invalidation = hears ? new Invalidation(workings, number, protection) : null;
    this.activeExpiry = expiry === 'active' ? new ActiveExpiry(workings, number) : null;
  }

  /** Called when every component exists. */
  connect(): void {
    const { name, world } = this.workings;
    this.writeBack?.connect();
    this.invalidation?.connect();
    for (const dataset of world.keys.datasets) {
      if (dataset.history !== null || !dataset.plan.cachedIn.includes(name)) continue;
      if (dataset.ledger !== null) dataset.history = dataset.ledger.history;
      else {
        dataset.history = new VersionHistory(world.simulation);
        dataset.followers.push(dataset.history);
      }
    }
  }

  /** True when the event was one of its own. */
  handle(kind: number, first: number, node: number): boolean {
    if (kind === FLUSH) this.writeBack!.handle(node);
    else if (kind === MESSAGE) this.invalidation!.handle(first);
    else if (kind === SWEEP) this.activeExpiry!.handle(node);
    else return false;
    return true;
  }

  /** True for a key that a node holds for the store, whether it is among the entries or not. */
  isBuffered(node: number, key: number): boolean {
    return this.writeBack !== null && this.writeBack.versionOf(node, key) > 0;
  }

  /** A node has died; `isLost`: with what it held. */
  crashed(node: number, isLost: boolean): void {
    this.writeBack?.crashed(node, isLost);
    this.refreshAhead?.crashed(node);
  }

  /** A node is about to forget what it holds. */
  emptied(node: number): void {
    this.writeBack?.lose(node);
  }

  change(key: string): void {
    if (key === 'message-lag') this.invalidation?.changeLag();
  }
}
