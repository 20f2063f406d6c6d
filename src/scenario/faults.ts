/** Reads the list of faults: each with a time, one verb of the registry and what it happens to. */

import { quoted } from '../base/reading.ts';
import { existing, listed, nearest } from '../base/suggest.ts';

import { faults } from '../model/faults.ts';
import { changeAt } from './changes.ts';
import { faultFields } from './fields.ts';
import { flowText } from './flow-text.ts';
import { readPath } from './paths.ts';
import type { FaultDefinition } from '../model/fault.ts';
import type { ComponentPlan, FaultPlan } from '../model/plan.ts';
import type { ReadChanges } from './changes.ts';
import type { Checker } from './checker.ts';
import type { Entry, MapTree, ScalarTree, Tree } from './tree.ts';

const usage = 'write `{ at: 2m, crash: api/1, for: 30s }`';

export interface FaultContext {
  readonly checker: Checker;
  readonly components: ReadonlyMap<string, ComponentPlan>;
  readonly zones: readonly string[];
  readonly durationNs: number;
  readonly changes: ReadChanges;
}

export function readFaults(context: FaultContext, tree: Tree | undefined): readonly FaultPlan[] {
  if (tree === undefined) return [];
  if (tree.kind !== 'list') {
    context.checker.wrongType(tree, '`faults`', 'a list', `${usage} behind a dash`);
    return [];
  }
  return tree.items.flatMap((item) => readFault(context, item) ?? []);
}

function readFault(context: FaultContext, item: Tree): FaultPlan | null {
  const { checker } = context;
  const map = checker.map(item, 'the fault', usage);
  const entry = verbOf(checker, map, item);
  if (entry === null) return null;
  const definition = faults.get(entry.key)!;
  const others = ['to', ...faults.keys()];
  const values = checker.fields(faultFields, item, 'the fault', item.start, others);
  const forEntry = map.entries.get('for');
  const byEntry = map.entries.get('by');
  if (!definition.hasEnd && forEntry !== undefined) {
    const message = `\`${entry.key}\` happens at one moment; it has no \`for\``;
    checker.error(forEntry.keyStart, 'bad-fault', message, 'remove `for`');
  }
  if (values.at >= context.durationNs && map.entries.has('at')) {
    const { start } = map.entries.get('at')!.value;
    const message = 'the fault comes after the end of the run and will not be seen';
    checker.diagnostics.warning(start, 'fault-after-end', message, 'make `duration` longer');
  }
  const factor = readFactorOf(checker, definition, entry, byEntry, values.by);
  const forNs = definition.hasEnd ? values.for : null;
  const to = readTo(checker, definition, entry, map.entries.get('to'));
  const plan = { atNs: values.at, verb: entry.key, forNs, factor };
  if (definition.targets === 'parameter') {
    const change = context.changes.plans.get(item);
    if (change === undefined || entry.value.kind !== 'scalar') return null;
    return { ...plan, targets: [entry.value.text], to, change: changeAt(change, values.at) };
  }
  return { ...plan, targets: readTargets(context, definition, entry) };
}

/** The value of a verb that gives one, as it would stand in the file; '' for the others. */
function readTo(
  checker: Checker,
  definition: FaultDefinition,
  verb: Entry,
  to: Entry | undefined,
): string {
  if (definition.targets === 'parameter') {
    if (to !== undefined) return flowText(to.value);
    const message = `\`${verb.key}\` does not say which value comes`;
    checker.error(verb.keyStart, 'missing-key', message, 'add `to:` and the value');
  } else if (to !== undefined) {
    checker.error(to.keyStart, 'bad-fault', `\`${verb.key}\` takes no \`to\``, 'remove `to`');
  }
  return '';
}

