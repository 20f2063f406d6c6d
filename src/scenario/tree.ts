/**
 * A YAML document as a tree of maps, lists and scalars that know where they stand. Keys are kept in
 * arrays and maps, never as properties, so no key can reach a prototype.
 */

import { quoted } from '../base/reading.ts';
import { isMap, isScalar, isSeq } from 'yaml';
import { bidiControl, codePointName } from './input.ts';
import { limits } from './limits.ts';

import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import type { Diagnostics } from './diagnostics.ts';

export type Tree = ScalarTree | ListTree | MapTree;

export interface ScalarTree {
  readonly kind: 'scalar';
  /** As the YAML 1.2 core schema reads it. */
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes. */
  readonly text: string;
  readonly start: number;
}

export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly start: number;
}

export interface MapTree {
  readonly kind: 'map';
  /** In the order of the file; no key twice. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly start: number;
}

export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Tree;
}

/** What a diagnostic calls a tree. */
export function describe(tree: Tree): string {
  if (tree.kind === 'list') return 'a list';
  if (tree.kind === 'map') return 'a map';
  return tree.value === null ? 'empty' : quoted(tree.text);
}

/** Parts between commas that one value in parentheses may have. */
const MOST_JOINED = 200;

/** Builds the tree of a parsed document, reporting duplicate keys and what is too big. */
export class TreeBuilder {
  readonly #text: string;
  readonly #diagnostics: Diagnostics;
  /** Added to the offsets in the text. */
  readonly #base: number;
  #keys = 0;
  #isSound = true;
  /** Lists and maps in which a parenthesis stays open; a second try would find the same. */
  readonly #unjoined = new WeakSet<YAMLMap | YAMLSeq>();

  constructor(text: string, diagnostics: Diagnostics, base = 0) {
    this.#text = text;
    this.#diagnostics = diagnostics;
    this.#base = base;
  }

  /** False when something was found that makes a closer look useless or unsafe. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** The caller has bounded the depth of the document. */
  build(node: unknown, start: number, depth = 0): Tree {
    if (depth > limits.depth) {
      this.#refuse(start, 'too-deep', `lists and maps nest deeper than ${limits.depth}`);
      return emptyScalar(start);
    }
    if (isMap(node)) return this.#map(node, this.#startOf(node, start), depth);
    if (isSeq(node)) return this.#list(node, this.#startOf(node, start), depth);
    return isScalar(node) ? this.#scalar(node, start) : emptyScalar(start);
  }

  #startOf(node: unknown, otherwise: number): number {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return range ? this.#base + range[0]! : otherwise;
  }

