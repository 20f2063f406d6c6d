/**
 * The key space numbers the keys of all datasets without a gap, so that a key is one integer
 * everywhere, and draws keys by each dataset's popularity.
 */

import { assert } from '../base/assert.ts';
import { streamFor } from '../kernel/random.ts';
import type { Stream } from '../kernel/random.ts';
import { Popularity } from '../kernel/popularity.ts';
import type { DatasetPlan } from './plan.ts';
import type { VersionHistory } from './version-history.ts';
import type { WriteLedger } from './write-ledger.ts';

/** Knows how new values are. */
export interface VersionAuthority {
  /** True when no newer write of the key has been acknowledged than the one of this version. */
  isFresh(key: number, dataset: number, version: number): boolean;
}

/** Wants to know of every write. */
export interface WriteFollower {
  /** The store has taken a write of the key, which has this version now. */
  written(key: number, version: number): void;
}

/** Version of the answer that there is no such record. */
export const ABSENT = -1;

/** Where time does not move. */
const noClock: { readonly now: number } = Object.freeze({ now: 0 });

export class Dataset {
  readonly index: number;
  readonly plan: DatasetPlan;
  /** Number of its first key in the key space. */
  readonly firstKey: number;
  readonly popularity: Popularity;
  private readonly clock: { readonly now: number };
  /** The database that holds it; null for a dataset that only names keys. */
  authority: VersionAuthority | null = null;
  /** Who is told of each write when the store commits it. */
  readonly followers: WriteFollower[] = [];
  /** Its writes in their order; null while no cache holds copies. */
  history: VersionHistory | null = null;
  /** The order of writes that a cache writes back later; null without such a cache. */
  ledger: WriteLedger | null = null;

  /** `clock` tells the time of the run, ns, by which popularity may move. */
  constructor(
    index: number,
    plan: DatasetPlan,
    firstKey: number,
    clock: { readonly now: number } = noClock,
  ) {
    this.clock = clock;
    this.index = index;
    this.plan = plan;
    this.firstKey = firstKey;
    this.popularity = new Popularity(plan.popularity, plan.keys);
  }

  /**
   * A key drawn by popularity, as its number in the key space. A share of the draws, if the plan
   * says so, are keys of which there is no record: each record has one such neighbour, as popular.
   */
  draw(stream: Stream): number {
    const { absent, keys } = this.plan;
    const key = this.firstKey + this.popularity.draw(stream, this.clock.now);
    return absent !== undefined && stream.uniform() < absent ? key + keys : key;
  }

  /** The key that is so popular at present, 0 the most, as its number in the key space. */
  keyAt(rank: number): number {
    return this.firstKey + this.popularity.keyAt(rank);
  }

  /** True for a key of which there is no record. */
  isAbsent(key: number): boolean {
    return key >= this.firstKey + this.plan.keys;
  }

  /** The key itself, or the record beside a key that has none: writes are of records alone. */
  recordOf(key: number): number {
    return this.isAbsent(key) ? key - this.plan.keys : key;
  }
}

export class KeySpace {
  readonly datasets: readonly Dataset[];
  /** How many keys there are; their numbers are below it. */
  readonly keys: number;
  private readonly seed: string;

  constructor(plans: readonly DatasetPlan[], seed: string, clock = noClock) {
    const datasets: Dataset[] = [];
    let firstKey = 0;
    for (const plan of plans) {
      datasets.push(new Dataset(datasets.length, plan, firstKey, clock));
      firstKey += plan.absent === undefined ? plan.keys : 2 * plan.keys;
    }
    assert(firstKey <= 0x7fffffff, 'All datasets together have at most 2^31 − 1 keys.');
    this.datasets = datasets;
    this.keys = firstKey;
    this.seed = seed;
  }

  /** The dataset that a key of the key space belongs to, with a record or without. */
  datasetOf(key: number): Dataset {
    let found = this.datasets[0]!;
    for (const dataset of this.datasets) if (dataset.firstKey <= key) found = dataset;
    return found;
  }

  dataset(name: string): Dataset {
    const dataset = this.datasets.find((candidate) => candidate.plan.name === name);
    assert(dataset !== undefined, `There is no dataset ${name}.`);
    return dataset;
  }

  /** The stream from which one component draws keys of one dataset. */
  stream(component: string, dataset: Dataset): Stream {
    return streamFor(this.seed, component, `keys|${dataset.plan.name}`);
  }
}
