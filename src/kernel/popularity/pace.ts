/** How often something moves: each so many draws, or each so many nanoseconds of the run. */
export type Every = { readonly requests: number } | { readonly ns: number };

/** Counts the moves of a popularity that does not stand still. */
export class Pace {
  /** Moves until the last draw. */
  moves = 0;
  private readonly every: number;
  private readonly isTimed: boolean;
  private draws = 0;

  constructor(every: Every) {
    this.isTimed = 'ns' in every;
    this.every = 'ns' in every ? every.ns : every.requests;
  }

  /** Moves until this draw. */
  advance(now: number): number {
    this.moves = Math.floor((this.isTimed ? now : this.draws++) / this.every);
    return this.moves;
  }
}
