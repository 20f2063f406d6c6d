/**
 * The writes of a dataset, each with the one before it to the same key and its time: by it a stale
 * read knows how many versions it is behind, and for how long. It is kept in pages; the oldest are
 * dropped once there are many, and who is further behind than that counts as far as is known.
 */

import { KeyMap } from './key-map.ts';

const BITS = 12;
const PAGE = 1 << BITS;
const MASK = PAGE - 1;
/** Pages kept: four million writes, 64 MB. */
const PAGES = 1024;

/** The numbers of a write: version, and the place of the write before it; 0: there is none. */
const WORDS = 2;

/** A write whose value is gone has its time as −1 − time. */
const STRUCK = -1;

/** Follows the writes of a dataset. */
export class VersionHistory {
  /** Place of the newest write; 0 when there is none. */
  last = 0;
  /** How many versions behind the last look found, and since when, ns. */
  behind = 0;
  since = 0;
  private readonly clock: { readonly now: number };
  private readonly newest = new KeyMap();
  private readonly words: (Int32Array | null)[] = [];
  private readonly times: (Float64Array | null)[] = [];

  constructor(clock: { readonly now: number }) {
    this.clock = clock;
  }

  /** A write of the key has been acknowledged now; versions of one key only rise. */
  written(key: number, version: number): void {
    const place = ++this.last;
    const page = place >>> BITS;
    if (page === this.words.length) this.addPage();
    const words = this.words[page]!;
    const at = (place & MASK) * WORDS;
    words[at] = version;
    words[at + 1] = Math.max(0, this.newest.get(key));
    this.times[page]![place & MASK] = this.clock.now;
    this.newest.set(key, place);
  }

  /** Newest version of the key that has not been struck out; 0: as it was at the start. */
  newestVersion(key: number): number {
    let place = this.newestPlace(key);
    while (place > 0 && this.timeAt(place) <= STRUCK) place = this.before(place);
    return place > 0 ? this.versionAt(place) : 0;
  }

  /** Counts the versions newer than the one shown into `behind` and `since`. */
  look(key: number, shown: number): void {
    this.behind = 0;
    this.since = this.clock.now;
    for (let place = this.newestPlace(key); place > 0; place = this.before(place)) {
      const version = this.versionAt(place);
      const time = this.timeAt(place);
      if (version === shown && time <= STRUCK) {
        // What it shows is gone everywhere else, which is one version too many.
        this.behind = Math.max(1, this.behind);
        this.since = Math.min(this.since, STRUCK - time);
      }
      if (version <= shown) break;
      if (time <= STRUCK) continue;
      this.behind++;
      this.since = time;
    }
    this.behind = Math.max(1, this.behind);
  }

  /** Strikes out the writes of a key after a version: their value is gone. Returns how many. */
  strikeAfter(key: number, version: number): number {
    let count = 0;
    for (let place = this.newestPlace(key); place > 0; place = this.before(place)) {
      if (this.versionAt(place) <= version) break;
      const time = this.timeAt(place);
      if (time <= STRUCK) continue;
      this.setTime(place, STRUCK - this.clock.now);
      count++;
    }
    return count;
  }

  /**
   * Takes back what was struck out after one version up to another, if the other was struck out as
   * well. Returns how many.
   */
  restore(key: number, after: number, upTo: number): number {
    let count = 0;
    for (let place = this.newestPlace(key); place > 0; place = this.before(place)) {
      const version = this.versionAt(place);
      if (version <= after) break;
      if (version > upTo || this.timeAt(place) > STRUCK) {
        if (version === upTo) break;
        continue;
      }
      this.setTime(place, this.clock.now);
      count++;
    }
    return count;
  }

  /** Place of the newest write of the key that is still known; 0: none. */
  private newestPlace(key: number): number {
    return this.last === 0 ? 0 : this.known(this.newest.get(key));
  }

  private before(place: number): number {
    return this.known(this.words[place >>> BITS]![(place & MASK) * WORDS + 1]!);
  }

  /** 0 for a place whose page has been dropped. */
  private known(place: number): number {
    return place > 0 && this.words[place >>> BITS] !== null ? place : 0;
  }

  private versionAt(place: number): number {
    return this.words[place >>> BITS]![(place & MASK) * WORDS]!;
  }

  private timeAt(place: number): number {
    return this.times[place >>> BITS]![place & MASK]!;
  }

  private setTime(place: number, time: number): void {
    this.times[place >>> BITS]![place & MASK] = time;
  }

  private addPage(): void {
    const number = this.words.push(new Int32Array(PAGE * WORDS)) - 1;
    this.times.push(new Float64Array(PAGE));
    if (number < PAGES) return;
    this.words[number - PAGES] = null;
    this.times[number - PAGES] = null;
  }
}
