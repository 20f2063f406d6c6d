/** A cache by hand whose copies have versions, so that old ones can be told. */

import { HandLru } from './hand-parts.ts';

export class VersionedCache {
  hits = 0;
  misses = 0;
  /** Hits on a copy that is older than the newest write. */
  staleReads = 0;
  /** Newest write of each key, and the one its copy shows. */
  readonly newest: Int32Array;
  private readonly copied: Int32Array;
  private readonly contents: HandLru;

  /** Begins with the most popular keys, which have the lowest numbers. */
  constructor(keys: number, capacity: number) {
    this.newest = new Int32Array(keys);
    this.copied = new Int32Array(keys);
    this.contents = new HandLru(keys, capacity);
    for (let key = capacity - 1; key >= 0; key--) this.contents.insert(key);
  }

  /** True for a hit. */
  get(key: number): boolean {
    if (!this.contents.has(key)) {
      this.misses++;
      return false;
    }
    this.hits++;
    this.contents.touch(key);
    if (this.copied[key]! < this.newest[key]!) this.staleReads++;
    return true;
  }

  fill(key: number, version: number): void {
    this.contents.insert(key);
    this.copied[key] = version;
  }

  delete(key: number): void {
    this.contents.remove(key);
  }

  /** Begins to count anew. */
  forget(): void {
    this.hits = this.misses = this.staleReads = 0;
  }
}
