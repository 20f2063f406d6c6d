/**
 * Write-back: the cache acknowledges a write when it has the value, and writes it to the store
 * later: every `flush-every`, or as soon as `dirty-limit` entries wait for it. Several writes of a
 * key in between are one write of the store. A write that fails stays and is tried again by the
 * next flush. An entry that is evicted before is written at once, and is held and served until the
 * store has it. What a node had not written back is lost when its memory is.
 *
 * Source: the write-back caches of processors, J. Hennessy, D. Patterson, Computer Architecture,
 * appendix B, and write-behind in Oracle Coherence. Deviation: entries that have been evicted and
 * wait for the store take no room of the cache, and no limit turns writes away.
 */

import type { StoreWatcher } from '../../cache-store.ts';
import { NodeState } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { Verb } from '../../verb.ts';
import { WriteLedger } from '../../write-ledger.ts';
import { openOwn } from './background.ts';
import type { Behind } from './behind.ts';
import { Column } from './columns.ts';
import { DirtySet } from './dirty-set.ts';
import type { Fills } from './fill.ts';
import type { Workings } from './workings.ts';

/** Kind of the event (kind, 0, node) that a node begins to write back. */
export const FLUSH = 40;

const NONE = -1;

export class WriteBack {
  /** By node. */
  readonly dirty: DirtySet[] = [];
  private readonly workings: Workings;
  private readonly fills: Fills;
  private readonly behind: Behind;
  private readonly number: number;
  /** 1 for a node that is to be switched off: it keeps nothing back. */
  private readonly leaving: Uint8Array;
  private held = 0;

  constructor(workings: Workings, fills: Fills, behind: Behind, number: number) {
    const { name, nodes, world } = workings;
    this.workings = workings;
    this.fills = fills;
    this.behind = behind;
    this.number = number;
    this.leaving = new Uint8Array(nodes.length);
    for (let node = 0; node < nodes.length; node++) {
      this.dirty.push(new DirtySet());
      const store = workings.stores[node]!;
      store.watcher = new NodeWatcher(this, node, store.watcher!);
    }
    for (const dataset of world.keys.datasets) {
      if (dataset.plan.cachedIn.includes(name))
        dataset.ledger ??= new WriteLedger(world.simulation);
    }
  }

  /** Called when every component exists. */
  connect(): void {
    for (const dataset of this.workings.world.keys.datasets) {
      if (dataset.ledger !== null) dataset.authority = dataset.ledger;
    }
    for (let node = 0; node < this.dirty.length; node++) this.scheduleFlush(node);
  }

  /** A write has come to a node; it is acknowledged here. */
  write(row: number, node: number): void {
    const { counts, parameters, tally, world } = this.workings;
    const { calls, keys } = world;
    const key = calls.key(row);
    const number = calls.dataset(row);
    const carried = calls.version(row);
    const version = carried > 0 ? carried : keys.datasets[number]!.ledger!.acknowledge(key);
    const dirty = this.dirty[node]!;
    const before = dirty.size;
    calls.setVersion(row, version);
    counts[Column.bufferedWrites]!++;
    if (dirty.write(key, number, version)) counts[Column.coalescedWrites]!++;
    this.held += dirty.size - before;
    if (this.held > tally.maxima[0]!) tally.maxima[0] = this.held;
    this.fills.fill(row, node);
    world.reply(row, Outcome.ok);
    const limit = parameters['dirty-limit'];
    if (dirty.size < limit && this.leaving[node] === 0) return;
    if (before < limit && dirty.idle > 1) this.flush(node);
    else {
      // The others have been sent or stand in line.
      dirty.demand(dirty.find(key));
      this.sendDue(node);
    }
  }

  /** The version of a key that a node holds only for the store; -1 when there is none. */
  versionOf(node: number, key: number): number {
    const dirty = this.dirty[node]!;
    const slot = dirty.find(key);
    return slot === NONE ? NONE : dirty.versionAt(slot);
  }

  /** The newest version of a key that a node holds in any way; -1 when it holds none. */
  newestOf(node: number, key: number): number {
    const store = this.workings.stores[node]!;
    const slot = store.find(key);
    return Math.max(this.versionOf(node, key), slot < 0 ? NONE : store.versionAt(slot));
  }

