/** Reads the steps of an operation: a list of maps with a single verb each. */

import { quoted } from '../base/reading.ts';
import { readCount, readShare } from '../base/units.ts';
import { existing, listed, suggestion } from '../base/suggest.ts';
import { behind } from './declarations.ts';
import { readLaw } from './laws.ts';
import { limits } from './limits.ts';
import { stepDescriptions } from './step-words.ts';
import { describe } from './tree.ts';
import type { Step } from '../model/parameters.ts';
import type { CheckContext } from './check-context.ts';
import type { Entry, MapTree, ScalarTree, Tree } from './tree.ts';

/** How often `repeat` may repeat. */
const MOST_REPEATS = 1_000;

/** Steps that one request may take, all repetitions counted. */
const MOST_EXPANDED_STEPS = 10_000;

/** Shares of the options of `choose` sum to 1 up to this rounding. */
const SHARE_TOLERANCE = 1e-9;

/** What `parallel` may say beside its branches; a map with none of it is taken for a lost list. */
const parallelKeys = ['wait-for', 'branches', 'times', 'steps'];

const usage = 'write `[ { work: 5ms }, { read: photos } ]`';

/** The steps of the operation whose list this is; those that cannot be read are left out. */
export function readSteps(checker: CheckContext, tree: Tree): readonly Step[] {
  if (tree.kind === 'list' && tree.items.length === 0) {
    checker.error(tree.start, 'empty-list', 'an operation has one step or more', usage);
    return [];
  }
  const steps = listOfSteps(checker, tree);
  const expanded = expandedSteps(steps);
  if (expanded > MOST_EXPANDED_STEPS) {
    const message = `a request takes ${expanded} steps; at most ${MOST_EXPANDED_STEPS} are allowed`;
    checker.error(tree.start, 'too-many-steps', message, 'repeat less often');
  }
  return steps;
}

function listOfSteps(checker: CheckContext, tree: Tree): Step[] {
  if (tree.kind !== 'list') {
    checker.wrongType(tree, 'an operation', 'a list of steps', usage);
    return [];
  }
  return tree.items.flatMap((item) => readStep(checker, item) ?? []);
}

function readStep(checker: CheckContext, tree: Tree): Step | null {
  checker.stepCount++;
  if (checker.stepCount === limits.steps + 1) {
    checker.error(tree.start, 'too-many-steps', `the file has more than ${limits.steps} steps`);
  }
  const verbs = Object.keys(stepDescriptions);
  if (tree.kind !== 'map') {
    const hint = tree.kind === 'scalar' ? `the verbs are ${listed(verbs)}; ${usage}` : usage;
    checker.error(
      tree.start,
      'bad-step',
      `a step is a map with one verb, not ${describe(tree)}`,
      hint,
    );
    return null;
  }
  const [first, ...others] = tree.entries.values();
  if (first === undefined) {
    checker.error(tree.start, 'bad-step', 'a step has one verb, this one has none', usage);
    return null;
  }
  if (others.length > 0) {
    const found = listed([...tree.entries.keys()]);
    const hint = 'write each verb as a step of its own, in its own braces or behind its own dash';
    checker.error(
      others[0]!.keyStart,
      'bad-step',
      `a step has one verb, this one has ${found}`,
      hint,
    );
  }
  if (Object.hasOwn(readers, first.key)) return readers[first.key]!(checker, first);
  const hint = suggestion(first.key, verbs, 'the verbs are');
  checker.error(first.keyStart, 'unknown-step', `${quoted(first.key)} is not a step`, hint);
  return null;
}

const readers: Readonly<Record<string, (checker: CheckContext, entry: Entry) => Step | null>> = {
  work: readTime,
  wait: readTime,
  call: readCall,
  read: readAccess,
  write: readAccess,
  parallel: readParallel,
  choose: readChoose,
  repeat: readRepeat,
};

function readTime(checker: CheckContext, entry: Entry): Step | null {
  const tree = scalarOf(checker, entry, 'a duration or a law', '5ms');
  if (tree === null) return null;
  const law = readLaw(tree.text);
  if (law.ok) return { kind: entry.key === 'work' ? 'work' : 'wait', time: law.value };
  checker.problem(tree, law.problem);
  return null;
}

