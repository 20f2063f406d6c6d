/**
 * Probability laws of non-negative quantities, as plain data: how long work takes, how large a
 * message is. Numbers are in the caller's unit, moments and draws come back in it. That a law is
 * without fault is taken for granted here; the sampler alone asserts it.
 */
import { assert, assertNever } from '../base/assert.ts';
import { buildAliasTable, drawFromAliasTable } from './alias-table.ts';
import type { AliasTable } from './alias-table.ts';
import { distributionFault } from './distribution-fault.ts';
import type { DistributionSpec } from './distribution-spec.ts';
import { exp, expm1, log, pow } from './math.ts';
import type { Stream } from './random.ts';
import { gammaFunction, normalHazard } from './special-functions.ts';

export type { DistributionSpec } from './distribution-spec.ts';

/** The standard normal quantile of 0.99. */
const Z_99 = 2.3263478740408408;

/** The mean of a law, in its unit: of the cut law for `normal`; Infinity for Pareto shape ≤ 1. */
export function distributionMean(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return 0.5 * (spec.low + spec.high);
    case 'exponential':
    case 'gamma':
    case 'erlang':
    case 'weibull':
      return spec.mean;
    case 'normal':
      return spec.deviation === 0
        ? spec.mean
        : spec.mean + spec.deviation * normalHazard(-spec.mean / spec.deviation);
    case 'lognormal':
      return spec.median * exp(0.5 * spec.sigma * spec.sigma);
    case 'hyper-exponential':
      return weightedMean(spec.weights, spec.means);
    case 'pareto':
      return spec.shape > 1 ? (spec.minimum * spec.shape) / (spec.shape - 1) : Infinity;
    case 'mixture':
      return weightedMean(spec.weights, spec.parts.map(distributionMean));
    case 'empirical':
      return weightedMean(weightsOf(spec), spec.values);
    default:
      return assertNever(spec);
  }
}

/** The variance of a law, in its unit squared; Infinity where it does not exist. */
export function distributionVariance(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return 0;
    case 'uniform':
      return square(spec.high - spec.low) / 12;
    case 'exponential':
      return square(spec.mean);
    case 'normal': {
      if (spec.deviation === 0) return 0;
      const edge = -spec.mean / spec.deviation;
      const hazard = normalHazard(edge);
      return square(spec.deviation) * (1 + edge * hazard - square(hazard));
    }
    case 'lognormal': {
      const variance = square(spec.sigma);
      return square(spec.median) * exp(variance) * expm1(variance);
    }
    case 'gamma':
      return square(spec.mean) / spec.shape;
    case 'erlang':
      return square(spec.mean) / spec.stages;
    case 'hyper-exponential':
      return weightedVariance(spec.weights, spec.means, spec.means.map(square));
    case 'weibull': {
      const first = gammaFunction(1 + 1 / spec.shape);
      return square(spec.mean) * (gammaFunction(1 + 2 / spec.shape) / first / first - 1);
    }
    case 'pareto':
      if (spec.shape <= 2) return Infinity;
      return (square(spec.minimum) * spec.shape) / (square(spec.shape - 1) * (spec.shape - 2));
    case 'mixture':
      return weightedVariance(
        spec.weights,
        spec.parts.map(distributionMean),
        spec.parts.map(distributionVariance),
      );
    case 'empirical': {
      const none = spec.values.map(() => 0);
      return weightedVariance(weightsOf(spec), spec.values, none);
    }
    default:
      return assertNever(spec);
  }
}

/** The law of `factor` × a draw of `spec`; `factor` is finite and not negative. */
export function scaleDistribution(spec: DistributionSpec, factor: number): DistributionSpec {
  assert(factor >= 0 && factor < Infinity, 'a law is scaled by a finite factor, not negative');
  // Lognormal asks for a positive median, so this is the one law that zero cannot scale.
  if (factor === 0) return { kind: 'constant', value: 0 };
  switch (spec.kind) {
    case 'constant':
      return { ...spec, value: spec.value * factor };
    case 'uniform':
      return { ...spec, low: spec.low * factor, high: spec.high * factor };
    case 'exponential':
    case 'gamma':
    case 'erlang':
    case 'weibull':
      return { ...spec, mean: spec.mean * factor };
    case 'normal':
      return { ...spec, mean: spec.mean * factor, deviation: spec.deviation * factor };
    case 'lognormal':
      return { ...spec, median: spec.median * factor };
    case 'hyper-exponential':
      return { ...spec, means: spec.means.map((mean) => mean * factor) };
    case 'pareto':
      return { ...spec, minimum: spec.minimum * factor };
    case 'mixture':
      return { ...spec, parts: spec.parts.map((part) => scaleDistribution(part, factor)) };
    case 'empirical':
      return { ...spec, values: spec.values.map((value) => value * factor) };
    default:
      return assertNever(spec);
  }
}

