/**
 * A recording is an experiment that one can go back in: it takes checkpoints on its way and comes to
 * any time by restoring the one before it and running on, which gives the same run again.
 */

import { Checkpoint } from '../kernel/checkpoint.ts';
import { Experiment } from './experiment.ts';

/** Events between two checkpoints. */
const EVENTS_BETWEEN = 60_000;

interface Mark {
  /** ns */
  readonly time: number;
  readonly checkpoint: Checkpoint;
}

export class Recording {
  readonly experiment: Experiment;
  /** The furthest time that has been played, ns. */
  frontier = 0;
  private readonly marks: Mark[] = [];
  private nextMarkAt = 0;

  constructor(experiment: Experiment) {
    this.experiment = experiment;
    this.mark();
  }

  /** Simulated time, ns. */
  get time(): number {
    return this.experiment.run.time;
  }

  /** As `Run.advance`, with checkpoints on the way. */
  advance(until: number, maxEvents = Infinity): boolean {
    const { run } = this.experiment;
    const { simulation } = run.world;
    let left = maxEvents;
    for (;;) {
      const before = simulation.events;
      const step = Math.min(left, Math.max(1, this.nextMarkAt - before));
      const reached = run.advance(until, step);
      left -= simulation.events - before;
      this.frontier = Math.max(this.frontier, run.time);
      if (simulation.events >= this.nextMarkAt && run.ending === null) this.mark();
      if (reached) return true;
      if (left <= 0) return false;
    }
  }

  /** Goes back to the last checkpoint not after a time, ns; does nothing when that lies ahead. */
  rewindBefore(time: number): void {
    const mark = this.markBefore(time);
    mark.checkpoint.restore();
    this.nextMarkAt = this.experiment.run.world.simulation.events + EVENTS_BETWEEN;
  }

  /**
   * Lets `work` move the experiment about, from a checkpoint not after `from` ns on, and puts the
   * present back afterwards. For looking closer at what has been played.
   */
  aside<Result>(from: number, work: (experiment: Experiment) => Result): Result {
    const present = new Checkpoint(this.experiment);
    this.markBefore(from).checkpoint.restore();
    try {
      return work(this.experiment);
    } finally {
      present.restore();
    }
  }

  private markBefore(time: number): Mark {
    return this.marks.filter((mark) => mark.time <= time).at(-1) ?? this.marks[0]!;
  }

  private mark(): void {
    const { run } = this.experiment;
    this.nextMarkAt = run.world.simulation.events + EVENTS_BETWEEN;
    const last = this.marks.at(-1);
    if (last !== undefined && last.time >= run.time) return;
    this.marks.push({ time: run.time, checkpoint: new Checkpoint(this.experiment) });
  }
}