/** `users` or `users.get-user`; the default is the callee's only or same-named operation. */
function readCall(checker: CheckContext, entry: Entry): Step | null {
  const tree = scalarOf(checker, entry, 'the name of a service', 'users');
  if (tree === null) return null;
  const dot = tree.text.indexOf('.');
  const name = dot === -1 ? tree.text : tree.text.slice(0, dot);
  const wanted = dot === -1 ? null : tree.text.slice(dot + 1);
  const nameTree = { ...tree, text: name };
  if (isData(checker, name)) {
    const message = `${quoted(name)} keeps data; a service reads and writes datasets instead`;
    checker.error(
      tree.start,
      'wrong-kind',
      message,
      'write `{ read: … }` with a name from `data:`',
    );
    return null;
  }
  if (checker.componentName(nameTree, ['service', 'load-balancer']) === '') return null;
  const callee = behind(checker.declared, name);
  if (callee !== null && isData(checker, callee.name)) {
    const message = `${quoted(name)} leads to ${quoted(callee.name)}, which keeps data`;
    const hint = 'write `{ read: … }` with a name from `data:`, or let it lead to a service';
    checker.error(tree.start, 'wrong-kind', message, hint);
    return null;
  }
  const operation = calledOperation(checker, tree, name, wanted, tree.start + dot + 1);
  checker.uses.push({
    component: checker.component,
    operation: checker.operation,
    verb: 'call',
    target: name,
    targetOperation: operation,
    start: tree.start,
  });
  return { kind: 'call', component: name, operation };
}

function calledOperation(
  checker: CheckContext,
  tree: ScalarTree,
  name: string,
  wanted: string | null,
  wantedStart: number,
): string | null {
  const callee = behind(checker.declared, name);
  if (callee === null || callee.kind !== 'service') return wanted;
  const { operations } = callee;
  if (wanted !== null) {
    if (operations.includes(wanted)) return wanted;
    const hint = existing(wanted, operations);
    const message = `${quoted(callee.name)} has no operation ${quoted(wanted)}`;
    checker.error(wantedStart, 'unknown-operation', message, hint);
    return null;
  }
  if (operations.length <= 1) return operations[0] ?? null;
  if (operations.includes(checker.operation)) return checker.operation;
  const message = `${quoted(callee.name)} has several operations; this call does not say which`;
  const choices = operations.map((operation) => `${name}.${operation}`);
  const hint = `write ${listed(choices, 'or')}`;
  checker.error(tree.start, 'which-operation', message, hint);
  return null;
}

function readAccess(checker: CheckContext, entry: Entry): Step | null {
  const tree = scalarOf(checker, entry, 'the name of a dataset', 'photos');
  if (tree === null) return null;
  const verb = entry.key === 'read' ? 'read' : 'write';
  checker.datasetName(tree.text, tree.start);
  checker.uses.push({
    component: checker.component,
    operation: checker.operation,
    verb,
    target: tree.text,
    targetOperation: null,
    start: tree.start,
  });
  return { kind: verb, dataset: tree.text };
}

function readParallel(checker: CheckContext, entry: Entry): Step | null {
  const tree = entry.value;
  if (tree.kind === 'map' && parallelKeys.some((key) => tree.entries.has(key))) {
    return readSomeOf(checker, tree);
  }
  const branches = readBranches(checker, tree);
  return branches === null ? null : { kind: 'parallel', branches };
}

function readBranches(checker: CheckContext, tree: Tree): readonly (readonly Step[])[] | null {
  if (tree.kind !== 'list' || tree.items.length === 0) {
    const hint = 'write `parallel: [ { call: a }, { call: b } ]`';
    checker.wrongType(tree, '`parallel`', 'a list of branches', hint);
    return null;
  }
  return tree.items.map((item) =>
    item.kind === 'list' ? listOfSteps(checker, item) : [readStep(checker, item) ?? []].flat(),
  );
}

/** `{ wait-for: 2, branches: [ … ] }`, or `{ times: 3, wait-for: 2, steps: [ … ] }`. */
function readSomeOf(checker: CheckContext, tree: MapTree): Step | null {
  const isEqual = tree.entries.has('times') || tree.entries.has('steps');
  const allowed = isEqual ? ['times', 'wait-for', 'steps'] : ['wait-for', 'branches'];
  const hint = isEqual
    ? 'write `parallel: { times: 3, wait-for: 2, steps: [ … ] }`'
    : 'write `parallel: { wait-for: 2, branches: [ … ] }`';
  for (const entry of tree.entries.values()) {
    if (!allowed.includes(entry.key)) checker.unknownKey(entry, allowed, '`parallel`');
  }
  const missing = (isEqual ? ['times', 'steps'] : ['branches']).filter(
    (key) => !tree.entries.has(key),
  );
  for (const key of missing) {
    checker.error(tree.start, 'missing-key', `\`parallel\` has no \`${key}\``, hint);
  }
  if (missing.length > 0) return null;
  const branches = isEqual
    ? equalBranches(checker, tree)
    : readBranches(checker, tree.entries.get('branches')!.value);
  if (branches === null) return null;
  const waitTree = tree.entries.get('wait-for')?.value;
  if (waitTree === undefined) return { kind: 'parallel', branches };
  const waitFor = countFrom(checker, waitTree, branches.length, 'branches to wait for');
  return waitFor === null ? null : { kind: 'parallel', branches, waitFor };
}

/** The same steps as often as `times` says. */
function equalBranches(checker: CheckContext, tree: MapTree): readonly (readonly Step[])[] | null {
  const times = countFrom(checker, tree.entries.get('times')!.value, MOST_REPEATS, 'times');
  const steps = listOfSteps(checker, tree.entries.get('steps')!.value);
  return times === null ? null : Array.from({ length: times }, () => steps);
}