/** The one entry of a fault whose key is a verb. */
function verbOf(checker: Checker, map: MapTree, item: Tree): Entry | null {
  const verbs = [...map.entries.values()].filter(({ key }) => faults.has(key));
  if (verbs.length > 1) {
    const message = `a fault has one verb, this one has ${listed(verbs.map(({ key }) => key))}`;
    checker.error(verbs[1]!.keyStart, 'bad-fault', message, 'write two faults');
  }
  if (verbs[0] !== undefined || item.kind !== 'map') return verbs[0] ?? null;
  const known = [...faults.keys()];
  const others = [...map.entries.values()].filter(
    ({ key }) => key !== 'to' && !Object.hasOwn(faultFields, key),
  );
  const odd = others[0];
  if (odd === undefined) {
    const message = 'the fault does not say what happens';
    checker.error(item.start, 'missing-verb', message, `the verbs are ${listed(known)}`);
  } else {
    const near = nearest(odd.key, [...known, ...Object.keys(faultFields)]);
    const hint = near === null ? `the verbs are ${listed(known)}` : `did you mean \`${near}\`?`;
    checker.error(odd.keyStart, 'unknown-fault', `${quoted(odd.key)} is not a fault`, hint);
  }
  return null;
}

function readFactorOf(
  checker: Checker,
  definition: FaultDefinition,
  verb: Entry,
  by: Entry | undefined,
  value: number | null,
): number {
  const { factor } = definition;
  if (factor === null) {
    if (by !== undefined) {
      checker.error(by.keyStart, 'bad-fault', `\`${verb.key}\` takes no \`by\``, 'remove `by`');
    }
    return 1;
  }
  if (by === undefined || value === null) {
    const hint = 'add `by: 5x`';
    checker.error(verb.keyStart, 'missing-key', `\`${verb.key}\` does not say by how much`, hint);
    return factor.min;
  }
  if (value >= factor.min && value <= factor.max) return value;
  const message = `${value}x is out of range; from ${factor.min}x to ${factor.max}x is allowed`;
  checker.error(by.value.start, 'out-of-range', message);
  return factor.min;
}

function readTargets(
  context: FaultContext,
  definition: FaultDefinition,
  verb: Entry,
): readonly string[] {
  const { checker } = context;
  const tree = verb.value;
  if (tree.kind === 'scalar' && tree.value !== null) return [readTarget(context, tree)];
  if (tree.kind === 'list' && definition.targets === 'node-or-zones') {
    const names = tree.items.flatMap((item) => (item.kind === 'scalar' ? [item] : []));
    for (const name of names) checkZone(context, name, 0);
    const [first, second] = names;
    const isPair = tree.items.length === 2 && names.length === 2 && first!.text !== second!.text;
    if (isPair) return [first!.text, second!.text];
    const message = `\`${verb.key}\` takes a pair of different zones`;
    checker.error(tree.start, 'bad-fault', message, `write \`${verb.key}: [a, b]\``);
    return [];
  }
  const hint = tree.kind === 'list' ? 'write one fault for each' : usage;
  checker.wrongType(tree, `the target of \`${verb.key}\``, 'a component or a part of one', hint);
  return [];
}

function readTarget(context: FaultContext, tree: ScalarTree): string {
  if (tree.text.startsWith('zone/')) {
    checkZone(context, { ...tree, text: tree.text.slice('zone/'.length) }, 'zone/'.length);
    return tree.text;
  }
  const path = readPath(tree.text, context.components);
  if (path.ok) return path.value;
  if (context.zones.includes(tree.text)) {
    const message = `${quoted(tree.text)} is a zone, not a component`;
    context.checker.error(tree.start, 'unknown-component', message, `write \`zone/${tree.text}\``);
  } else context.checker.problem(tree, path.problem);
  return tree.text;
}

function checkZone(context: FaultContext, tree: ScalarTree, offset: number): void {
  if (context.zones.includes(tree.text)) return;
  const hint = existing(tree.text, context.zones);
  const message = `there is no zone ${quoted(tree.text)}`;
  context.checker.error(tree.start + offset, 'unknown-zone', message, hint);
}
