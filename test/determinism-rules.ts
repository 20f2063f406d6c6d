// What must not stand in the source if a run is to be the same in every engine, at every speed and
// every time. test/determinism.test.ts shows that each rule catches what it is for.
import { complainAt, isReference, memberName } from './tidy-tree.ts';
import type { Node, Rule } from './tidy-tree.ts';

/** Exact in every engine; log, exp, pow and their kin differ, so kernel/math.ts has its own. */
export const safeMath: ReadonlySet<string> = new Set(
  (
    'abs ceil clz32 floor fround imul max min round sign sqrt trunc ' +
    'E LN2 LN10 LOG2E LOG10E PI SQRT1_2 SQRT2'
  ).split(' '),
);

/** Names of the language itself that lead out of the run: to real time, chance or other threads. */
const waysOut = new Set(
  (
    'Date Temporal performance setTimeout setInterval setImmediate requestAnimationFrame ' +
    'requestIdleCallback queueMicrotask Promise crypto Atomics SharedArrayBuffer Worker ' +
    'MessageChannel WeakRef FinalizationRegistry globalThis'
  ).split(' '),
);
const localeCalls = /^(localeCompare|toLocale\w*)$/;

/** What differs between engines or between two runs; binds all that computes results. */
export const exactRule: Rule = (files) =>
  complainAt(files, (node, parent) => {
    if (node['operator'] === '**' || node['operator'] === '**=') return 'the operator **';
    // Its order is that of insertion except for names that look like integers.
    if (node.type === 'ForInStatement') return 'for … in';
    const member = memberName(node);
    if (member !== null && localeCalls.test(member)) return member;
    if (!isReference(node, parent)) return null;
    if (node['name'] === 'Intl') return 'Intl';
    if (node['name'] !== 'Math') return null;
    const called = parent === null ? null : memberName(parent);
    if (called !== null && safeMath.has(called)) return null;
    return called === null ? 'Math passed on' : `Math.${called}`;
  });

/** What waits, or asks for more than the run knows; binds the simulation and its results. */
export const timelessRule: Rule = (files) =>
  complainAt(files, (node, parent) => {
    if (node['async'] === true) return 'an async function';
    if (node.type === 'AwaitExpression' || node['await'] === true) return 'await';
    if (node.type === 'ImportExpression') return 'import()';
    const name = isReference(node, parent) ? String(node['name']) : '';
    return waysOut.has(name) ? name : null;
  });

/** State that a checkpoint could not see, because it hides in a suspended function. */
export const openStateRule: Rule = (files) =>
  complainAt(files, (node: Node) => (node['generator'] === true ? 'a generator' : null));
