/** A case of theory: a design whose behaviour is known without simulating it. */

export interface TheoryCase {
  /** Name of the scenario file in `cases/`, which says what is modelled and by whom it was solved. */
  readonly id: string;
  /** Requests, after the warm-up, that the tolerances speak of and that the file's duration gives. */
  readonly requests: number;
  /**
   * What theory says, by metric: a claim without its comparison, or `unavailability`. Times in ms,
   * rates a second. The tolerance is relative: four standard deviations of what is measured.
   */
  readonly expect: Readonly<Record<string, Expected>>;
}

export type Expected = readonly [value: number, tolerance: number];
