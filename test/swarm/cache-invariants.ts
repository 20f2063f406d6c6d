// What must hold of every place that keeps copies, at any moment: each look-up is a hit or a miss for
// one reason, and what is held is what can be found.
import { Cache } from '../../src/model/components/cache/cache.ts';
import type { LookUpTap } from '../../src/model/components/cache/look-up-tap.ts';
import { Cdn } from '../../src/model/components/cdn/cdn.ts';
import { Database } from '../../src/model/components/database/database.ts';
import type { CacheStore } from '../../src/model/cache-store.ts';
import type { Run } from '../../src/model/run.ts';
import type { Tally } from '../../src/model/tally.ts';
import { Verb } from '../../src/model/verb.ts';
import type { World } from '../../src/model/world.ts';
import type { Complaints } from './complaint.ts';

const reasons = ['Cold', 'Capacity', 'Expired', 'Invalidated', 'Lost', 'Refused'];

/** Counts the look-ups of a cache before it does; a checkpoint takes it along. */
class Asked {
  lookUps = 0;
  /** With fills, writes and deletes. */
  commands = 0;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  asked(row: number): void {
    this.commands++;
    const verb = this.world.calls.operation(row);
    if (verb === Verb.get || verb === Verb.read || verb === Verb.take) this.lookUps++;
  }
}

/** Listens to the caches of a run that is about to begin. */
export function listenToCaches({ world }: Run): void {
  for (const component of world.components) {
    if (component instanceof Cache) component.tap = new Asked(world) as unknown as LookUpTap;
  }
}

export function cacheComplaints(complaints: Complaints, { world }: Run): void {
  for (const component of world.components) {
    if (component instanceof Cache) checkCache(complaints, component, world);
    if (component instanceof Cdn) checkCdn(complaints, component);
    const stores = component instanceof Database ? (component.pool?.stores ?? []) : [];
    for (const store of stores) checkStore(complaints, store, component.name);
  }
}

function checkCache(complaints: Complaints, cache: Cache, { plan }: World): void {
  const { name, nodeTallies, stores, tap, tally } = cache;
  for (const store of stores) checkStore(complaints, store, name);
  const count = counterOf(tally);
  const misses = count('misses');
  const why = reasons.reduce((sum, reason) => sum + count(`misses${reason}`), 0);
  complaints.equal(why, misses, 'each miss has one reason', name);
  checkNodes(complaints, tally, nodeTallies, name);
  if (tap !== null) {
    const { commands, lookUps } = tap as unknown as Asked;
    complaints.equal(count('hits') + misses, lookUps, 'each look-up is a hit or a miss', name);
    const done = cache.nodes.reduce(
      (sum, { station }) => sum + counterOf(station!.tally)('completions'),
      0,
    );
    const copies = () => `${name}: ${done - commands} of ${count('copies')}`;
    // Where one level holds all of another, that is told what has left it.
    const isTold = plan.components.some(
      ({ parameters }) => parameters['inclusion'] === 'inclusive',
    );
    const isSent = isTold || done - commands <= count('copies');
    complaints.demand(isSent, 'no more copies arrive than nodes have sent', copies);
  }
  const behind = count('staleBy1') + count('staleBy2') + count('staleBy3OrMore');
  complaints.equal(behind, count('staleReads'), 'each stale hit is behind by some writes', name);
  const parts = [
    ['staleReads', 'hits'],
    ['absentHits', 'hits'],
    ['missesExpired', 'misses'],
    ['earlyFetches', 'misses'],
    ['coalescedWrites', 'bufferedWrites'],
    ['lostWrites', 'bufferedWrites'],
    ['failedFlushes', 'flushes'],
  ] as const;
  for (const [part, whole] of parts) {
    const words = () => `${name}: ${count(part)} and ${count(whole)}`;
    complaints.demand(count(part) <= count(whole), `no more ${part} than ${whole}`, words);
  }
}

function checkCdn(complaints: Complaints, { name, nodeTallies, stores, tally }: Cdn): void {
  for (const store of stores) checkStore(complaints, store, name);
  checkNodes(complaints, tally, nodeTallies, name);
  const count = counterOf(tally);
  const words = () => `${name}: ${count('coalesced')} and ${count('misses')}`;
  complaints.demand(count('coalesced') <= count('misses'), 'who waits has missed', words);
}

/** What the nodes count is what all count together. */
function checkNodes(
  complaints: Complaints,
  tally: Tally,
  nodeTallies: readonly Tally[],
  name: string,
): void {
  for (const column of ['hits', 'misses']) {
    const sum = nodeTallies.reduce((total, each) => total + counterOf(each)(column), 0);
    complaints.equal(sum, counterOf(tally)(column), `the ${column} of all nodes are summed`, name);
  }
}

/** Every entry is found under its key, and nothing else is; all of it keeps the bounds. */
function checkStore(complaints: Complaints, store: CacheStore, name: string): void {
  const { limits, size, slotCount } = store;
  let entries = 0;
  let bytes = 0;
  for (let slot = 0; slot < slotCount; slot++) {
    if (store.find(store.keyOf(slot)) !== slot) continue;
    entries++;
    bytes += store.bytesOf(slot);
  }
  const words = () => `${name}: ${size} entries, ${store.bytes} bytes`;
  const isWithin = size <= limits.entries && store.bytes <= limits.bytes;
  complaints.demand(isWithin, 'a cache keeps its bounds', words);
  complaints.equal(size, entries, 'what is held is what can be found', name);
  complaints.equal(store.bytes, bytes, 'the bytes held are those of the entries', name);
}

function counterOf({ columns, counts }: Tally): (column: string) => number {
  return (column) => counts[columns.indexOf(column)]!;
}