/** The lognormal law with these two percentiles: 0 < `p50` ≤ `p99`, in the caller's unit. */
export function fitLognormal(p50: number, p99: number): DistributionSpec {
  assert(p50 > 0 && p99 >= p50 && p99 < Infinity, 'a lognormal law is fitted to 0 < p50 ≤ p99');
  return { kind: 'lognormal', median: p50, sigma: log(p99 / p50) / Z_99 };
}

/** The lognormal law of this mean > 0 and coefficient of variation (deviation / mean) ≥ 0. */
export function lognormalOf(mean: number, cv: number): DistributionSpec {
  assert(mean > 0 && cv >= 0 && cv < Infinity, 'a lognormal law has a mean > 0 and a cv ≥ 0');
  const spread = 1 + cv * cv;
  return { kind: 'lognormal', median: mean / Math.sqrt(spread), sigma: Math.sqrt(log(spread)) };
}

/** The weights of an empirical law: all 1 where none are given. */
function weightsOf(spec: {
  readonly values: readonly number[];
  readonly weights?: readonly number[];
}): readonly number[] {
  return spec.weights ?? spec.values.map(() => 1);
}

/** How a law is drawn: the cases of the switch in {@link drawFromLaw}. Integers, for speed. */
const CONSTANT = 0;
const EXPONENTIAL = 1;
const LOGNORMAL = 2;
const UNIFORM = 3;
const NORMAL = 4;
const ERLANG = 5;
const GAMMA = 6;
const WEIBULL = 7;
const PARETO = 8;
const BRANCHES = 9;

/** Up to here an Erlang draw as a sum of exponential ones is cheaper than a gamma draw. */
const ERLANG_STAGES_SUMMED_MAX = 8;

/** 2^52 ns are 52 days: an instant plus the longest duration is still an exact integer. */
const DURATION_MAX = 4503599627370496;

/** A law made ready to draw from: constants only, frozen, so no checkpoint copies it. */
interface Law {
  readonly code: number;
  /** The scale: every draw is a multiple of it (of the constant itself, for a constant). */
  readonly scale: number;
  /** The second number of the law, which each case of the switch explains. */
  readonly shape: number;
  /** For laws of several branches: which one, and the branches. */
  readonly choice: AliasTable | undefined;
  readonly branches: readonly Law[];
}

/**
 * Draws from one law with one stream. All its state is the stream's. One class for all laws, so
 * that call sites see one shape. A law with a fault is a fault of the program.
 */
export class Sampler {
  /** The mean of the law, in its unit: of the cut law for `normal`; may be Infinity. */
  readonly mean: number;
  /** Whether every draw is the same number; then no draw touches the stream. */
  readonly isConstant: boolean;
  /** That number, or NaN where draws differ. */
  readonly constantValue: number;
  private readonly law: Law;
  private readonly stream: Stream;

  constructor(spec: DistributionSpec, stream: Stream) {
    const fault = distributionFault(spec);
    assert(fault === undefined, `a ${spec.kind} law cannot be drawn from: ${fault}`);
    this.law = lawOf(spec);
    this.stream = stream;
    this.mean = distributionMean(spec);
    this.isConstant = this.law.code === CONSTANT;
    this.constantValue = this.isConstant ? this.law.scale : NaN;
  }

  /** One draw: a number ≥ 0 in the unit of the law. */
  next(): number {
    // The two laws drawn most, before the switch, small enough to be inlined at call sites.
    const law = this.law;
    if (law.code === EXPONENTIAL) return law.scale * this.stream.exponential();
    if (law.code === CONSTANT) return law.scale;
    return drawFromLaw(law, this.stream);
  }

  /** One draw rounded once to the nearest integer: 0 to 2^52, where a longer one is cut. */
  duration(): number {
    return Math.min(Math.floor(this.next() + 0.5), DURATION_MAX);
  }
}

