/**
 * The syntax of laws: how a file says that a duration varies. `2ms` is always 2 ms, `p50=2ms
 * p99=12ms` is the lognormal law with these percentiles, and `name(…)` is one of the table below.
 * A law of arrival intervals uses the same table with plain numbers, because only its form counts.
 */

import {
  distributionMean,
  fitLognormal,
  lognormalOf,
  scaleDistribution,
} from '../kernel/distribution.ts';
import { distributionFault } from '../kernel/distribution-fault.ts';
import { bad, good, shifted, quoted } from '../base/reading.ts';
import { listed, suggestion } from '../base/suggest.ts';
import { readDuration, readNumber, readShare } from '../base/units.ts';
import { argumentsOf, namedArguments, splitCall } from './call-syntax.ts';
import type { DistributionSpec } from '../kernel/distribution.ts';
import type { Reading } from '../base/reading.ts';
import type { Argument } from './call-syntax.ts';

/** How deep mixtures may nest. */
const DEEPEST_LAW = 4;

/** Stages of an Erlang law; with more of them it is as good as constant. */
const MOST_STAGES = 10_000;

/** Arrival intervals are laws of this mean, ns; the model rescales them to the rate. */
const INTERVAL_MEAN_NS = 1e9;

/** Weights of a mixture must sum to 1 up to this rounding. */
const WEIGHT_TOLERANCE = 1e-9;

export interface LawForm {
  /** How it is written. */
  readonly syntax: string;
  readonly description: string;
}

/** Every form of a law, for the catalogue and for suggestions. */
export const lawForms: readonly LawForm[] = [
  { syntax: '2ms', description: 'Always 2 ms.' },
  {
    syntax: 'p50=2ms p99=12ms',
    description: 'Lognormal with median 2 ms of which 1 % take longer than 12 ms.',
  },
  { syntax: 'exponential(2ms)', description: 'Exponential with this mean.' },
  { syntax: 'uniform(1ms, 3ms)', description: 'Every duration from 1 ms to 3 ms equally likely.' },
  {
    syntax: 'normal(10ms, 2ms)',
    description: 'Normal with this mean and standard deviation; negative draws are drawn again.',
  },
  {
    syntax: 'lognormal(mean 1ms, cv 1)',
    description: 'Lognormal with this mean and coefficient of variation (deviation over mean).',
  },
  {
    syntax: 'lognormal(median 1ms, sigma 0.5)',
    description: 'Lognormal with this median; `sigma` is the deviation of the logarithm.',
  },
  { syntax: 'gamma(shape 2, mean 1ms)', description: 'Gamma with this shape and mean.' },
  {
    syntax: 'erlang(2, 1ms)',
    description: 'Sum of 2 exponential stages, 1 ms in the mean in all.',
  },
  {
    syntax: 'hyper-exponential(99.9% 100ms, 0.1% 10s)',
    description: 'Exponential, with one of these means picked by its weight for each draw.',
  },
  { syntax: 'weibull(shape 2, mean 100ms)', description: 'Weibull with this shape and mean.' },
  {
    syntax: 'pareto(shape 3.5, mean 1ms)',
    description: 'Pareto of type I with this tail index (above 1) and mean.',
  },
  {
    syntax: 'pareto(shape 3.5, min 1ms)',
    description: 'Pareto with this tail index and least value.',
  },
  {
    syntax: 'mixture(90% 2ms, 10% exponential(50ms))',
    description: 'One of these laws, picked by its weight for each draw.',
  },
  {
    syntax: 'empirical(1ms, 2ms, 2ms, 9ms)',
    description: 'One of these values for each draw, all equally likely.',
  },
];

/** Reads a law of durations in ns. */
export function readLaw(text: string): Reading<DistributionSpec> {
  return checked(new LawReader(readDuration, null).read(text, 0), text);
}

/** Reads a law of intervals by its form alone; the result has the mean {@link INTERVAL_MEAN_NS}. */
export function readIntervalLaw(text: string): Reading<DistributionSpec> {
  const law = checked(new LawReader(readAmount, INTERVAL_MEAN_NS).read(text, 0), text);
  if (!law.ok) return law;
  const mean = distributionMean(law.value);
  if (!(mean > 0 && mean < Infinity)) {
    return bad('bad-law', `${quoted(text)} has no finite mean above 0, so it has no rate`);
  }
  return good(scaleDistribution(law.value, INTERVAL_MEAN_NS / mean));
}

/** A plain number, or a duration. */
function readAmount(text: string): Reading<number> {
  const number = readNumber(text);
  return number.ok ? number : readDuration(text);
}

function checked(law: Reading<DistributionSpec>, text: string): Reading<DistributionSpec> {
  if (!law.ok) return law;
  const fault = distributionFault(law.value);
  return fault === undefined ? law : bad('bad-law', `${quoted(text)}: ${fault}`);
}