  #scalar(node: Node & { value: unknown; source?: string; type?: string }, start: number): Tree {
    const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    const at = this.#startOf(node, start) + (isQuoted ? 1 : 0);
    const { value } = node;
    const text = node.source ?? '';
    this.#checkText(text, at);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', value, text, start: at };
    }
    return { kind: 'scalar', value: null, text, start: at };
  }

  #list(node: YAMLSeq, start: number, depth: number): ListTree {
    const items: Tree[] = [];
    for (let index = 0; index < node.items.length; index++) {
      const item = node.items[index];
      const joined = this.#joined(node, item, index, node.items, (next) => next);
      if (joined === null) items.push(this.build(item, start, depth + 1));
      else items.push(joined.scalar);
      index += joined?.absorbed ?? 0;
      this.#count(start);
    }
    return { kind: 'list', items, start };
  }

  #map(node: YAMLMap, start: number, depth: number): MapTree {
    const entries = new Map<string, Entry>();
    for (let index = 0; index < node.items.length; index++) {
      const pair = node.items[index]!;
      const keyStart = this.#startOf(pair.key, start);
      const joined = this.#joined(node, pair.value, index, node.items, (next) =>
        next.value === null || (isScalar(next.value) && next.value.value === null)
          ? next.key
          : null,
      );
      const key = this.#key(pair.key, keyStart);
      const value = joined?.scalar ?? this.build(pair.value, keyStart, depth + 1);
      index += joined?.absorbed ?? 0;
      this.#count(keyStart);
      if (key === null) continue;
      const earlier = entries.get(key);
      if (earlier === undefined) entries.set(key, { key, keyStart, value });
      else this.#duplicate(key, keyStart, earlier);
    }
    return { kind: 'map', entries, start };
  }

  #key(node: unknown, start: number): string | null {
    if (!isScalar(node)) {
      this.#refuse(start, 'bad-key', 'a key must be a word, not a list or a map');
      return null;
    }
    const key = node.source ?? '';
    if (key.length > limits.labelLength) {
      const most = limits.labelLength;
      const message = `${quoted(key)} has ${key.length} characters; a key has at most ${most}`;
      this.#diagnostics.error(start, 'too-long', message);
      return null;
    }
    this.#checkText(key, start);
    if (key === '<<') {
      const hint = 'write the keys out';
      this.#refuse(start, 'no-merge-keys', 'merge keys are not part of the language', hint);
    }
    return key;
  }

  #refuse(start: number, code: string, message: string, hint: string | null = null): void {
    this.#isSound = false;
    this.#diagnostics.error(start, code, message, hint);
  }

  #duplicate(key: string, start: number, earlier: Entry): void {
    const { line } = this.#diagnostics.source.placeOf(earlier.keyStart);
    const message = `${quoted(key)} is written twice; the first is in line ${line}`;
    this.#diagnostics.error(start, 'duplicate-key', message, 'remove or rename one of them');
  }

  #count(start: number): void {
    this.#keys++;
    if (this.#keys !== limits.keys + 1) return;
    const message = `the file has more than ${limits.keys} keys and list items`;
    this.#refuse(start, 'too-many-keys', message);
  }

  #checkText(text: string, start: number): void {
    if (text.length > limits.stringLength) {
      const most = limits.stringLength;
      const message = `a value has ${text.length} characters; at most ${most} are allowed`;
      this.#refuse(start, 'too-long', message);
    }
    const at = bidiControl(text);
    if (at === -1) return;
    const name = codePointName(text, at);
    const message = `${name} changes the direction of the text and is not allowed`;
    this.#refuse(start + at, 'bidi-character', message, 'remove it');
  }

  /**
   * Inside `{ }` and `[ ]` YAML ends a value at a comma, also at one between parentheses. A value
   * with an open parenthesis takes in what follows until the parenthesis closes, so that
   * `{ backoff: exponential(50ms, max 1s) }` means what it says. Null: nothing to join.
   */
  #joined<T>(
    collection: YAMLMap | YAMLSeq,
    first: unknown,
    index: number,
    siblings: readonly T[],
    asScalar: (next: T) => unknown,
  ): { readonly scalar: ScalarTree; readonly absorbed: number } | null {
    if (collection.flow !== true || this.#unjoined.has(collection)) return null;
    if (!isScalar(first) || first.type !== 'PLAIN' || !first.range) return null;
    let open = openParentheses(first.source ?? '');
    if (open <= 0) return null;
    for (let absorbed = 1; absorbed < MOST_JOINED; absorbed++) {
      const sibling = siblings[index + absorbed];
      const next = sibling === undefined ? null : asScalar(sibling);
      if (!isScalar(next) || next.type !== 'PLAIN' || !next.range) break;
      open += openParentheses(next.source ?? '');
      if (open > 0) continue;
      const start = first.range[0];
      const text = this.#text.slice(start, next.range[1]);
      const scalar = { kind: 'scalar', value: text, text, start: this.#base + start } as const;
      return { scalar, absorbed };
    }
    this.#unjoined.add(collection);
    return null;
  }
}

export function emptyScalar(start: number): ScalarTree {
  return { kind: 'scalar', value: null, text: '', start };
}

function openParentheses(text: string): number {
  let open = 0;
  for (const character of text) open += character === '(' ? 1 : character === ')' ? -1 : 0;
  return open;
}
