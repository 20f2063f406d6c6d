/** Reads the shape of a population's rate: a list of steps, ramps, bursts and days. */

import { listed } from '../base/suggest.ts';
import { shapeForms } from './shape-forms.ts';
import type { ShapePart } from '../model/parameters.ts';
import type { CheckContext } from './check-context.ts';
import type { Tree } from './tree.ts';

export function readShape(checker: CheckContext, tree: Tree): readonly ShapePart[] {
  if (tree.kind !== 'list' || tree.items.length === 0) {
    const hint = `write \`[${shapeForms.step.example}]\``;
    checker.wrongType(tree, '`shape`', 'a list of changes', hint);
    return [];
  }
  return tree.items.flatMap((item) => readPart(checker, item) ?? []);
}

function readPart(checker: CheckContext, tree: Tree): ShapePart | null {
  const has = (key: string) => tree.kind === 'map' && tree.entries.has(key);
  if (has('every')) return readDiurnal(checker, tree);
  if (has('from')) {
    const read = checker.fields(shapeForms.ramp.fields, tree, 'the ramp', tree.start);
    if (read.to <= read.from && has('to')) {
      const hint = 'make `to` later than `from`';
      checker.error(startAt(tree, 'to'), 'bad-times', 'the ramp ends before it starts', hint);
    }
    return { kind: 'ramp', fromNs: read.from, toNs: read.to, rate: read.rate };
  }
  if (has('times') || has('for')) {
    const read = checker.fields(shapeForms.burst.fields, tree, 'the burst', tree.start);
    return { kind: 'burst', atNs: read.at, forNs: read.for, factor: read.times };
  }
  if (has('at')) {
    const read = checker.fields(shapeForms.step.fields, tree, 'the step of the rate', tree.start);
    return { kind: 'step', atNs: read.at, rate: read.rate };
  }
  const examples = Object.values(shapeForms).map((form) => form.example);
  const hint = `write one of ${listed(examples, 'or')}`;
  checker.error(tree.start, 'bad-shape', 'this is no step, ramp, burst or day of a rate', hint);
  return null;
}

/** Where the value of a key stands. */
function startAt(tree: Tree, key: string): number {
  return (tree.kind === 'map' ? tree.entries.get(key)?.value.start : undefined) ?? tree.start;
}

function readDiurnal(checker: CheckContext, tree: Tree): ShapePart {
  const read = checker.fields(shapeForms.diurnal.fields, tree, 'the day', tree.start);
  if (read.peak < 1 || read.peak > 2) {
    const message = `the peak is ${read.peak} times the mean; a sine reaches 1 to 2 times`;
    checker.error(startAt(tree, 'peak'), 'out-of-range', message);
  }
  if (read['peak-at'] >= read.every) {
    const message = 'the peak falls after the end of the day';
    checker.error(startAt(tree, 'peak-at'), 'bad-times', message);
  }
  return { kind: 'diurnal', periodNs: read.every, peak: read.peak, peakAtNs: read['peak-at'] };
}
