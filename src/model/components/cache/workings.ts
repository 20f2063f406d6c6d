/**
 * What the parts of one cache share: its parameters as they are now, what each node holds, and what
 * has been counted. The parts themselves are a file each.
 */

import type { CacheStore } from '../../cache-store.ts';
import type { Node } from '../../node.ts';
import { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import { cacheColumns, cacheMaxima, nodeColumns } from './columns.ts';
import type { Happenings } from './happenings.ts';
import { MissReasons } from './miss-reasons.ts';
import type { Parameters } from './parameters.ts';
import { StaleReads } from './stale-reads.ts';

export class Workings {
  readonly world: World;
  readonly name: string;
  parameters: Parameters;
  readonly nodes: readonly Node[];
  /** What each node holds. */
  readonly stores: CacheStore[] = [];
  readonly tally = new Tally(cacheColumns, cacheMaxima);
  readonly counts: Float64Array;
  /** Hits and misses of each node. */
  readonly nodeTallies: Tally[] = [];
  /** By node: one for all, or one each where each instance has a cache of its own. */
  readonly missReasons: MissReasons[] = [];
  readonly staleReads: StaleReads;
  /** Null: no other cache rides along. */
  shadows: Happenings | null = null;

  constructor(fields: {
    readonly world: World;
    readonly name: string;
    readonly parameters: Parameters;
    readonly nodes: readonly Node[];
  }) {
    this.world = fields.world;
    this.name = fields.name;
    this.parameters = fields.parameters;
    this.nodes = fields.nodes;
    this.counts = this.tally.counts;
    this.staleReads = new StaleReads(this.world, this.counts);
  }

  /** A node begins to hold things. */
  addStore(store: CacheStore): void {
    const tally = new Tally(nodeColumns);
    const isAlone = this.missReasons.length === 0 || this.parameters.inside !== null;
    const reasons = isAlone
      ? new MissReasons(this.world, this.counts, this.parameters.inside === null)
      : this.missReasons[0]!;
    store.watcher = reasons;
    this.missReasons.push(reasons);
    this.stores.push(store);
    this.nodeTallies.push(tally);
    this.world.recorder.addTally(tally);
  }

  /** How long after its end an entry may still be served, ns. */
  get graceNs(): number {
    const { stampede, 'lease-stale': leaseStale } = this.parameters;
    if (stampede.kind === 'stale-while-revalidate') return stampede.forNs;
    return stampede.kind === 'lease' ? leaseStale : 0;
  }

  /** Place of the node at which a call is. */
  nodeOf(row: number): number {
    return this.world.nodes[this.world.calls.node(row)]!.index;
  }
}