function drawFromLaw(law: Law, stream: Stream): number {
  switch (law.code) {
    case CONSTANT:
      return law.scale;
    case EXPONENTIAL:
      return law.scale * stream.exponential();
    case LOGNORMAL: // shape: sigma
      return law.scale * exp(law.shape * stream.normal());
    case UNIFORM: // shape: low / (high − low)
      return law.scale * (law.shape + stream.uniform());
    case NORMAL: // shape: mean / deviation
      for (;;) {
        const multiple = law.shape + stream.normal();
        if (multiple >= 0) return law.scale * multiple;
      }
    case ERLANG: {
      let total = 0;
      for (let stage = law.shape; stage > 0; stage -= 1) total += stream.exponential();
      return law.scale * total;
    }
    case GAMMA:
      return law.scale * drawGamma(law.shape, stream);
    case WEIBULL: // shape: 1 / shape; the inverse of P(X > x) at exp(−E), E exponential
      return law.scale * pow(stream.exponential(), law.shape);
    case PARETO: // shape: 1 / shape; the same
      return law.scale * exp(stream.exponential() * law.shape);
    default:
      return drawFromLaw(law.branches[drawFromAliasTable(law.choice!, stream)]!, stream);
  }
}

/**
 * A gamma variable of scale 1. A shape below 1 is drawn at shape + 1 and shrunk by U^(1/shape).
 *
 * Source: G. Marsaglia, W. Tsang, A simple method for generating gamma variables, 2000.
 */
function drawGamma(shape: number, stream: Stream): number {
  if (shape < 1) return drawGamma(shape + 1, stream) * exp(-stream.exponential() / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.uniform();
    const xx = x * x;
    if (u < 1 - 0.0331 * xx * xx) return d * v;
    if (log(u) < 0.5 * xx + d * (1 - v + log(v))) return d * v;
  }
}

function lawOf(spec: DistributionSpec): Law {
  switch (spec.kind) {
    case 'constant':
      return constantLaw(spec.value);
    case 'uniform': {
      const width = spec.high - spec.low;
      return width === 0 ? constantLaw(spec.low) : simpleLaw(UNIFORM, width, spec.low / width);
    }
    case 'exponential':
      return simpleLaw(EXPONENTIAL, spec.mean, 0);
    case 'normal':
      if (spec.deviation === 0) return constantLaw(spec.mean);
      return simpleLaw(NORMAL, spec.deviation, spec.mean / spec.deviation);
    case 'lognormal':
      if (spec.sigma === 0) return constantLaw(spec.median);
      return simpleLaw(LOGNORMAL, spec.median, spec.sigma);
    case 'gamma':
      return simpleLaw(GAMMA, spec.mean / spec.shape, spec.shape);
    case 'erlang': {
      const code = spec.stages <= ERLANG_STAGES_SUMMED_MAX ? ERLANG : GAMMA;
      return simpleLaw(code, spec.mean / spec.stages, spec.stages);
    }
    case 'hyper-exponential':
      return branchedLaw(
        spec.weights,
        spec.means.map((mean) => simpleLaw(EXPONENTIAL, mean, 0)),
      );
    case 'weibull': {
      const scale = spec.mean / gammaFunction(1 + 1 / spec.shape);
      return simpleLaw(WEIBULL, scale, 1 / spec.shape);
    }
    case 'pareto':
      return simpleLaw(PARETO, spec.minimum, 1 / spec.shape);
    case 'mixture':
      return branchedLaw(spec.weights, spec.parts.map(lawOf));
    case 'empirical':
      return branchedLaw(weightsOf(spec), spec.values.map(constantLaw));
    default:
      return assertNever(spec);
  }
}

/** A law of one branch. Scaled by zero it is constant, which also spares the stream. */
function simpleLaw(code: number, scale: number, shape: number): Law {
  const effective = scale === 0 ? CONSTANT : code;
  return Object.freeze({ code: effective, scale, shape, choice: undefined, branches: NO_BRANCHES });
}

function constantLaw(value: number): Law {
  return simpleLaw(CONSTANT, value, 0);
}

function branchedLaw(weights: readonly number[], branches: readonly Law[]): Law {
  if (branches.length === 1) return branches[0]!;
  const choice = buildAliasTable(weights);
  return Object.freeze({ code: BRANCHES, scale: 0, shape: 0, choice, branches });
}

const NO_BRANCHES: readonly Law[] = Object.freeze([]);

function square(x: number): number {
  return x * x;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Branches of weight zero do not count, however infinite their mean. */
function weightedMean(weights: readonly number[], means: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < means.length; i += 1) {
    if (weights[i]! > 0) total += weights[i]! * means[i]!;
  }
  return total / sum(weights);
}

/** Variance within the branches plus the variance of their means. */
function weightedVariance(
  weights: readonly number[],
  means: readonly number[],
  variances: readonly number[],
): number {
  const mean = weightedMean(weights, means);
  if (mean === Infinity) return Infinity;
  let total = 0;
  for (let i = 0; i < means.length; i += 1) {
    if (weights[i]! > 0) total += weights[i]! * (variances[i]! + square(means[i]! - mean));
  }
  return total / sum(weights);
}
