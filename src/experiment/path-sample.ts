/**
 * A sample of the critical paths of all requests of a run, gathered while it is played. It holds
 * every request at first and, whenever it has grown too large, one in twice as many: those whose
 * numbers hash low, so that what is left is the sample that would have been taken from the start.
 * What it costs is bounded however long the run is, and the run is the same with it or without.
 */

import { sampleHash } from '../model/hop-log.ts';
import type { Experiment } from './experiment.ts';
import { handOver } from './replay.ts';
import { RequestPaths } from './request-paths.ts';
import type { RequestPath } from './request-paths.ts';

/** Events between two looks at the log; some 100,000 notes. */
const SLICE_EVENTS = 50_000;

export class PathSample {
  private readonly experiment: Experiment;
  private readonly limit: number;
  private readonly requestPaths: RequestPaths;
  private kept: RequestPath[] = [];
  private oneIn = 1;
  /** Requests that ended up to then have been seen, ns. */
  private seenUntil = 0;

  /** `limit`: how many paths it keeps; half as many at the least, once it has been full. */
  constructor(experiment: Experiment, limit: number) {
    this.experiment = experiment;
    this.limit = limit;
    this.requestPaths = new RequestPaths(experiment.run.world, (path) => {
      if (path.end >= this.seenUntil && this.isSampled(path.request)) this.kept.push(path);
    });
  }

  /** Each stands for as many requests as its weight says. */
  get paths(): readonly RequestPath[] {
    return this.kept.map((path) => ({ ...path, weight: this.oneIn }));
  }

  /** How many there are. */
  get size(): number {
    return this.kept.length;
  }

  /**
   * Lets the run go on by `eventsMax` events at the most and gathers what there is. `advance` does
   * it, some events at a time, and says whether its goal was reached; so does this.
   */
  advance(eventsMax: number, advance: (eventsMax: number) => boolean): boolean {
    const { simulation } = this.experiment.run.world;
    let left = eventsMax;
    while (left > 0) {
      const before = simulation.events;
      this.watch();
      const isThere = advance(Math.min(left, SLICE_EVENTS));
      this.gather();
      if (isThere) return true;
      left -= simulation.events - before;
    }
    return false;
  }

  /** The present has been moved: what was under way will be seen again, from its start or not. */
  moved(): void {
    this.requestPaths.forget();
  }

  /** From a time on, ns, the future is another one. */
  forgetFrom(time: number): void {
    this.kept = this.kept.filter(({ end }) => end < time);
    this.seenUntil = Math.min(this.seenUntil, time);
  }

  /** Whatever a checkpoint, or a question, has left behind in the log is none of this. */
  private watch(): void {
    const { spans } = this.experiment.run.world.calls;
    spans.drain();
    spans.watchOneIn(this.oneIn);
  }

  private gather(): void {
    const { run } = this.experiment;
    const isShort = run.world.calls.spans.dropped > 0;
    handOver(run.world, (note) => this.requestPaths.take(note));
    this.seenUntil = Math.max(this.seenUntil, run.time);
    // What is under way lacks some of its notes when there was no room for them.
    if (isShort) this.requestPaths.forget();
    if (isShort) this.halve();
    while (this.kept.length > this.limit) this.halve();
  }

  private halve(): void {
    this.oneIn *= 2;
    this.kept = this.kept.filter(({ request }) => this.isSampled(request));
    this.requestPaths.forget((request) => this.isSampled(request));
  }

  private isSampled(request: number): boolean {
    return sampleHash(request) < 4294967296 / this.oneIn;
  }
}
