/**
 * Walks a tree along the descriptions of its parameters. Every problem is reported where it stands
 * and the walk goes on with a stand-in for the broken value, so one look finds all problems; what
 * was built from stand-ins never leaves the scenario layer.
 */

import { quoted } from '../base/reading.ts';
import { assert } from '../base/assert.ts';
import { existing, listed, nearest } from '../base/suggest.ts';

import { readName } from './names.ts';
import { mayLack, readValue } from './parameter-values.ts';
import { examplesOf, nounOf } from './parameter-words.ts';
import { readShape } from './shape.ts';
import { readSteps } from './steps.ts';
import { describe, emptyScalar } from './tree.ts';
import type { Problem } from '../base/reading.ts';
import type { Capacity, Fields, Parameter, ValuesOf } from '../model/parameters.ts';
import type { CheckContext, Use } from './check-context.ts';
import type { Declarations } from './declarations.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Entry, MapTree, ScalarTree, Tree } from './tree.ts';

export class Checker implements CheckContext {
  readonly diagnostics: Diagnostics;
  readonly declared: Declarations;
  /** Every step that leads somewhere, in the order of the file. */
  readonly uses: Use[] = [];
  /** Zones in the order in which the file first names them. */
  readonly zonesSeen = new Set<string>();
  /** Steps so far, for the limit. */
  stepCount = 0;
  /** Whose parameters are being read. */
  component = '';
  operation = '';

  constructor(diagnostics: Diagnostics, declared: Declarations) {
    this.diagnostics = diagnostics;
    this.declared = declared;
    for (const zone of declared.zones ?? []) this.zonesSeen.add(zone);
  }

  error(start: number, code: string, message: string, hint: string | null = null): void {
    this.diagnostics.error(start, code, message, hint);
  }

  /** Reports a problem inside the text of a scalar. */
  problem(tree: ScalarTree, problem: Problem): void {
    this.error(tree.start + problem.offset, problem.code, problem.message, problem.hint);
  }

  /** Checks that a tree is a map; a stand-in without entries when it is none. */
  map(tree: Tree, noun: string, hint: string | null = null): MapTree {
    if (tree.kind === 'map') return tree;
    this.wrongType(tree, noun, 'a map', hint);
    return { kind: 'map', entries: new Map(), start: tree.start };
  }

  /**
   * Reads all of a set of parameters from a map. `noun` says whose they are, `start` where to
   * complain about a missing one; keys in `others` are read elsewhere.
   */
  fields<F extends Fields>(
    fields: F,
    tree: Tree,
    noun: string,
    start: number,
    others: readonly string[] = [],
  ): ValuesOf<F> {
    const map = this.map(tree, noun);
    const known = [...Object.keys(fields), ...others];
    for (const entry of map.entries.values()) {
      if (!known.includes(entry.key)) this.unknownKey(entry, known, noun);
    }
    const values = Object.create(null) as Record<string, unknown>;
    for (const [name, parameter] of Object.entries(fields)) {
      const entry = map.entries.get(name);
      if (entry !== undefined) values[name] = this.value(parameter, entry.value, name);
      else {
        if (tree.kind === 'map' && !mayLack(parameter)) this.missing(start, name, parameter, noun);
        values[name] = defaultOf(parameter);
      }
    }
    return values as ValuesOf<F>;
  }

  /** Reports that a tree is not what is expected in its place. */
  wrongType(tree: Tree, noun: string, expected: string, hint: string | null = null): void {
    const isEmpty = tree.kind === 'scalar' && tree.value === null;
    const message = `${noun} is ${describe(tree)}; ${expected} is expected`;
    this.error(tree.start, isEmpty ? 'empty-value' : 'wrong-type', message, hint);
  }

  unknownKey(entry: Entry, known: readonly string[], noun: string): void {
    const isEmpty = entry.value.kind === 'scalar' && entry.value.value === null;
    const colon = /^([\w-]+):(\S.*)$/.exec(entry.key);
    const near = nearest(entry.key, known);
    let hint = near === null ? `the keys are ${listed(known)}` : `did you mean \`${near}\`?`;
    if (isEmpty && colon !== null)
      hint = `put a space after the colon: \`${colon[1]!}: ${colon[2]!}\``;
    else if (isEmpty && /[\s%()]/.test(entry.key)) {
      hint = 'if it belongs to the value before it, put that value in quotes';
    }
    this.error(entry.keyStart, 'unknown-key', `${quoted(entry.key)} is not a key of ${noun}`, hint);
  }

