/**
 * Guesses how often a key was asked for of late, in four bits a counter: never too low, now and
 * then too high. Every so many counts all counters are halved, which is how the past fades.
 *
 * Source: G. Einziger, R. Friedman, B. Manes, TinyLFU: A Highly Efficient Cache Admission Policy,
 * 2017; sizes, hash and halving as in FrequencySketch of Caffeine 3: four counters a key within 64
 * bytes, a sample of ten times the entries. There is no doorkeeper, as there is none in Caffeine.
 * Deviation: it grows with the entries, because a cache in bytes does not know how many it will
 * hold; a growing table keeps what it has counted.
 */

/** Counts until all are halved, for each entry of the cache. */
const SAMPLE_FACTOR = 10;
const SMALLEST = 64;
/** Highest count of four bits. */
export const MOST = 15;

export class FrequencySketch {
  /** Two words are the long of Caffeine: sixteen counters; eight longs are a block. */
  private table: Int32Array;
  private blockMask: number;
  /** Entries that it is made for. */
  private entries: number;
  private counts = 0;

  constructor() {
    this.entries = SMALLEST;
    this.table = new Int32Array(SMALLEST * 2);
    this.blockMask = (SMALLEST >> 3) - 1;
  }

  /** Room for as many entries as are in; `most`: more there will not be. */
  ensure(entries: number, most: number): void {
    if (entries <= this.entries) return;
    while (this.entries < entries) this.entries *= 2;
    if (this.entries > most) this.entries = Math.max(entries, most);
    // A longer table is the shorter one over and over, so that every key keeps its count.
    while (this.table.length < this.entries * 2) {
      const { table } = this;
      this.table = new Int32Array(table.length * 2);
      this.table.set(table);
      this.table.set(table, table.length);
      this.blockMask = this.blockMask * 2 + 1;
    }
  }

  /** How often the key was counted, 0–15. */
  frequency(key: number): number {
    const { table } = this;
    const blockHash = spread(key);
    const hash = rehash(blockHash);
    const block = (blockHash & this.blockMask) << 4;
    let least = MOST;
    for (let row = 0; row < 4; row++) {
      const bits = hash >>> (row << 3);
      const word = block + wordOf(row, bits);
      const count = (table[word]! >>> ((bits & 14) << 1)) & MOST;
      if (count < least) least = count;
    }
    return least;
  }

  increment(key: number): void {
    const { table } = this;
    const blockHash = spread(key);
    const hash = rehash(blockHash);
    const block = (blockHash & this.blockMask) << 4;
    let added = 0;
    for (let row = 0; row < 4; row++) {
      const bits = hash >>> (row << 3);
      const word = block + wordOf(row, bits);
      const shift = (bits & 14) << 1;
      const value = table[word]!;
      if (((value >>> shift) & MOST) === MOST) continue;
      table[word] = value + (1 << shift);
      added = 1;
    }
    this.counts += added;
    if (this.counts >= SAMPLE_FACTOR * this.entries) this.halve();
  }

  /** Halves all counters, rounding down; what rounding takes away leaves the sample as well. */
  private halve(): void {
    const { table } = this;
    let odd = 0;
    for (let word = 0; word < table.length; word++) {
      const value = table[word]!;
      odd += bitCount(value & 0x11111111);
      table[word] = (value >>> 1) & 0x77777777;
    }
    this.counts = (this.counts - (odd >>> 2)) >>> 1;
  }
}

/** Word in the block of 16 of one of the four counters: the row has two longs to choose from. */
function wordOf(row: number, bits: number): number {
  return (((bits & 1) + (row << 1)) << 1) + ((bits >>> 4) & 1);
}

function bitCount(word: number): number {
  // The bits stand four apart, so that sums of eight of them fit.
  return Math.imul(word, 0x11111111) >>> 28;
}

/**
 * A key with its bits mixed, from −2^31 to 2^31 − 1.
 *
 * Source: C. Wellons, hash-prospector, two-round hash 0xed5ad4bb, 2018.
 */
export function spread(key: number): number {
  let hash = key;
  hash ^= hash >>> 17;
  hash = Math.imul(hash, 0xed5ad4bb);
  hash ^= hash >>> 11;
  hash = Math.imul(hash, 0xac4c1b51);
  return hash ^ (hash >>> 15);
}

/** The third round of the same hash. */
function rehash(hash: number): number {
  const mixed = Math.imul(hash, 0x31848bab);
  return mixed ^ (mixed >>> 14);
}
