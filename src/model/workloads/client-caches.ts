/**
 * The private caches of a population: each client keeps answers for itself and asks itself first.
 * Nobody can delete these copies from outside, so after a write by another client they are served
 * until they expire.
 *
 * Source: RFC 9111, HTTP Caching, 2022: private caches; section 4.4 for writes. Here the age of a
 * copy counts from its fill at the client and not, by the Age header, from the origin's answer;
 * what has expired is fetched anew and never validated.
 */

import { Popularity } from '../../kernel/popularity.ts';
import type { Stream } from '../../kernel/random.ts';
import { limitsOf } from '../capacity-limits.ts';
import { ABSENT } from '../key-space.ts';
import type { Ttl } from '../parameters.ts';
import type { ClientCachePlan, PopulationPlan } from '../plan.ts';
import { Tally } from '../tally.ts';
import type { World } from '../world.ts';
import { ClientTable } from './client-table.ts';
import type { ClientRoom } from './client-table.ts';

const NONE = -1;

const Column = Object.freeze({
  hits: 0,
  misses: 1,
  staleReads: 2,
  expirations: 3,
  evictions: 4,
  invalidations: 5,
  fills: 6,
} as const);

export const clientColumns: readonly string[] = Object.freeze(Object.keys(Column));

export class ClientCaches {
  readonly tally = new Tally(clientColumns);
  readonly table: ClientTable;
  /** How many distinct clients there are. */
  clients: number;
  ttl: Ttl | null;
  private readonly world: World;
  private readonly counts: Float64Array;
  /** Number among the kept ones of each operation of the mix, or -1. */
  private readonly kinds: Int32Array;
  /** 1 for each operation of the mix that writes records of which answers are kept. */
  private readonly clears: Uint8Array;
  private readonly kindCount: number;
  private readonly activity: Popularity;
  private readonly activityStream: Stream;
  private readonly ttlStream: Stream;

  constructor(world: World, population: PopulationPlan, plan: ClientCachePlan) {
    const { mix, name } = population;
    this.world = world;
    this.clients = plan.clients;
    this.ttl = plan.ttl;
    this.counts = this.tally.counts;
    this.kinds = Int32Array.from(mix, ({ operation }) => plan.keeps.indexOf(operation));
    this.clears = Uint8Array.from(mix, ({ operation }) =>
      plan.clears.includes(operation) ? 1 : 0,
    );
    this.kindCount = plan.keeps.length;
    this.activity = new Popularity(plan.activity, plan.clients);
    this.activityStream = world.stream(name, 'client');
    this.ttlStream = world.stream(name, 'client-ttl');
    this.table = new ClientTable(plan.clients, roomOf(world, population, plan));
    world.recorder.addTally(this.tally);
  }

  /** Whose request the next one is. */
  draw(): number {
    return this.activity.draw(this.activityStream, this.world.simulation.now);
  }

  /** Looks a request up at its client; true when a copy answers it. `place`: in the mix. */
  answers(row: number, place: number): boolean {
    const kind = this.kinds[place]!;
    if (kind === NONE) return false;
    const { calls, simulation } = this.world;
    const { table } = this;
    const slot = table.find(calls.parent(row), kind, calls.key(row));
    if (slot !== NONE && table.expiryAt(slot) > simulation.now) {
      this.counts[Column.hits]!++;
      if (this.isStale(row, table.versionAt(slot))) this.counts[Column.staleReads]!++;
      calls.setVersion(row, table.versionAt(slot));
      table.touch(slot);
      if (this.ttl?.sliding === true) table.extend(slot, this.expiry());
      return true;
    }
    this.counts[Column.misses]!++;
    if (slot !== NONE) {
      this.counts[Column.expirations]!++;
      table.remove(slot);
    }
    return false;
  }

  /** A request was answered well: its answer is kept, or the copies that it makes old are not. */
  answered(row: number, place: number): void {
    const { calls } = this.world;
    const client = calls.parent(row);
    const kind = this.kinds[place]!;
    if (kind !== NONE) this.fill(client, kind, calls.key(row), calls.version(row));
    else if (this.clears[place] === 1) this.clear(row, client);
  }

  private fill(client: number, kind: number, key: number, version: number): void {
    const { table } = this;
    const before = table.evictions;
    table.put(client, kind, key, version, this.expiry());
    this.counts[Column.fills]!++;
    this.counts[Column.evictions]! += table.evictions - before;
  }

  private clear(row: number, client: number): void {
    const { calls, keys } = this.world;
    const key = keys.datasets[calls.dataset(row)]!.recordOf(calls.key(row));
    for (let kind = 0; kind < this.kindCount; kind++) {
      const slot = this.table.find(client, kind, key);
      if (slot === NONE) continue;
      this.table.remove(slot);
      this.counts[Column.invalidations]!++;
    }
  }

  private isStale(row: number, version: number): boolean {
    const { calls, keys } = this.world;
    const { authority, index } = keys.datasets[calls.dataset(row)]!;
    if (authority === null || version === ABSENT) return false;
    return !authority.isFresh(calls.key(row), index, version);
  }

  /** When what is filled or used now expires, ns; Infinity: never. */
  private expiry(): number {
    const { ttl } = this;
    const { now } = this.world.simulation;
    if (ttl === null) return Infinity;
    if (ttl.jitter === 0) return now + ttl.durationNs;
    const factor = 1 + ttl.jitter * (2 * this.ttlStream.uniform() - 1);
    return now + Math.floor(ttl.durationNs * factor);
  }
}

/** What each client has room for: so many entries, or so many bytes of records. */
function roomOf(world: World, { mix }: PopulationPlan, plan: ClientCachePlan): ClientRoom {
  const { bytes, entries } = limitsOf(world, plan.capacity);
  const costs = plan.keeps.map((kept) => {
    const { keys } = mix.find(({ operation }) => operation === kept)!;
    return bytes === Infinity ? 1 : world.keys.dataset(keys!).plan.size;
  });
  return { limit: bytes === Infinity ? entries : bytes, costs };
}