class LawReader {
  readonly #amount: (text: string) => Reading<number>;
  /** What a mean that is left out stands for; null: it may not be left out. */
  readonly #freeMean: number | null;

  constructor(amount: (text: string) => Reading<number>, freeMean: number | null) {
    this.#amount = amount;
    this.#freeMean = freeMean;
  }

  read(text: string, depth: number): Reading<DistributionSpec> {
    if (/^p\d/.test(text)) return this.#percentiles(text);
    if (/^[a-z]/i.test(text)) return this.#call(text, depth);
    const value = this.#amount(text);
    return value.ok ? good({ kind: 'constant', value: value.value }) : value;
  }

  #percentiles(text: string): Reading<DistributionSpec> {
    const match = /^(p50=)(\S+)(\s+p99=)(\S+)$/.exec(text);
    if (match === null) {
      const message = `${quoted(text)} is not a law: two percentiles are expected`;
      return bad('bad-law', message, 'write `p50=2ms p99=12ms`');
    }
    const p99Start = match[1]!.length + match[2]!.length + match[3]!.length;
    const p50 = shifted(this.#amount(match[2]!), match[1]!.length);
    if (!p50.ok) return p50;
    const p99 = shifted(this.#amount(match[4]!), p99Start);
    if (!p99.ok) return p99;
    if (p50.value === p99.value) return good({ kind: 'constant', value: p50.value });
    if (p50.value > p99.value) {
      const message = `p99 is ${quoted(match[4]!)}, below p50, which is ${quoted(match[2]!)}`;
      return bad('bad-law', message, 'are the two swapped?', p99Start);
    }
    if (p50.value > 0) return good(fitLognormal(p50.value, p99.value));
    return bad('bad-law', 'p50 is 0; a lognormal law needs a median above 0', null, 4);
  }

  #call(text: string, depth: number): Reading<DistributionSpec> {
    const call = splitCall(text);
    if (!call.ok) return call;
    const { name, inside, insideStart } = call.value;
    if (!Object.hasOwn(lawSyntax, name)) {
      const hint = suggestion(name, Object.keys(lawSyntax), 'the laws are');
      return bad('unknown-law', `${quoted(name)} is not a law`, hint);
    }
    const argumentList = argumentsOf(inside, insideStart);
    const form = lawForms.find((law) => law.syntax.startsWith(`${name}(`));
    const usage = `write \`${form?.syntax ?? name}\``;
    if (name === 'mixture') return this.#mixture(argumentList, depth, usage);
    return lawSyntax[name]!({
      name,
      list: argumentList,
      amount: (argument) => shifted(this.#amount(argument.text), argument.start),
      freeMean: this.#freeMean,
      usage,
    });
  }

  #mixture(list: readonly Argument[], depth: number, usage: string): Reading<DistributionSpec> {
    if (depth >= DEEPEST_LAW) return bad('bad-law', `mixtures nest deeper than ${DEEPEST_LAW}`);
    const parts = weighted(list, usage, (part) =>
      shifted(this.read(part.text, depth + 1), part.start),
    );
    if (!parts.ok) return parts;
    return good({ kind: 'mixture', weights: parts.value.weights, parts: parts.value.values });
  }
}

interface Call {
  readonly name: string;
  readonly list: readonly Argument[];
  readonly amount: (argument: Argument) => Reading<number>;
  readonly freeMean: number | null;
  readonly usage: string;
}

const lawSyntax: Readonly<Record<string, (call: Call) => Reading<DistributionSpec>>> = {
  exponential: (call) => positional(call, 1, ([mean]) => ({ kind: 'exponential', mean: mean! })),
  uniform: (call) =>
    positional(call, 2, ([low, high]) => ({ kind: 'uniform', low: low!, high: high! })),
  normal: (call) =>
    positional(call, 2, ([mean, deviation]) => ({
      kind: 'normal',
      mean: mean!,
      deviation: deviation!,
    })),
  empirical: (call) => positional(call, null, (values) => ({ kind: 'empirical', values })),
  erlang: readErlang,
  lognormal: (call) =>
    named(
      call,
      [
        ['mean', 'cv'],
        ['median', 'sigma'],
      ],
      (values) =>
        'cv' in values
          ? lognormalOf(values.mean!, values.cv)
          : { kind: 'lognormal', median: values.median!, sigma: values.sigma! },
    ),
  gamma: (call) =>
    named(call, [['shape', 'mean']], ({ shape, mean }) => ({
      kind: 'gamma',
      shape: shape!,
      mean: mean!,
    })),
  weibull: (call) =>
    named(call, [['shape', 'mean']], ({ shape, mean }) => ({
      kind: 'weibull',
      shape: shape!,
      mean: mean!,
    })),
  pareto: (call) =>
    named(
      call,
      [
        ['shape', 'mean'],
        ['shape', 'min'],
      ],
      ({ shape, mean, min }) => ({
        kind: 'pareto',
        shape: shape!,
        minimum: min ?? (mean! * (shape! - 1)) / shape!,
      }),
    ),
  'hyper-exponential': (call) => {
    const parts = weighted(call.list, call.usage, call.amount);
    if (!parts.ok) return parts;
    return good({
      kind: 'hyper-exponential',
      weights: parts.value.weights,
      means: parts.value.values,
    });
  },
  mixture: () => bad('bad-law', 'a mixture is read by its own rule'),
};

