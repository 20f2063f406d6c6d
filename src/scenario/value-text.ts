/**
 * Puts another value in its place in the text of a scenario and leaves the rest as its author wrote
 * it. Its one surprise: every attempt is read back, and only a text that says exactly what was
 * meant is given out.
 */

import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { Diagnostics } from './diagnostics.ts';
import { parseOptions, readTree } from './document.ts';
import { flowText } from './flow-text.ts';
import { applyTree, segmentsOf } from './settings.ts';
import { SourceText } from './source-text.ts';
import type { Node, Pair, YAMLMap } from 'yaml';
import type { MapTree, Tree } from './tree.ts';

/**
 * The text with another value at a path, which is one for `--set`; `value` is written as in the
 * file. A key that is not there is added at the end of its map, in the style of the map. Null when
 * the path leads nowhere, or the text or the value is not YAML.
 */
export function withValue(text: string, path: string, value: string): string | null {
  const root = treeOf(text);
  const tree = treeOf(value === '' ? '""' : value);
  if (root?.kind !== 'map' || tree === null) return null;
  const segments = segmentsOf(root, path);
  if (segments === null) return null;
  const wanted = appliedText(root, path, tree);
  const contents = parseDocument(text, parseOptions).contents as Node | null;
  // As it was given, unless it means something else in that place, as a comma does in braces.
  for (const form of [value.trim(), flowText(tree)]) {
    const changed = replaced({ text, root }, contents, segments, form);
    const read = changed === null ? null : treeOf(changed);
    if (read !== null && flowText(read) === wanted) return changed;
  }
  return null;
}

/** A value as it may stand anywhere, also in braces. */
export function inlineText(value: string): string {
  const tree = treeOf(value);
  return tree === null ? JSON.stringify(value) : flowText(tree);
}

interface Source {
  readonly text: string;
  readonly root: Tree;
}

function treeOf(text: string): Tree | null {
  const diagnostics = new Diagnostics(new SourceText('', text));
  const tree = readTree(text, diagnostics);
  return diagnostics.hasErrors ? null : tree;
}

/** What the changed file must say; null when the path does not fit the file. */
function appliedText(root: MapTree, path: string, tree: Tree): string | null {
  const diagnostics = new Diagnostics(new SourceText('', ''));
  const applied = applyTree(root, path, tree, 0, diagnostics);
  return diagnostics.hasErrors ? null : flowText(applied);
}

function replaced(
  { text, root }: Source,
  node: Node | null,
  segments: readonly string[],
  form: string,
): string | null {
  const [key, ...rest] = segments as [string, ...string[]];
  if (isSeq(node)) {
    const index = Number(key) - 1;
    const item = (node.items[index] ?? null) as Node | null;
    const inner = root.kind === 'list' ? root.items[index] : undefined;
    if (item === null || inner === undefined) return null;
    if (rest.length > 0) return replaced({ text, root: inner }, item, rest, form);
    return spliced(text, extentOf(text, item, inner), form);
  }
  if (!isMap(node)) return null;
  const pair = pairAt(node, key);
  const inner = root.kind === 'map' ? root.entries.get(key)?.value : undefined;
  if (pair === undefined || inner === undefined) return added(text, node, segments, form);
  if (isEmpty(pair.value)) {
    const colon = text.indexOf(':', pair.key.range![1]);
    return colon === -1 ? null : spliced(text, [colon + 1, colon + 1], ` ${nested(rest, form)}`);
  }
  if (rest.length > 0) return replaced({ text, root: inner }, pair.value, rest, form);
  const [start, end] = extentOf(text, pair.value!, inner);
  if (!isBlock(pair.value)) return spliced(text, [start, end], form);
  const colon = text.indexOf(':', pair.key.range![1]);
  return spliced(text, [colon + 1, end], ` ${form}`);
}

/** From where to where a value stands. A law with commas in braces is several nodes to YAML. */
function extentOf(text: string, node: Node, tree: Tree): [number, number] {
  const [start, end] = [node.range![0], endOf(text, node)];
  if (tree.kind !== 'scalar' || tree.start !== start) return [start, end];
  return [start, Math.max(end, start + tree.text.length)];
}

function added(
  text: string,
  map: YAMLMap,
  [key, ...rest]: readonly string[],
  form: string,
): string | null {
  const entry = `${key!}: ${nested(rest, form)}`;
  const last = map.items.at(-1) as Pair<Node, Node | null> | undefined;
  if (last === undefined) return spliced(text, [map.range![0], map.range![1]], `{ ${entry} }`);
  const end = endOf(text, isEmpty(last.value) ? last.key : last.value!);
  if (map.flow === true) return spliced(text, [end, end], `, ${entry}`);
  const first = (map.items[0] as Pair<Node>).key.range![0];
  const indent = ' '.repeat(first - text.lastIndexOf('\n', first) - 1);
  const line = lineEnd(text, end);
  return spliced(text, [line, line], `\n${indent}${entry}`);
}

/** The value under the keys that are not there yet. */
function nested(keys: readonly string[], form: string): string {
  return keys.reduceRight((inner, key) => `{ ${key}: ${inner} }`, form);
}

/** Where what belongs to a node ends: before the comments and line breaks that follow it. */
function endOf(text: string, node: Node): number {
  if (isBlock(node)) {
    const last = (isMap(node) || isSeq(node) ? node.items.at(-1) : undefined) as
      Pair<Node, Node | null> | Node | undefined;
    if (last !== undefined && 'key' in last) {
      return endOf(text, isEmpty(last.value) ? last.key : last.value!);
    }
    if (last !== undefined) return endOf(text, last);
  }
  return text.slice(0, node.range![1]).trimEnd().length;
}

function pairAt(map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  return map.items.find(
    (item) => (item.key as { readonly source?: string } | null)?.source === key,
  ) as Pair<Node, Node | null> | undefined;
}

function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '');
}

function isBlock(node: Node | null): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

/** Where the line that holds an offset ends, before its line break. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

function spliced(text: string, [start, end]: readonly [number, number], inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
