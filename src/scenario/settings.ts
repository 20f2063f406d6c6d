/**
 * Changes of single values from outside the text: `redis.eviction = fifo`. They are made on the
 * tree, before anything is checked, so a changed scenario takes the same way as a written one.
 */

import { quoted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';

import { readTree } from './document.ts';
import { topLevelKeys } from './top-level.ts';
import { emptyScalar } from './tree.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Entry, MapTree, Tree } from './tree.ts';

/** One change: a path such as `redis.eviction` and the new value as it would stand in the file. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/**
 * The tree with all settings applied. A path starts at the top of the file (`duration`,
 * `data.photos.keys`) or with the name of a component, population or dataset (`redis.eviction`);
 * items of lists are counted from 1.
 */
export function applySettings(
  root: MapTree,
  settings: readonly Setting[],
  diagnostics: Diagnostics,
): MapTree {
  let changed = root;
  for (const { path, value } of settings) {
    const within = ` (in ${quoted(`${path} = ${value}`)})`;
    const place = placeOf(changed, segmentsOf(changed, path) ?? []);
    const base = diagnostics.source.insert(value.length, place, within);
    const tree = readTree(value === '' ? '""' : value, diagnostics, base);
    if (tree !== null) changed = applyTree(changed, path, tree, base, diagnostics);
  }
  return changed;
}

/** Puts a value at a path; an unknown path is reported at `start` and changes nothing. */
export function applyTree(
  root: MapTree,
  path: string,
  value: Tree,
  start: number,
  diagnostics: Diagnostics,
): MapTree {
  const segments = segmentsOf(root, path);
  if (segments === null) {
    const known = [...topLevelKeys, ...namesIn(root, 'components')];
    const first = path.split('.')[0]!;
    const message = `the path ${quoted(path)} leads nowhere: there is no ${quoted(first)}`;
    diagnostics.error(
      start,
      'unknown-path',
      message,
      suggestion(first, known, 'it may start with'),
    );
    return root;
  }
  const changed = put(root, segments, value, start);
  if (changed === null) {
    const message = `the path ${quoted(path)} leads nowhere`;
    const hint = 'a path goes through maps by their keys and through lists by numbers from 1';
    diagnostics.error(start, 'unknown-path', message, hint);
  }
  return changed?.kind === 'map' ? changed : root;
}

/** The keys from the top of the file; null when the first one is not known. */
export function segmentsOf(root: MapTree, path: string): readonly string[] | null {
  const segments = path.split('.');
  const first = segments[0]!;
  if (topLevelKeys.includes(first)) return segments;
  for (const section of ['components', 'traffic', 'data']) {
    if (namesIn(root, section).includes(first)) return [section, ...segments];
  }
  return null;
}

function namesIn(root: MapTree, section: string): readonly string[] {
  const tree = root.entries.get(section)?.value;
  return tree?.kind === 'map' ? [...tree.entries.keys()] : [];
}

/** A copy of the tree with the value in its place; null when the path does not fit the tree. */
function put(tree: Tree, segments: readonly string[], value: Tree, start: number): Tree | null {
  const [key, ...rest] = segments;
  if (key === undefined) return value;
  if (tree.kind === 'list') {
    const index = /^[1-9]\d{0,5}$/.test(key) ? Number(key) - 1 : -1;
    const item = tree.items[index];
    const changed = item === undefined ? null : put(item, rest, value, start);
    if (changed === null) return null;
    const items = tree.items.map((each, at) => (at === index ? changed : each));
    return { ...tree, items };
  }
  const isEmpty = tree.kind === 'scalar' && tree.value === null;
  if (tree.kind !== 'map' && !isEmpty) return null;
  const entries = new Map<string, Entry>(tree.kind === 'map' ? tree.entries : []);
  const old = entries.get(key);
  const changed = put(old?.value ?? emptyScalar(start), rest, value, start);
  if (changed === null) return null;
  entries.set(key, { key, keyStart: old?.keyStart ?? start, value: changed });
  return { kind: 'map', entries, start: tree.start };
}

/** Offset of what a path leads to, or of the deepest part of the way that there is. */
function placeOf(root: MapTree, segments: readonly string[]): number {
  let place = 0;
  let tree: Tree = root;
  for (const segment of segments) {
    if (tree.kind !== 'map') break;
    const entry = tree.entries.get(segment);
    if (entry === undefined) break;
    place = entry.value.kind === 'scalar' ? entry.value.start : entry.keyStart;
    tree = entry.value;
  }
  return place;
}
