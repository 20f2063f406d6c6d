/**
 * How stale the stale hits of a cache are: how many acknowledged writes of the key are newer than
 * the copy, and how long ago the first of them was acknowledged.
 */

import { SegmentedHistogram } from '../../segmented-histogram.ts';
import type { World } from '../../world.ts';
import { Column } from './columns.ts';

/** From so many versions on it is all the same. */
const MANY = 3;

export class StaleReads {
  /** How long ago the first newer write was acknowledged, of each stale hit, ns. */
  readonly ages = new SegmentedHistogram();
  private readonly world: World;
  private readonly counts: Float64Array;

  /** `counts`: those of the cache. */
  constructor(world: World, counts: Float64Array) {
    this.world = world;
    this.counts = counts;
    world.recorder.addHistogram(this.ages);
  }

  /** A hit shows a version of a key. */
  served(row: number, version: number): void {
    const { calls, keys } = this.world;
    const number = calls.dataset(row);
    const { authority } = keys.datasets[number]!;
    if (authority === null || authority.isFresh(calls.key(row), number, version)) return;
    this.count(row, version);
  }

  /** A hit shows a version that is stale. */
  count(row: number, version: number): void {
    const { counts, world } = this;
    const { calls, keys, simulation } = world;
    const { history } = keys.datasets[calls.dataset(row)]!;
    counts[Column.staleReads]!++;
    history!.look(calls.key(row), version);
    counts[Column.staleBy1 + Math.min(history!.behind, MANY) - 1]!++;
    this.ages.record(simulation.now - history!.since);
  }
}