  missing(start: number, name: string, parameter: Parameter, noun: string): void {
    const example = examplesOf(parameter)[0];
    const hint = `add \`${name}: ${example ?? '…'}\``;
    this.error(start, 'missing-key', `${noun} has no \`${name}\``, hint);
  }

  /** Reads one parameter; `name` is the key it stands under. */
  value(parameter: Parameter, tree: Tree, name: string): unknown {
    switch (parameter.type) {
      case 'zones':
        return this.#zones(tree, name);
      case 'list':
        return this.#list(parameter, tree, name);
      case 'record':
        return this.#record(parameter, tree, name);
      case 'object':
        if (tree.kind === 'scalar' && tree.text === 'none' && parameter.optional === true)
          return null;
        if (tree.kind === 'scalar' && tree.text === 'default' && parameter.default === 'default') {
          return defaultOf(parameter);
        }
        return this.#object(parameter, tree, name);
      case 'syntax':
        if (parameter.syntax === 'steps') return readSteps(this, tree);
        if (parameter.syntax === 'shape') return readShape(this, tree);
        break;
      default:
    }
    return this.#scalar(parameter, tree, name);
  }

  /** The name of a component of one of these kinds (none given: any); '' when it is not one. */
  componentName(tree: ScalarTree, kinds: readonly string[]): string {
    const found = this.declared.components.get(tree.text);
    if (found === undefined && !this.declared.hasComponents) return '';
    if (found === undefined) {
      const hint = existing(tree.text, [...this.declared.components.keys()]);
      this.error(
        tree.start,
        'unknown-component',
        `there is no component ${quoted(tree.text)}`,
        hint,
      );
      return '';
    }
    if (kinds.length === 0 || kinds.includes(found.kind) || found.kind === '') return tree.text;
    const wanted = kinds.length === 1 ? kinds[0]! : listed(kinds, 'or').replaceAll('`', '');
    const message = `${quoted(tree.text)} is a ${found.kind}; a ${wanted} is expected`;
    const names = [...this.declared.components.values()].filter(({ kind }) => kinds.includes(kind));
    const hint = existing(
      '',
      names.map((each) => each.name),
    );
    this.error(tree.start, 'wrong-kind', message, hint);
    return '';
  }

  /** Checks the name of a dataset at an offset. */
  datasetName(name: string, start: number): void {
    if (this.declared.datasets.has(name)) return;
    const hint = existing(name, [...this.declared.datasets]) ?? 'declare it under `data:`';
    this.error(start, 'unknown-dataset', `there is no dataset ${quoted(name)}`, hint);
  }

  /** Checks the name of a zone and remembers it. */
  zoneName(tree: ScalarTree): string {
    const name = readName(tree.text);
    if (!name.ok) this.problem(tree, name.problem);
    else if (this.declared.zones !== null && !this.declared.zones.includes(tree.text)) {
      const hint = existing(tree.text, this.declared.zones);
      this.error(tree.start, 'unknown-zone', `there is no zone ${quoted(tree.text)}`, hint);
    } else this.zonesSeen.add(tree.text);
    return tree.text;
  }

