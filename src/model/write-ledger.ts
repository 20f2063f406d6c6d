/**
 * The order of the writes of a dataset that a cache writes back later: there the cache acknowledges
 * a write before the store has seen it, so versions are numbers of this ledger, not of the store's
 * log. The store says for each entry of its log which version it has taken; a version that no
 * longer can come there is lost.
 */

import { KeyMap } from './key-map.ts';
import { PagedInt32 } from './paged-int32.ts';
import { VersionHistory } from './version-history.ts';

/** Knows how new values are. */
export class WriteLedger {
  readonly history: VersionHistory;
  private versions = 0;
  /** Version of each entry of the log, by shard. */
  private readonly entries: PagedInt32[] = [];
  /** Newest version of each key that the store has taken. */
  private readonly stored = new KeyMap();
  /** Where lost writes are counted; those found again are taken back there. */
  private lostCounts: { readonly counts: Float64Array; readonly column: number } | null = null;

  constructor(clock: { readonly now: number }) {
    this.history = new VersionHistory(clock);
  }

  /** A write of the key is acknowledged now; returns its version. */
  acknowledge(key: number): number {
    const version = ++this.versions;
    this.history.written(key, version);
    return version;
  }

  isFresh(key: number, _dataset: number, version: number): boolean {
    return this.history.newestVersion(key) === version;
  }

  /**
   * The store has taken a write as an entry of its log. `carried`: the version that was sent, 0 for
   * a write that did not come from the cache. Returns the version.
   */
  take(key: number, shard: number, entry: number, carried: number): number {
    const version = carried > 0 ? carried : this.acknowledge(key);
    while (this.entries.length <= shard) this.entries.push(new PagedInt32());
    this.entries[shard]!.set(entry, version);
    const before = Math.max(0, this.stored.get(key));
    if (version > before) {
      // What was counted as lost may have been on its way.
      const found = this.history.restore(key, before, version);
      if (found > 0) this.lostCounts!.counts[this.lostCounts!.column]! -= found;
      this.stored.set(key, version);
    }
    return version;
  }

  /** The version that an entry of a shard's log brought; 0 for what was there at the start. */
  versionOf(shard: number, entry: number): number {
    return this.entries[shard]?.get(entry) ?? 0;
  }

  /** What the cache acknowledged of a key and the store has not taken is lost: how many writes. */
  lose(key: number, counts: Float64Array, column: number): number {
    const lost = this.history.strikeAfter(key, Math.max(0, this.stored.get(key)));
    this.lostCounts = { counts, column };
    counts[column]! += lost;
    return lost;
  }
}
