/** What a cache, or one of its nodes, holds at this moment. */

export interface CacheContents {
  /** Nodes that divide the keys among themselves, of which these are the contents of one or all. */
  readonly nodes: number;
  /** False: those of one node. */
  readonly isAll: boolean;
  readonly datasets: readonly HeldDataset[];
  /** Fills and evictions a second in the last window; null for one node, which counts none. */
  readonly fillsPerSecond: number | null;
  readonly evictionsPerSecond: number | null;
  /** Keys that have left and that the policy still remembers. */
  readonly ghosts: number;
  /** The one that entries leave from first; empty when the policy has one only. */
  readonly segments: readonly HeldSegment[];
}

/** A part of what a policy holds, such as its probation. */
export interface HeldSegment {
  readonly name: string;
  /** Of all that is held. */
  readonly share: number;
}

export interface HeldDataset {
  readonly name: string;
  readonly keys: number;
  /** By rank, the most popular first, each class about twice as wide as the one before. */
  readonly classes: readonly HeldClass[];
  /** Shares of the entries by the time left until they expire; null when none expires. */
  readonly left: readonly TimeLeft[] | null;
}

export interface HeldClass {
  /** Ranks from 1: the first and the last in it. */
  readonly first: number;
  readonly last: number;
  /** Share of its keys that are held, of all keys or of some evenly spaced among them. */
  readonly held: number;
}

export interface TimeLeft {
  /** Upper end of the class, ms; Infinity: entries that never expire. */
  readonly upToMs: number;
  readonly share: number;
}