  #scalar(parameter: Parameter, tree: Tree, name: string): unknown {
    if (tree.kind !== 'scalar' || tree.value === null) {
      const example = examplesOf(parameter)[0];
      const hint = example === undefined ? null : `write \`${name}: ${example}\``;
      this.wrongType(tree, `\`${name}\``, nounOf(parameter), hint);
      return standIn(parameter);
    }
    const read = readValue(parameter, tree.text);
    if (!read.ok) {
      this.problem(tree, read.problem);
      return standIn(parameter);
    }
    if (read.value === null) return null;
    if (parameter.type === 'component') return this.componentName(tree, parameter.kinds);
    if (parameter.type === 'dataset') this.datasetName(tree.text, tree.start);
    if (parameter.type === 'syntax' && parameter.syntax === 'zone') return this.zoneName(tree);
    if (parameter.type === 'syntax' && parameter.syntax === 'capacity') {
      const capacity = read.value as Capacity;
      if (capacity.kind === 'share') {
        const start = tree.start + tree.text.lastIndexOf(capacity.dataset);
        this.datasetName(capacity.dataset, start);
      }
    }
    return read.value;
  }

  #object(parameter: Parameter & { type: 'object' }, tree: Tree, name: string): unknown {
    if (tree.kind === 'scalar' && tree.text === 'none' && parameter.optional === true) return null;
    if (tree.kind === 'scalar' && tree.text === 'default' && parameter.default === 'default') {
      return defaultOf(parameter);
    }
    if (tree.kind === 'map') {
      return this.fields(parameter.fields, tree, `\`${name}\``, tree.start);
    }
    const [key, field] = Object.entries(parameter.fields)[0]!;
    const example = String(field.default ?? examplesOf(field)[0] ?? '…');
    const none = parameter.optional === true ? ` or \`${name}: none\`` : '';
    const hint = `write \`${name}: { ${key}: ${example} }\`${none}`;
    this.wrongType(tree, `\`${name}\``, 'a map', hint);
    return defaultOf(parameter);
  }

  #zones(tree: Tree, name: string): readonly string[] | null {
    const items = tree.kind === 'list' ? tree.items : [tree];
    const zones: string[] = [];
    for (const item of items) {
      if (item.kind === 'scalar' && item.value !== null) zones.push(this.zoneName(item));
      else {
        const message = `\`${name}\` holds ${describe(item)}; the name of a zone is expected`;
        this.error(item.start, 'wrong-type', message, `write \`${name}: [a, b, c]\``);
      }
    }
    if (tree.kind !== 'list' || tree.items.length > 0) return zones;
    this.error(tree.start, 'empty-list', `\`${name}\` is empty; one zone or more is expected`);
    return null;
  }

  #list(parameter: Parameter & { type: 'list' }, tree: Tree, name: string): unknown {
    if (tree.kind === 'scalar' && tree.text === 'none' && parameter.optional === true) return null;
    if (tree.kind !== 'list') {
      this.wrongType(tree, `\`${name}\``, 'a list');
      return [];
    }
    if (tree.items.length < parameter.min) {
      const found = `\`${name}\` has ${tree.items.length} items`;
      const message = `${found}; at least ${parameter.min} are expected`;
      this.error(tree.start, 'empty-list', message);
    }
    return tree.items.map((item) => this.value(parameter.of, item, name));
  }

  #record(parameter: Parameter & { type: 'record' }, tree: Tree, name: string): unknown {
    const map = this.map(tree, `\`${name}\``);
    const values = Object.create(null) as Record<string, unknown>;
    if (tree.kind === 'map' && map.entries.size === 0 && parameter.optional !== true) {
      this.error(tree.start, 'empty-map', `\`${name}\` is empty; one entry or more is expected`);
    }
    for (const entry of map.entries.values()) {
      const key: ScalarTree = { ...emptyScalar(entry.keyStart), text: entry.key };
      if (parameter.keys === 'component') this.componentName(key, []);
      else {
        const read = readName(entry.key);
        if (!read.ok) this.problem(key, read.problem);
        this.operation = entry.key;
      }
      values[entry.key] = this.value(parameter.of, entry.value, entry.key);
    }
    this.operation = '';
    return values;
  }
}

/** The value of a parameter that the file leaves out. */
function defaultOf(parameter: Parameter): unknown {
  if (parameter.type === 'object') {
    if (parameter.optional === true && parameter.default === undefined) return null;
    const values = Object.create(null) as Record<string, unknown>;
    for (const [name, field] of Object.entries(parameter.fields)) values[name] = defaultOf(field);
    return values;
  }
  if (parameter.default === undefined) {
    return parameter.optional === true ? null : standIn(parameter);
  }
  const read = readValue(parameter, String(parameter.default));
  assert(read.ok, `the default ${parameter.default} of a parameter does not fit its type`);
  return read.value;
}

/** Some value of the right type in place of a broken one. */
function standIn(parameter: Parameter): unknown {
  switch (parameter.type) {
    case 'component':
    case 'dataset':
    case 'text':
      return '';
    case 'zones':
      return null;
    case 'list':
      return [];
    case 'record':
      return Object.create(null);
    case 'count':
    case 'number':
      return parameter.min;
    case 'duration':
      return parameter.min ?? 0;
    default: {
      const read = readValue(parameter, examplesOf(parameter)[0] ?? '');
      return read.ok ? read.value : null;
    }
  }
}
