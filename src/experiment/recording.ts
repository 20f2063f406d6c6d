/**
 * A recording is an experiment that one can go back in: it takes checkpoints on its way and comes
 * to any time by restoring one before it and running on, which gives the same run again. A person
 * may put another list of faults in: what was played after the first difference is forgotten.
 */

import { Checkpoint } from '../kernel/checkpoint.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Experiment } from './experiment.ts';
import { Marks } from './marks.ts';

/** Events between two checkpoints, at least. */
const EVENTS_BETWEEN = 50_000;
/** A large state takes longer to look through; so many bytes are worth one event more. */
const BYTES_AN_EVENT = 160;
/** What all checkpoints together may take, unless told otherwise. */
const BYTES_MAX = 256 * 1024 * 1024;

export class Recording {
  readonly experiment: Experiment;
  /** The furthest time that has been played with the present list of faults, ns. */
  frontier = 0;
  /** No state of the run: it holds wherever the present is. */
  private scenario: Scenario;
  private readonly marks: Marks;
  private whole = true;

  /** `bytesMax`: how much memory the checkpoints may take. */
  constructor(experiment: Experiment, bytesMax = BYTES_MAX) {
    this.experiment = experiment;
    this.scenario = experiment.scenario;
    this.marks = new Marks(bytesMax, this.take(null));
  }

  /** Simulated time, ns. */
  get time(): number {
    return this.experiment.run.time;
  }

  /**
   * True when the events before `time` have been handled and none at it, as always but after a
   * single step into a nanosecond with several: then there is one state for each time.
   */
  get isWhole(): boolean {
    return this.whole;
  }

  /** Bytes that the checkpoints take together. */
  get bytes(): number {
    return this.marks.bytes;
  }

  /** How many checkpoints there are. */
  get checkpoints(): number {
    return this.marks.count;
  }

  /**
   * As `Run.advance`, with checkpoints on the way, but the nanosecond in which `maxEvents` are met
   * is played to its end: wherever it stops, it stops between two nanoseconds.
   */
  advance(until: number, maxEvents = Infinity): boolean {
    const { run } = this.experiment;
    const { simulation } = run.world;
    // The rest of a nanosecond is still to come even when nothing but it is asked for.
    if (until <= run.time && !this.whole) return true;
    let left = maxEvents;
    for (;;) {
      const before = simulation.events;
      const toMark = Math.max(1, this.nextMarkAt - before);
      this.whole = run.advance(until, Math.min(left, toMark)) || run.advance(run.time + 1);
      left -= simulation.events - before;
      this.frontier = Math.max(this.frontier, run.time);
      if (simulation.events >= this.nextMarkAt && run.ending === null) this.mark();
      if (run.time >= until || run.ending !== null) return true;
      if (left <= 0) return false;
    }
  }

  /** One event, and to the end of its nanosecond when it was the last one in it. */
  step(): void {
    const { run } = this.experiment;
    this.whole = run.advance(Infinity, 1) || run.advance(run.time + 1, 0);
    this.frontier = Math.max(this.frontier, run.time);
  }

  /**
   * Goes to where the least is left to play to a time, ns: to the last checkpoint before it, or
   * nowhere when the present is nearer. True when it went. `advance` then leads to the time.
   */
  approach(time: number): boolean {
    const mark = this.marks.before(time);
    const isNear = this.whole ? this.time <= time : this.time < time;
    if (isNear && mark.time <= this.time) return false;
    this.restore(mark.checkpoint);
    return true;
  }

  /**
   * From `at` ns on the faults of another scenario hold, which differs in nothing else, and in
   * nothing before `at`. Afterwards the present is before `at`, or where it was if that is earlier.
   */
  fork(at: number, scenario: Scenario): void {
    this.scenario = scenario;
    this.frontier = Math.min(this.frontier, at);
    this.marks.forgetFrom(at);
    if (this.time >= at) this.restore(this.marks.before(at).checkpoint);
    else this.applyScenario();
  }

  /**
   * Lets `work` move the experiment about, from a checkpoint not after `from` ns on, and puts the
   * present back afterwards. For looking closer at what has been played.
   */
  aside<Result>(from: number, work: (experiment: Experiment) => Result): Result {
    const present = new Checkpoint(this.experiment, this.marks.last.checkpoint);
    const { whole } = this;
    this.restore(this.marks.before(from).checkpoint);
    // Nobody draws what is only looked up; what has been noted for the picture stays.
    this.experiment.run.world.hops.mute();
    try {
      return work(this.experiment);
    } finally {
      this.restore(present);
      this.whole = whole;
    }
  }

  /** Events run at which the next checkpoint is taken; there are none behind the last one. */
  private get nextMarkAt(): number {
    const { last } = this.marks;
    const wait = last.checkpoint.bytes / BYTES_AN_EVENT;
    return last.events + Math.max(EVENTS_BETWEEN, wait);
  }

  private restore(checkpoint: Checkpoint): void {
    checkpoint.restore();
    this.applyScenario();
    this.whole = true;
  }

  /** What is still to come may have changed since a checkpoint was taken. */
  private applyScenario(): void {
    const { experiment, scenario } = this;
    experiment.scenario = scenario;
    experiment.run.faults.plan(scenario.plan.faults);
  }

  private mark(): void {
    this.marks.add(this.take(this.marks.last.checkpoint));
  }

  private take(previous: Checkpoint | null) {
    const { run } = this.experiment;
    const checkpoint = new Checkpoint(this.experiment, previous);
    return { time: run.time, events: run.world.simulation.events, checkpoint };
  }
}
