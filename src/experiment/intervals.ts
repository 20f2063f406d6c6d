/**
 * How far a number measured in one run may be from what the design would show in the long run:
 * 95 % intervals for ratios of sums over time, such as failures over requests or waiting over time.
 *
 * The run is divided into strata at everything that happened to the design, such as a fault and the
 * promotion that ends it. What the scenario lays down is no chance, so a difference between strata
 * is not counted as scatter; inside each stratum the scatter is that between neighbouring batches,
 * which a slow trend hardly touches.
 *
 * Source: J. von Neumann et al., The mean square successive difference, 1941 (scatter and its
 * degrees of freedom); W. Cochran, Sampling techniques, 1977, chapters 5 and 6 (strata, ratios);
 * F. Satterthwaite, An approximate distribution of estimates of variance components, 1946.
 */

import { NORMAL_95, student95 } from '../base/student.ts';

/** Batches that a run without happenings is divided into. */
const BATCHES = 20;

/** A short stratum still shows this many batches where it has as many pieces. */
const BATCHES_OF_A_STRATUM = 10;

export interface Interval {
  readonly low: number;
  /** Infinity: the evidence sets no upper bound. */
  readonly high: number;
}

/** Sums over a piece of time, from window `from` up to window `to`. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Half the width of the 95 % interval of Σ numerator ÷ Σ denominator; NaN when the pieces are too
 * few to show any scatter. `happenings`: when something happened, in windows, ascending.
 */
export function halfWidth(pieces: readonly Piece[], happenings: readonly number[]): number {
  const all = sumOf(pieces, 'denominator');
  if (!(all > 0)) return NaN;
  const longest = Math.max(1, Math.floor(pieces.length / BATCHES));
  const short: { weight: number; pieces: number }[] = [];
  let variance = 0;
  let uncertainty = 0;
  let scatter = 0;
  let seen = 0;
  for (const stratum of strataOf(pieces, happenings)) {
    const weight = sumOf(stratum, 'denominator') / all;
    const length = Math.max(
      1,
      Math.min(longest, Math.floor(stratum.length / BATCHES_OF_A_STRATUM)),
    );
    const ratios = batchRatios(stratum, length);
    const freedom = freedomOf(ratios.length);
    if (freedom === 0) {
      short.push({ weight, pieces: stratum.length });
      continue;
    }
    const squares = meanSquareSuccessiveDifference(ratios) / 2;
    const part = (weight * weight * squares) / ratios.length;
    variance += part;
    uncertainty += (part * part) / freedom;
    scatter += squares * length * stratum.length;
    seen += stratum.length;
  }
  if (seen === 0) return NaN;
  // What is too short to show its own scatter is given the mean scatter of the rest.
  for (const { weight, pieces: count } of short) {
    variance += (weight * weight * scatter) / seen / count;
  }
  if (variance === 0) return 0;
  return student95((variance * variance) / uncertainty) * Math.sqrt(variance);
}

/**
 * The 95 % interval of a share of independent trials: what chance alone leaves open even when
 * nothing scatters, as when no request has failed yet.
 *
 * Source: E. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
 */
export function shareInterval(share: number, trials: number): Interval {
  const square = (NORMAL_95 * NORMAL_95) / trials;
  const centre = (share + square / 2) / (1 + square);
  const half =
    (NORMAL_95 * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Half the width of the interval of a share, were the trials independent. */
export function shareHalfWidth(share: number, trials: number): number {
  return NORMAL_95 * Math.sqrt((share * (1 - share)) / trials);
}

/**
 * Pieces in runs between which nothing happened. A piece in the middle of which something happened
 * is neither before nor after it and stands alone.
 */
function strataOf(pieces: readonly Piece[], happenings: readonly number[]): Piece[][] {
  const strata: Piece[][] = [];
  let open: Piece[] | null = null;
  let next = 0;
  for (const piece of pieces) {
    while (next < happenings.length && happenings[next]! < piece.from) next++;
    if (happenings[next] === piece.from) open = null;
    while (happenings[next] === piece.from) next++;
    const isMixed = next < happenings.length && happenings[next]! < piece.to;
    if (open === null || isMixed) strata.push((open = []));
    open.push(piece);
    if (isMixed) open = null;
  }
  return strata;
}

/** Ratios of batches of `length` pieces; a rest at the end and batches of nothing are left out. */
function batchRatios(stratum: readonly Piece[], length: number): number[] {
  const ratios: number[] = [];
  for (let start = 0; start + length <= stratum.length; start += length) {
    const batch = stratum.slice(start, start + length);
    const denominator = sumOf(batch, 'denominator');
    if (denominator > 0) ratios.push(sumOf(batch, 'numerator') / denominator);
  }
  return ratios;
}

function meanSquareSuccessiveDifference(values: readonly number[]): number {
  let sum = 0;
  for (let at = 1; at < values.length; at++) {
    const difference = values[at]! - values[at - 1]!;
    sum += difference * difference;
  }
  return sum / (values.length - 1);
}

/** Degrees of freedom of the scatter of `count` neighbours; 0 when they show none. */
function freedomOf(count: number): number {
  return count < 2 ? 0 : (2 * (count - 1) * (count - 1)) / (3 * count - 4);
}

function sumOf(pieces: readonly Piece[], side: 'numerator' | 'denominator'): number {
  let sum = 0;
  for (const piece of pieces) sum += piece[side];
  return sum;
}
