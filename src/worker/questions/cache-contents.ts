/**
 * What a cache holds, by popularity and by the time left to live. Of wide classes of ranks some
 * evenly spaced keys are looked at, so that the answer costs the same whatever the cache holds.
 */

import type { CacheStore } from '../../model/cache-store.ts';
import { Cache } from '../../model/components/cache/cache.ts';
import { Database } from '../../model/components/database/database.ts';
import type { Dataset } from '../../model/key-space.ts';
import type { Node } from '../../model/node.ts';
import type { Tally } from '../../model/tally.ts';
import type { Component, World } from '../../model/world.ts';
import type {
  CacheContents,
  HeldClass,
  HeldDataset,
  HeldSegment,
} from '../../protocol/cache-contents.ts';

/** Look-ups that one answer may take, over all datasets, classes and nodes. */
const findsMax = 40_000;
/** Keys that are looked at in each class at the most, and at the least. */
const sampleMax = 400;
const sampleMin = 12;
/** Datasets beyond these are not shown. */
const datasetsMax = 3;
/** Upper ends of the classes of time left, ms. */
const leftEndsMs = [1e2, 1e3, 1e4, 6e4, 6e5, 3.6e6, Number.MAX_VALUE, Infinity];

/** Null for a component that keeps no copies of records. */
export function contentsOf(
  world: World,
  component: Component,
  nodes: readonly Node[],
): CacheContents | null {
  const holder = holderOf(component);
  if (holder === null) return null;
  const stores = nodes.map(({ index }) => holder.stores[index]!);
  const isAll = nodes.length === component.nodes.length;
  const held = world.keys.datasets.filter(({ plan }) => holder.holds(plan)).slice(0, datasetsMax);
  const { recorder } = world;
  const last = recorder.windows - 1;
  const rate = (column: string) =>
    last < 0 ? 0 : (holder.tally.at(last, column) * 1e9) / recorder.lengthOf(last);
  return {
    nodes: component.nodes.length,
    isAll,
    datasets: held.map((dataset) => heldOf(world, dataset, stores, held.length)),
    fillsPerSecond: isAll ? rate(holder.fills) : null,
    evictionsPerSecond: isAll ? rate(holder.evictions) : null,
    ghosts: stores.reduce((sum, { ghosts }) => sum + ghosts, 0),
    segments: segmentsOf(stores),
  };
}

/** All stores have the same policy. */
function segmentsOf(stores: readonly CacheStore[]): HeldSegment[] {
  const parts = stores.map(({ segments }) => segments);
  const all = parts.flat().reduce((sum, { units }) => sum + units, 0);
  return (parts[0] ?? []).map(({ name }, place) => {
    const units = parts.reduce((sum, segments) => sum + segments[place]!.units, 0);
    return { name, share: all === 0 ? 0 : units / all };
  });
}

interface Holder {
  /** By the index of the node. */
  readonly stores: readonly CacheStore[];
  readonly tally: Tally;
  /** Columns of the tally. */
  readonly fills: string;
  readonly evictions: string;
  readonly holds: (dataset: Dataset['plan']) => boolean;
}

/** A cdn keeps answers, which are no keys of a dataset. */
function holderOf(component: Component): Holder | null {
  const { name } = component;
  if (component instanceof Cache) {
    const { stores, tally } = component;
    const holds = ({ cachedIn }: Dataset['plan']) => cachedIn.includes(name);
    return { stores, tally, fills: 'fills', evictions: 'evictions', holds };
  }
  if (!(component instanceof Database) || component.pool === null) return null;
  const { stores, tally } = component.pool;
  const holds = ({ storedIn }: Dataset['plan']) => storedIn === name;
  // Whatever was not there is read from the disk and kept.
  return { stores, tally, fills: 'poolMisses', evictions: 'poolEvictions', holds };
}

function heldOf(
  world: World,
  dataset: Dataset,
  stores: readonly CacheStore[],
  datasets: number,
): HeldDataset {
  const { keys, name } = dataset.plan;
  const bounds = rankClasses(keys);
  const affordable = Math.floor(findsMax / (bounds.length * stores.length * datasets));
  const most = Math.min(sampleMax, Math.max(sampleMin, affordable));
  const left = leftEndsMs.map(() => 0);
  let expiring = 0;
  let entries = 0;
  const classes = bounds.map(({ first, last }): HeldClass => {
    const width = last - first + 1;
    const looked = Math.min(width, most);
    // A key that is looked at stands for so many.
    const weight = width / looked;
    let found = 0;
    for (let turn = 0; turn < looked; turn += 1) {
      const rank = first + Math.floor((turn + 0.5) * weight);
      const key = dataset.keyAt(Math.min(last, rank) - 1);
      const expiry = expiryIn(stores, key);
      if (Number.isNaN(expiry)) continue;
      found += 1;
      entries += weight;
      if (expiry !== Infinity) expiring += weight;
      const leftMs = expiry === Infinity ? Infinity : (expiry - world.simulation.now) / 1e6;
      left[leftEndsMs.findIndex((end) => leftMs <= end)]! += weight;
    }
    return { first, last, held: found / looked };
  });
  return {
    name,
    keys,
    classes,
    left:
      expiring === 0
        ? null
        : leftEndsMs.map((upToMs, place) => ({ upToMs, share: left[place]! / entries })),
  };
}

/** When the key expires that one of them holds; NaN when none does. Expired ones do not count. */
function expiryIn(stores: readonly CacheStore[], key: number): number {
  for (const store of stores) {
    const slot = store.find(key);
    if (slot >= 0) return store.expiryAt(slot);
  }
  return NaN;
}

/** 1, 2, 3–5, 6–10, 11–20, 21–50 … up to the last rank. */
export function rankClasses(keys: number): { readonly first: number; readonly last: number }[] {
  const classes: { first: number; last: number }[] = [];
  for (let decade = 1, first = 1; first <= keys; decade *= 10) {
    for (const step of [1, 2, 5]) {
      const last = Math.min(keys, step * decade);
      if (last < first) continue;
      classes.push({ first, last });
      first = last + 1;
    }
  }
  return classes;
}