/** Reads `count` amounts in their order; null: one or more. */
function positional(
  call: Call,
  count: number | null,
  make: (values: readonly number[]) => DistributionSpec,
): Reading<DistributionSpec> {
  const found = call.list.length;
  if (count === null ? found === 0 : found !== count) return wrongCount(call, count);
  const values: number[] = [];
  for (const argument of call.list) {
    const value = call.amount(argument);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return good(make(values));
}

/** `erlang(2, 1ms)`; `erlang(2)` where only the form counts. */
function readErlang(call: Call): Reading<DistributionSpec> {
  const [first, second] = call.list;
  const least = call.freeMean === null ? 2 : 1;
  if (call.list.length > 2 || first === undefined || call.list.length < least) {
    return wrongCount(call, 2);
  }
  const stages = shifted(readNumber(first.text), first.start);
  if (!stages.ok) return stages;
  if (stages.value > MOST_STAGES) {
    return bad('out-of-range', `an Erlang law has at most ${MOST_STAGES} stages`, call.usage);
  }
  const mean = second === undefined ? good(call.freeMean!) : call.amount(second);
  return mean.ok ? good({ kind: 'erlang', stages: stages.value, mean: mean.value }) : mean;
}

/** The words whose values have the unit of the law; the others are plain numbers. */
const amountWords: ReadonlySet<string> = new Set(['mean', 'median', 'min']);

/** Reads `word value` arguments in any order that make up one of the sets of words. */
function named(
  call: Call,
  sets: readonly (readonly string[])[],
  make: (values: Readonly<Record<string, number>>) => DistributionSpec,
): Reading<DistributionSpec> {
  const read = namedArguments(call.list, sets.flat(), call.usage, (word, argument) =>
    amountWords.has(word)
      ? call.amount(argument)
      : shifted(readNumber(argument.text), argument.start),
  );
  if (!read.ok) return read;
  const values = read.value;
  if (call.freeMean !== null && !('median' in values) && !('min' in values)) {
    values.mean ??= call.freeMean;
  }
  const words = Object.keys(values);
  const fits = sets.some(
    (set) => set.length === words.length && set.every((word) => word in values),
  );
  if (!fits) {
    const wanted = sets.map((set) => listed(set)).join(', or ');
    const given = words.length === 0 ? 'nothing' : listed(words);
    return bad('bad-law', `\`${call.name}\` takes ${wanted}; ${given} given`, call.usage);
  }
  if (
    values.shape !== undefined &&
    'mean' in values &&
    sets.flat().includes('min') &&
    values.shape <= 1
  ) {
    return bad(
      'bad-law',
      'a Pareto law of shape 1 or less has no mean',
      'give `min` instead of `mean`',
    );
  }
  if (!(values.shape === undefined || values.shape > 0) || values.mean === 0) {
    return bad('bad-law', 'shape and mean must be above 0', call.usage);
  }
  return good(make(values));
}

/** Reads `share value` arguments whose shares sum to 1. */
function weighted<T>(
  list: readonly Argument[],
  usage: string,
  read: (argument: Argument) => Reading<T>,
): Reading<{ weights: number[]; values: T[] }> {
  const weights: number[] = [];
  const values: T[] = [];
  for (const argument of list) {
    const match = /^(\S+)(\s+)(.+)$/s.exec(argument.text);
    if (match === null) {
      const message = `${quoted(argument.text)} is not a share and a value`;
      return bad('bad-law', message, usage, argument.start);
    }
    const weight = shifted(readShare(match[1]!), argument.start);
    if (!weight.ok) return weight;
    const start = argument.start + match[1]!.length + match[2]!.length;
    const value = read({ text: match[3]!, start });
    if (!value.ok) return value;
    weights.push(weight.value);
    values.push(value.value);
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
    const percent = `${Number((sum * 100).toPrecision(6))}%`;
    return bad('bad-shares', `the shares sum to ${percent}; they must sum to 100%`, usage);
  }
  return good({ weights, values });
}

/** Complains that `wanted` values (null: one or more) were not given. */
function wrongCount(call: Call, wanted: number | null): Reading<never> {
  const found = call.list.length;
  const many =
    wanted === null ? 'one or more values' : wanted === 1 ? '1 value' : `${wanted} values`;
  return bad('bad-law', `\`${call.name}\` takes ${many}, ${found} given`, call.usage);
}
