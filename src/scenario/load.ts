/**
 * Text in, scenario out: the one way from a file to a plan. Every problem becomes a diagnostic;
 * nothing is thrown, and a scenario with an error is none.
 */

import { quoted } from '../base/reading.ts';
import { checkTree } from './check-tree.ts';
import { Diagnostics, TooManyProblems } from './diagnostics.ts';
import { readTree } from './document.ts';
import { readInput } from './input.ts';
import { limits, overLimit } from './limits.ts';
import { applySettings, applyTree } from './settings.ts';
import { SourceText } from './source-text.ts';
import { describe } from './tree.ts';
import { flowText } from './flow-text.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { CheckedFile } from './check-tree.ts';
import type { Setting } from './settings.ts';
import type { MapTree } from './tree.ts';

/** A scenario that can be run. Everything in it is frozen. */
export interface Scenario extends CheckedFile {
  /** By name; applying one as `set` gives the plan of that alternative. */
  readonly alternatives: Readonly<Record<string, readonly Setting[]>>;
  readonly source: { readonly file: string; readonly text: string };
}

export interface LoadOptions {
  /** What diagnostics call the file. */
  readonly file: string;
  /** Values to change, applied in this order. */
  readonly set?: readonly Setting[];
  /** Instead of the seed in the file. */
  readonly seed?: string | number;
  /** Instead of the duration in the file, such as `10m`. */
  readonly duration?: string;
}

export interface Loaded {
  /** Null when a diagnostic is an error. */
  readonly scenario: Scenario | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function loadScenario(input: string | Uint8Array, options: LoadOptions): Loaded {
  const { text, problem } = readInput(input);
  const diagnostics = new Diagnostics(new SourceText(options.file, text));
  let scenario: Scenario | null = null;
  try {
    if (problem === null) scenario = readScenario(text, options, diagnostics);
    else diagnostics.error(problem.offset, problem.code, problem.message, problem.hint);
  } catch (error) {
    if (!(error instanceof TooManyProblems)) throw error;
  }
  return { scenario: diagnostics.hasErrors ? null : scenario, diagnostics: diagnostics.list() };
}

function readScenario(
  text: string,
  options: LoadOptions,
  diagnostics: Diagnostics,
): Scenario | null {
  const written = readTree(text, diagnostics);
  if (written === null) return null;
  if (written.kind !== 'map') {
    const message = `the scenario is ${describe(written)}; a map is expected`;
    diagnostics.error(written.start, 'wrong-type', message, 'start with `name: …`');
    return null;
  }
  const root = applySettings(written, settingsOf(options), diagnostics);
  const checked = checkTree(root, diagnostics);
  const alternatives = readAlternatives(written, diagnostics);
  const source = Object.freeze({ file: options.file, text });
  return Object.freeze({ ...checked, alternatives, source });
}

/** Seed and duration are settings like all others, applied last. */
function settingsOf(options: LoadOptions): readonly Setting[] {
  const settings = [...(options.set ?? [])];
  if (options.seed !== undefined) {
    settings.push({ path: 'seed', value: JSON.stringify(String(options.seed)) });
  }
  if (options.duration !== undefined) settings.push({ path: 'duration', value: options.duration });
  return settings;
}

/** Reads the alternatives, and checks each by applying it; what it breaks is reported once. */
function readAlternatives(
  root: MapTree,
  diagnostics: Diagnostics,
): Readonly<Record<string, readonly Setting[]>> {
  const alternatives = Object.create(null) as Record<string, readonly Setting[]>;
  const tree = root.entries.get('alternatives')?.value;
  if (tree?.kind !== 'map') return Object.freeze(alternatives);
  if (tree.entries.size > limits.alternatives) {
    const message = overLimit(tree.entries.size, 'alternatives', limits.alternatives);
    diagnostics.error(tree.start, 'too-many-alternatives', message);
    return Object.freeze(alternatives);
  }
  const isSound = !diagnostics.hasErrors;
  for (const { key, value } of tree.entries.values()) {
    if (value.kind !== 'map') continue;
    const entries = [...value.entries.values()];
    alternatives[key] = Object.freeze(
      entries.map((entry) => Object.freeze({ path: entry.key, value: flowText(entry.value) })),
    );
    const context = ` (in the alternative ${quoted(key)})`;
    const own = new Diagnostics(diagnostics.source, context);
    let changed = root;
    for (const entry of entries) {
      changed = applyTree(changed, entry.key, entry.value, entry.keyStart, own);
    }
    // What changes during the run was checked with the file, and is again when this one runs.
    if (isSound) checkTree(changed, own, false);
    diagnostics.adopt(own, diagnostics);
  }
  return Object.freeze(alternatives);
}