/** A count from 1 to `most`; null, with a diagnostic, when it is none. */
function countFrom(checker: CheckContext, tree: Tree, most: number, noun: string): number | null {
  const count = readCount(tree.kind === 'scalar' ? tree.text : '');
  if (!count.ok) {
    const { code, message, hint } = count.problem;
    checker.error(tree.start, code, message, hint);
    return null;
  }
  if (count.value >= 1 && count.value <= most) return count.value;
  const message = `${count.value} ${noun}; 1 to ${most} are allowed`;
  checker.error(tree.start, 'out-of-range', message);
  return null;
}

function readChoose(checker: CheckContext, entry: Entry): Step | null {
  const tree = entry.value;
  const hint = 'write `choose: [ { share: 80%, do: [ … ] }, { share: 20%, do: [ … ] } ]`';
  if (tree.kind !== 'list' || tree.items.length === 0) {
    checker.wrongType(tree, '`choose`', 'a list of options', hint);
    return null;
  }
  const options: { share: number; steps: readonly Step[] }[] = [];
  let allRead = true;
  for (const item of tree.items) {
    const { share: shareTree, do: steps } = twoKeys(
      checker,
      item,
      ['share', 'do'],
      'the option',
      hint,
    );
    if (shareTree === undefined || steps === undefined) {
      allRead = false;
      continue;
    }
    const text = shareTree.kind === 'scalar' ? shareTree.text : '';
    const share = readShare(text);
    if (!share.ok) {
      checker.error(shareTree.start, share.problem.code, share.problem.message, share.problem.hint);
      allRead = false;
    }
    options.push({ share: share.ok ? share.value : 0, steps: listOfSteps(checker, steps) });
  }
  const sum = options.reduce((total, option) => total + option.share, 0);
  if (allRead && Math.abs(sum - 1) > SHARE_TOLERANCE) {
    const percent = `${Number((sum * 100).toPrecision(6))}%`;
    const cure = 'change them, or add an option for the rest';
    const message = `the shares of the options sum to ${percent}; they must sum to 100%`;
    checker.error(tree.start, 'bad-shares', message, cure);
  }
  return { kind: 'choose', options };
}

function readRepeat(checker: CheckContext, entry: Entry): Step | null {
  const hint = 'write `repeat: { times: 3, do: [ … ] }`';
  const found = twoKeys(checker, entry.value, ['times', 'do'], '`repeat`', hint);
  if (found.times === undefined || found.do === undefined) return null;
  const times = readCount(found.times.kind === 'scalar' ? found.times.text : '');
  if (!times.ok) {
    checker.error(found.times.start, times.problem.code, times.problem.message, times.problem.hint);
  } else if (times.value < 1 || times.value > MOST_REPEATS) {
    const message = `${times.value} times; 1 to ${MOST_REPEATS} are allowed`;
    checker.error(found.times.start, 'out-of-range', message);
  }
  return {
    kind: 'repeat',
    times: times.ok ? times.value : 1,
    steps: listOfSteps(checker, found.do),
  };
}

/** The values under two required keys of a map; undefined where one is missing. */
function twoKeys<K extends string>(
  checker: CheckContext,
  tree: Tree,
  keys: readonly [K, K],
  noun: string,
  hint: string,
): { readonly [key in K]?: Tree } {
  if (tree.kind !== 'map') {
    checker.wrongType(tree, noun, 'a map', hint);
    return {};
  }
  for (const entry of tree.entries.values()) {
    if (!(keys as readonly string[]).includes(entry.key)) checker.unknownKey(entry, keys, noun);
  }
  const found: { [key in K]?: Tree } = {};
  for (const key of keys) {
    const entry = tree.entries.get(key);
    if (entry === undefined)
      checker.error(tree.start, 'missing-key', `${noun} has no \`${key}\``, hint);
    else found[key] = entry.value;
  }
  return found;
}

function scalarOf(
  checker: CheckContext,
  entry: Entry,
  noun: string,
  example: string,
): ScalarTree | null {
  const tree = entry.value;
  if (tree.kind === 'scalar' && tree.value !== null) return tree;
  checker.wrongType(tree, `\`${entry.key}\``, noun, `write \`${entry.key}: ${example}\``);
  return null;
}

function isData(checker: CheckContext, name: string): boolean {
  const kind = checker.declared.components.get(name)?.kind;
  return kind === 'cache' || kind === 'database';
}

function expandedSteps(steps: readonly Step[]): number {
  let count = 0;
  for (const step of steps) {
    count++;
    if (step.kind === 'repeat') count += step.times * expandedSteps(step.steps);
    if (step.kind === 'parallel')
      for (const branch of step.branches) count += expandedSteps(branch);
    if (step.kind === 'choose')
      for (const { steps: inner } of step.options) count += expandedSteps(inner);
  }
  return count;
}
