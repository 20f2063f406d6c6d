/** A case of theory: a design whose behaviour is known without simulating it. */

export interface TheoryCase {
  /** Name of the scenario file in `cases/`, which says what is modelled and whose theory it is. */
  readonly id: string;
  /** Requests after the warm-up that the tolerances speak of and that the file is long enough for. */
  readonly requests: number;
  /** Requests of the ordinary suite where it runs more than usual, or fewer. */
  readonly ordinaryRequests?: number;
  /**
   * What theory says, by metric: a claim without its comparison, or `unavailability`, which is what
   * availability lacks of 1. Times are in ms, rates in requests a second.
   */
  readonly expect: Readonly<Record<string, Expected>>;
}

/**
 * The tolerance is relative: four standard deviations of the estimate, found with an independent
 * simulator in 4 to 30 replications and enlarged for the uncertainty of a deviation from so few.
 */
export type Expected = readonly [value: number, tolerance: number];
