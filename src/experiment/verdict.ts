/**
 * Verdicts. A requirement is about the design, of which the run is one sample: it passes or fails
 * when its whole 95 % interval is on one side of the bound, and otherwise the evidence is not
 * enough. An expectation is about this very run, so its measured value itself is compared.
 */

import { assert, assertNever } from '../base/assert.ts';
import { formatDuration } from '../base/format-units.ts';
import type { Claim, Comparator } from '../scenario/claims.ts';
import type { Experiment } from './experiment.ts';
import { measureComponent, placeOf } from './component-metrics.ts';
import { measureClients } from './client-metrics.ts';
import { measureCost } from './cost.ts';
import { measureKind } from './kind-metrics.ts';
import type { Measurement } from './measurement.ts';
import { measureRequests } from './request-metrics.ts';
import { measureShadow } from './shadow-metrics.ts';
import { lengthNs, spanOf } from './span.ts';
import { estimateText, inResultUnit, resultUnit } from './wording.ts';
import type { ClaimResult, ExpectationResult, RequirementResult, Verdict } from './result-types.ts';

/** Runs longer than this are not recommended, ns: 30 days. */
const LONGEST_ADVICE_NS = 2_592_000e9;

/** Measures what a claim speaks of, as far as the run has come. */
export function measure(experiment: Experiment, claim: Claim): Measurement {
  const { run } = experiment;
  const { metric, subject, subjectKind } = claim;
  const span = spanOf(run, claim);
  if (metric === 'cost') return measureCost(run, subject, span);
  if (claim.shadow !== undefined) return measureShadow(run, subject!, claim.shadow, span);
  const ofKind = measureKind(run, metric, subject, span);
  if (ofKind !== null) return ofKind;
  const ofClients = measureClients(run, metric, subject, span);
  if (ofClients !== null) return ofClients;
  const measurement =
    subjectKind === 'component'
      ? measureComponent(experiment, metric, placeOf(run, subject!), span)
      : measureRequests(experiment, metric, claim, span);
  assert(measurement !== null, `There is no way to measure ${metric}.`);
  return measurement;
}

export function judgeRequirement(experiment: Experiment, claim: Claim): RequirementResult {
  const measurement = measure(experiment, claim);
  const verdict = verdictOf(measurement, claim);
  const note =
    verdict === 'NOT ENOUGH EVIDENCE' && measurement.note === null
      ? adviceFor(experiment, claim, measurement)
      : measurement.note;
  return { verdict, ...claimResult(claim, measurement, note) };
}

/** An expectation of which nothing could be measured does not hold. */
export function judgeExpectation(experiment: Experiment, claim: Claim): ExpectationResult {
  const measurement = measure(experiment, claim);
  const holds =
    !Number.isNaN(measurement.value) && compare(measurement.value, claim.comparator, claim.value);
  const measured = { ...measurement, interval: null };
  return { holds, ...claimResult(claim, measured, measurement.note) };
}

/** What a measurement says of a bound. */
export function verdictOf(
  { value, isExact, interval }: Measurement,
  { comparator, value: bound }: Pick<Claim, 'comparator' | 'value'>,
): Verdict {
  if (Number.isNaN(value)) return 'NOT ENOUGH EVIDENCE';
  if (isExact) return compare(value, comparator, bound) ? 'PASS' : 'FAIL';
  if (interval === null) return 'NOT ENOUGH EVIDENCE';
  const { low, high } = interval;
  const isInside = low <= bound && bound <= high;
  switch (comparator) {
    case '=':
    case '!=': {
      const isPoint = low === high;
      if (isInside && !isPoint) return 'NOT ENOUGH EVIDENCE';
      return isInside === (comparator === '=') ? 'PASS' : 'FAIL';
    }
    default: {
      const atLow = compare(low, comparator, bound);
      const atHigh = compare(high, comparator, bound);
      if (atLow !== atHigh) return 'NOT ENOUGH EVIDENCE';
      return atLow ? 'PASS' : 'FAIL';
    }
  }
}

function compare(value: number, comparator: Comparator, bound: number): boolean {
  switch (comparator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
    case '!=':
      return value !== bound;
    default:
      return assertNever(comparator);
  }
}

function claimResult(
  { text, line, metric, subject, unit, comparator, value }: Claim,
  { value: measured, interval }: Measurement,
  note: string | null,
): ClaimResult {
  const scaled = (ns: number) => inResultUnit(ns, unit);
  const inUnit =
    interval === null ? null : { low: scaled(interval.low), high: scaled(interval.high) };
  const known = Number.isNaN(measured) ? null : scaled(measured);
  return {
    text,
    line,
    metric,
    subject,
    unit: resultUnit(unit),
    comparator,
    bound: scaled(value),
    measured: known,
    measuredText: estimateText(known, inUnit, resultUnit(unit)),
    interval: inUnit === null ? null : [inUnit.low, inUnit.high === Infinity ? null : inUnit.high],
    note,
  };
}

/**
 * How long a run would bring the interval clear of the bound, were the measured value the true
 * one: intervals shrink with the square root of the time.
 */
function adviceFor({ run }: Experiment, claim: Claim, measurement: Measurement): string {
  const { value, interval } = measurement;
  if (interval === null) return 'too little was seen to tell chance from rule';
  if (value === claim.value) return 'the measured value is the bound itself';
  if (claim.fromNs !== null || claim.toNs !== null) {
    return 'the time looked at is too short; other seeds would show more of it';
  }
  const span = lengthNs(run, spanOf(run, claim));
  const reach = claim.value > value ? interval.high - value : value - interval.low;
  const distance = Math.abs(claim.value - value);
  if (reach === Infinity) return 'too few requests lie above it to bound it; a longer run would';
  const times = reach / distance;
  // What chance leaves open of a share that has met no exception shrinks with the time itself.
  const isSpotless = claim.unit === 'share' && (value === 0 || value === 1);
  const needed = run.world.plan.warmUpNs + span * (isSpotless ? times : times * times);
  if (!(needed < LONGEST_ADVICE_NS)) return 'more than 30 days of run would be needed to settle it';
  return `about ${formatDuration(roundedUp(needed))} of run would settle it`;
}

/** Up to a round number: tens of seconds, then minutes, then hours. */
function roundedUp(ns: number): number {
  const grain = ns < 600e9 ? 10e9 : ns < 7_200e9 ? 60e9 : 3_600e9;
  return Math.ceil(ns / grain) * grain;
}
