/**
 * The key space numbers the keys of all datasets without a gap, so that a key is one integer
 * everywhere, and draws keys by each dataset's popularity.
 */

import { assert } from '../base/assert.ts';
import { streamFor } from '../kernel/random.ts';
import type { Stream } from '../kernel/random.ts';
import { Popularity } from '../kernel/zipf.ts';
import type { DatasetPlan } from './plan.ts';

/** Knows how new values are. */
export interface VersionAuthority {
  /** True when no newer write of the key has been acknowledged than the one of this version. */
  isFresh(key: number, dataset: number, version: number): boolean;
}

export class Dataset {
  readonly index: number;
  readonly plan: DatasetPlan;
  /** Number of its first key in the key space. */
  readonly firstKey: number;
  readonly popularity: Popularity;
  /** The database that holds it; null for a dataset that only names keys. */
  authority: VersionAuthority | null = null;

  constructor(index: number, plan: DatasetPlan, firstKey: number) {
    this.index = index;
    this.plan = plan;
    this.firstKey = firstKey;
    this.popularity = new Popularity(plan.popularity, plan.keys);
  }

  /** A key drawn by popularity, as its number in the key space. */
  draw(stream: Stream): number {
    return this.firstKey + this.popularity.draw(stream);
  }
}

export class KeySpace {
  readonly datasets: readonly Dataset[];
  /** How many keys there are; their numbers are below it. */
  readonly keys: number;
  private readonly seed: string;

  constructor(plans: readonly DatasetPlan[], seed: string) {
    const datasets: Dataset[] = [];
    let firstKey = 0;
    for (const plan of plans) {
      datasets.push(new Dataset(datasets.length, plan, firstKey));
      firstKey += plan.keys;
    }
    assert(firstKey <= 0x7fffffff, 'All datasets together have at most 2^31 − 1 keys.');
    this.datasets = datasets;
    this.keys = firstKey;
    this.seed = seed;
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
