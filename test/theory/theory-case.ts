/**
 * A case of theory: something whose behaviour is known without this program, by a formula, a
 * published table or a count that anybody can repeat. Numbers and tolerances were collected, with
 * their sources, before anything here was measured against them.
 */

import type { Finding } from './finding.ts';

export type TheoryCase = DesignCase | MeasuredCase;

/** A design in a scenario file, of which metrics of the claim language are known. */
export interface DesignCase {
  /** In lower case the name of its file in `cases/`, which says what is modelled. */
  readonly id: string;
  /** Requests after the warm-up that the tolerances speak of and that the file is long enough for. */
  readonly requests: number;
  /** Requests of the ordinary suite where it runs more than usual, or fewer. */
  readonly ordinaryRequests?: number;
  /** Calls that one request makes, where these are many: for the order in which cases start. */
  readonly calls?: number;
  /**
   * What theory says, by metric: a claim without its comparison, or `unavailability`, which is what
   * availability lacks of 1. Times are in ms, rates in requests a second.
   */
  readonly expect: Readonly<Record<string, Expected>>;
  /** Further numbers for the same metrics; looked at when the file runs at its full length. */
  readonly also?: readonly Further[];
  /** What the case has that is not measured here, and why; a case without it is whole. */
  readonly lacks?: string;
  /** Why it misses, where it is known to; a case that holds after all fails its test. */
  readonly misses?: string;
}

/**
 * The tolerance is relative: four standard deviations of the estimate, found with an independent
 * simulator in 4 to 30 replications and enlarged for the uncertainty of a deviation from so few.
 */
type Expected = readonly [value: number, tolerance: number];

/** Another opinion on a metric, such as a known approximation or a limit. */
export interface Further {
  readonly metric: string;
  /** Whose number it is, in a word or two. */
  readonly by: string;
  readonly value: number;
  /** Relative. */
  readonly tolerance: number;
  /** True: the number is a bound from below. */
  readonly isFloor?: boolean;
}

/** A case that takes more than one run, or none: code that measures parts of the program. */
export interface MeasuredCase {
  readonly id: string;
  readonly title: string;
  /** What is measured and how, then `Theory:` and whose it is. */
  readonly about: string;
  /** Names of the scenario files in `cases/` that it runs, without their ending. */
  readonly files?: readonly string[];
  /** About how long it takes at full length, s: for the order in which cases start. */
  readonly seconds: number;
  /** Share of the full length that the ordinary suite runs; all of it where left out. */
  readonly ordinaryShare?: number;
  readonly lacks?: string;
  readonly misses?: string;
  readonly measure: (options: MeasureOptions) => readonly Finding[];
}

export interface MeasureOptions {
  readonly seed: string;
  /** Share of the full length, above 0; tolerances widen by its root, which is how chance shrinks. */
  readonly share: number;
}

export function isDesign(theory: TheoryCase): theory is DesignCase {
  return 'expect' in theory;
}
