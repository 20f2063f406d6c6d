/**
 * What can be wrong with the numbers of a law. Nothing is thrown: a scenario file's faults are
 * collected and shown.
 */
import { assertNever } from '../base/assert.ts';
import type { DistributionSpec } from './distribution-spec.ts';

/** Below it the moments of a Weibull law leave the range of a double. */
const WEIBULL_SHAPE_MIN = 0.02;

/**
 * What is wrong with the numbers of a law, as a sentence that names the field, or undefined when
 * nothing is. Reading a scenario asks this first; drawing from
 * a law asserts it.
 */
export function distributionFault(spec: DistributionSpec): string | undefined {
  switch (spec.kind) {
    case 'constant':
      return notNegative('value', spec.value);
    case 'uniform':
      return (
        notNegative('low', spec.low) ??
        notNegative('high', spec.high) ??
        (spec.high < spec.low ? 'high is below low' : undefined)
      );
    case 'exponential':
      return notNegative('mean', spec.mean);
    case 'normal':
      return notNegative('mean', spec.mean) ?? notNegative('deviation', spec.deviation);
    case 'lognormal':
      return positive('median', spec.median) ?? notNegative('sigma', spec.sigma);
    case 'gamma':
      return positive('shape', spec.shape) ?? notNegative('mean', spec.mean);
    case 'erlang':
      return (
        positive('stages', spec.stages) ??
        (Number.isInteger(spec.stages) ? undefined : 'stages is not a whole number') ??
        notNegative('mean', spec.mean)
      );
    case 'hyper-exponential':
      return (
        weightsFault(spec.weights, 'means', spec.means.length) ??
        firstFault(spec.means, (mean) => notNegative('a mean', mean))
      );
    case 'weibull':
      return (
        positive('shape', spec.shape) ??
        (spec.shape < WEIBULL_SHAPE_MIN ? `shape is below ${WEIBULL_SHAPE_MIN}` : undefined) ??
        notNegative('mean', spec.mean)
      );
    case 'pareto':
      return positive('shape', spec.shape) ?? notNegative('minimum', spec.minimum);
    case 'mixture':
      return (
        weightsFault(spec.weights, 'parts', spec.parts.length) ??
        firstFault(spec.parts, distributionFault)
      );
    case 'empirical':
      return (
        (spec.weights === undefined && spec.values.length > 0
          ? undefined
          : weightsFault(spec.weights ?? [], 'values', spec.values.length)) ??
        firstFault(spec.values, (value) => notNegative('a value', value))
      );
    default:
      return assertNever(spec);
  }
}

function notNegative(field: string, value: number): string | undefined {
  return value >= 0 && value < Infinity ? undefined : `${field} is ${value}, not 0 or more`;
}

function positive(field: string, value: number): string | undefined {
  return value > 0 && value < Infinity ? undefined : `${field} is ${value}, not above 0`;
}

function firstFault<T>(
  list: readonly T[],
  faultOf: (item: T) => string | undefined,
): string | undefined {
  for (const item of list) {
    const fault = faultOf(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function weightsFault(
  weights: readonly number[],
  partner: string,
  partners: number,
): string | undefined {
  if (partners === 0) return `${partner} is empty`;
  if (weights.length !== partners) {
    return `weights has ${weights.length} entries, ${partner} has ${partners}`;
  }
  return (
    firstFault(weights, (weight) => notNegative('a weight', weight)) ??
    positive(
      'the sum of the weights',
      weights.reduce((total, weight) => total + weight, 0),
    )
  );
}
