/** A shard: its nodes, who is primary, who callers think is primary, and how far each node is. */

import type { Node } from '../../node.ts';
import { Tally } from '../../tally.ts';
import { ShardLog } from './shard-log.ts';

const NONE = -1;

export class Shard {
  readonly index: number;
  readonly path: string;
  readonly nodes: readonly Node[];
  readonly log: ShardLog;
  /** The largest lag in each window of a replica that is up, cut off or not, see `lagOf`. */
  readonly tally = new Tally([], Object.freeze(['lagNs']));
  /** Place of the primary that the nodes have agreed on. */
  primary = 0;
  /** Place of the primary that callers send to. */
  knownPrimary = 0;
  /** When the primary crashed, ns; Infinity while it is up. */
  crashedAt = Infinity;
  /** Since when the monitor cannot reach the primary, ns; Infinity while it can. */
  unreachableSince = Infinity;
  electing = false;
  /** Newest entry whose writer has been told that it is done. */
  acknowledged = 0;
  /** Entries each node has applied. */
  readonly applied: Int32Array;
  /** Last entry that each node will still receive from a primary that is down. */
  readonly receivable: Int32Array;
  /** Slot of the event that applies the next entry at each node, or -1. */
  readonly applyEvent: Int32Array;
  /** When the last entry sent to each node left, ns; the log is sent in order. */
  readonly sentUntil: Float64Array;
  /** 1 for a node that takes writes because nobody has told it that it is primary no more. */
  readonly believesPrimary: Uint8Array;
  /** Writes such a node has acknowledged beside the history. */
  readonly divergent: Int32Array;
  /** 1 for a node that callers avoid for reads. */
  readonly suspect: Uint8Array;
  /** Where the turn of reads stands. */
  turn = 0;
  /** Rows of writes that wait for the replicas, in the order of their entries, and the entries. */
  readonly waitingRows: number[] = [];
  readonly waitingEntries: number[] = [];

  constructor(index: number, path: string, nodes: readonly Node[]) {
    this.index = index;
    this.path = path;
    this.nodes = [...nodes];
    this.log = new ShardLog(nodes.length);
    this.applied = new Int32Array(nodes.length);
    this.receivable = new Int32Array(nodes.length);
    this.applyEvent = new Int32Array(nodes.length).fill(NONE);
    this.sentUntil = new Float64Array(nodes.length);
    this.believesPrimary = new Uint8Array(nodes.length);
    this.believesPrimary[0] = 1;
    this.divergent = new Int32Array(nodes.length);
    this.suspect = new Uint8Array(nodes.length);
  }

  get primaryNode(): Node {
    return this.nodes[this.primary]!;
  }

  get primaryIsDown(): boolean {
    return this.crashedAt !== Infinity;
  }

  /** Newest entry a node has, or will have once it has applied what it received. */
  receivedBy(place: number): number {
    return this.primaryIsDown
      ? Math.max(this.applied[place]!, this.receivable[place]!)
      : this.applied[place]!;
  }

  /** Lowest entry that every node has applied. */
  get appliedByAll(): number {
    let lowest = this.log.last;
    for (const applied of this.applied) lowest = Math.min(lowest, applied);
    return lowest;
  }

  /** Notes how far behind a replica was or is, ns. */
  noteLag(lag: number): void {
    if (lag > this.tally.maxima[0]!) this.tally.maxima[0] = lag;
  }

  /** How long the oldest entry that a node lacks has been committed, ns; 0 when it lacks none. */
  lagOf(place: number, now: number): number {
    const applied = this.applied[place]!;
    return applied >= this.log.last ? 0 : now - this.log.timeOf(applied + 1);
  }
}