  /** An entry is evicted from a node: when it is dirty, it is written at once. */
  evicted(node: number, key: number): void {
    const dirty = this.dirty[node]!;
    const slot = dirty.find(key);
    if (slot === NONE) return;
    this.workings.counts[Column.dirtyEvictions]!++;
    dirty.demand(slot);
    this.sendDue(node);
  }

  /** It is time for a node to write back; one that is down does so when it is up again. */
  handle(node: number): void {
    const { state } = this.workings.nodes[node]!;
    this.scheduleFlush(node);
    if (state === NodeState.up) this.flush(node);
    // It has left with what the store did not take.
    else if (state === NodeState.off && this.dirty[node]!.size > 0) this.lose(node);
  }

  /** Nodes that are not wanted write everything back and leave then. */
  resized(isWanted: (node: number) => boolean): void {
    for (let node = 0; node < this.dirty.length; node++) {
      this.leaving[node] = isWanted(node) ? 0 : 1;
      if (this.leaving[node] === 1 && this.workings.nodes[node]!.state === NodeState.up) {
        this.flush(node);
      }
    }
  }

  /** The store has answered one of the writes that this cache made. */
  answered(row: number, node: number, outcome: number): void {
    const { counts, parameters, world } = this.workings;
    const dirty = this.dirty[node]!;
    const before = dirty.size;
    const isOk = outcome === Outcome.ok;
    if (!isOk) counts[Column.failedFlushes]!++;
    const slot = dirty.find(world.calls.key(row));
    dirty.answered(slot, isOk);
    this.held += dirty.size - before;
    // It has been written again on the way, and there is no room to wait.
    const isStillDirty = isOk && dirty.size === before;
    if (isStillDirty && dirty.size >= parameters['dirty-limit']) dirty.demand(slot);
    this.sendDue(node);
  }

  /** A node has died. Its memory may come back; then it goes on where it was. */
  crashed(node: number, isLost: boolean): void {
    this.dirty[node]!.forgetFlights();
    if (isLost) this.lose(node);
  }

  /** What a node had not written back is gone. */
  lose(node: number): void {
    const { counts, nodes, world } = this.workings;
    const dirty = this.dirty[node]!;
    let lost = 0;
    for (let slot = 0; slot < dirty.used; slot++) {
      const key = dirty.keyAt(slot);
      if (key < 0) continue;
      const { ledger } = world.keys.datasets[dirty.datasetAt(slot)]!;
      lost += ledger!.lose(key, counts, Column.lostWrites);
    }
    this.held -= dirty.size;
    dirty.clear();
    if (lost === 0) return;
    const { path } = nodes[node]!;
    const text = `${lost} acknowledged writes that ${path} had not written back are lost`;
    world.timeline.add(world.simulation.now, 'loss', path, text);
  }

  private flush(node: number): void {
    this.dirty[node]!.demandAll();
    this.sendDue(node);
  }

  private sendDue(node: number): void {
    const { counts, parameters } = this.workings;
    const dirty = this.dirty[node]!;
    while (dirty.inFlight < parameters['flush-width']) {
      const slot = dirty.takeDue();
      if (slot === NONE) return;
      counts[Column.flushes]!++;
      const key = dirty.keyAt(slot);
      const dataset = dirty.datasetAt(slot);
      const row = openOwn(this.workings, { node, key, dataset }, Verb.write);
      this.behind.of(row).write(row, dirty.versionAt(slot));
    }
  }

  private scheduleFlush(node: number): void {
    const { parameters, world } = this.workings;
    world.simulation.schedule(parameters['flush-every'], this.number, FLUSH, 0, node);
  }
}

/** Hears of evictions at one node, and tells whoever listened before. */
class NodeWatcher implements StoreWatcher {
  private readonly writeBack: WriteBack;
  private readonly node: number;
  private readonly next: StoreWatcher;

  constructor(writeBack: WriteBack, node: number, next: StoreWatcher) {
    this.writeBack = writeBack;
    this.node = node;
    this.next = next;
  }

  evicted(key: number, expiry: number, version: number): void {
    this.next.evicted(key, expiry, version);
    this.writeBack.evicted(this.node, key);
  }

  refused(key: number): void {
    this.next.refused(key);
  }
}
