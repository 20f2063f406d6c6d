/**
 * The loop that drives an engine in short slices, so that commands get in between, and reports in
 * frames: at the pace of the clock while it plays, as fast as it can on a journey to another time.
 */

import { HOP_STRIDE, type Frame } from '../protocol/frame.ts';
import { Driver, isBehind } from './driver.ts';
import type { Engine } from './engine.ts';
import { FrameBuilder } from './frame-builder.ts';
import { Journey, type JourneyKind } from './journey.ts';
import { Pacer } from './pacer.ts';
import type { Found, Lookout } from './run-until.ts';
import { Sampler } from './sampler.ts';

export interface LoopSurroundings {
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Calls back as soon as waiting commands have been served. */
  readonly soon: (callback: () => void) => void;
  readonly later: (callback: () => void, ms: number) => void;
  readonly post: (frame: Frame) => void;
}

const sliceMs = 10;
/** At most 30 frames a second. */
const frameMs = 1000 / 30;
/** On a journey fewer do: nobody can follow it, and pictures take time from it. */
const journeyFrameMs = 100;
/** A run that follows another counts as paused when nothing has come for so long, ms. */
const followedMs = 250;
/** Events between two looks of a search: so many are played once more to find the very one. */
const searchEvents = 2000;

interface Search {
  readonly lookout: Lookout;
  found: Found | null;
  /** A time at which it was not so yet, s. */
  before: number;
}

export class RunLoop {
  private engineValue: Engine | null = null;
  private run = 0;
  private branch = 0;
  private forkedAt = 0;
  /** False until a frame of the present branch has been sent. */
  private isForkTold = true;
  private playing = false;
  private journey: Journey | null = null;
  private search: Search | null = null;
  /** Until then the run counts as playing, because it follows one that does, ms. */
  private followedUntil = -Infinity;
  private scheduled = false;
  private reportComes = false;
  private lastFrameMs = -Infinity;
  /** Frames sent that the page has not taken yet. */
  private unseen = 0;
  private readonly driver: Driver;
  private readonly pacer = new Pacer();
  private readonly sampler = new Sampler();
  private readonly frames = new FrameBuilder();
  private readonly world: LoopSurroundings;

  constructor(world: LoopSurroundings) {
    this.world = world;
    this.driver = new Driver(world.now);
  }

  get engine(): Engine | null {
    return this.engineValue;
  }

  /** Where the run is, or will be at the end of its journey, s. */
  get destination(): number {
    const { journey } = this;
    const time = this.engineValue?.time ?? 0;
    return journey === null || journey.isOpen ? time : journey.target;
  }

  /** True when there is nothing to come after the destination. */
  get isOver(): boolean {
    const { journey } = this;
    return this.engineValue?.ended === true && (journey === null || journey.isOpen);
  }

  /** Another run takes the place of the present one, at its start and standing still. */
  load(engine: Engine): number {
    this.playing = false;
    this.branch = 0;
    this.forkedAt = 0;
    this.isForkTold = true;
    return this.replace(engine);
  }

  /** The same with another design; what was playing goes on when it has come to where it was. */
  replace(engine: Engine): number {
    this.leave();
    this.engineValue = engine;
    this.run += 1;
    this.followedUntil = -Infinity;
    this.pacer.anchor(this.world.now(), engine.time);
    this.sampler.begin(this.world.now());
    this.frames.begin();
    this.sample();
    return this.run;
  }

  /** From `seconds` on the future is another one. */
  fork(seconds: number): void {
    this.branch += 1;
    // Whoever has not heard of the branch before either has to go back to where that one parted.
    this.forkedAt = this.isForkTold ? seconds : Math.min(this.forkedAt, seconds);
    this.isForkTold = false;
  }

  play(): void {
    const { engine } = this;
    if (this.journey?.isOpen === true) this.leave();
    if (engine === null || this.playing) return;
    if (this.journey === null && engine.ended) return;
    this.playing = true;
    // On a journey it plays from its end on.
    if (this.journey === null) this.resume();
  }

  pause(): void {
    const { engine, journey } = this;
    this.playing = false;
    this.followedUntil = -Infinity;
    if (engine === null) return;
    // What leads over new ground may take long, and whoever presses pause wants it to stop.
    const isLong = journey?.kind === 'seek' && engine.time >= journey.knownUntil;
    if (isLong || journey?.isOpen === true) this.leave();
    if (this.journey === null) this.report();
  }

  setSpeed(speed: number): void {
    this.pacer.setSpeed(speed, this.world.now(), this.engineValue?.time ?? 0);
    this.sampler.begin(this.world.now());
    this.sample();
    this.report();
  }

  setDotBudget(dots: number): void {
    this.sampler.setBudget(dots);
    this.sample();
  }

  /**
   * Goes to a time, s, and gives way to whatever is asked for next. True when it came there.
   * `soon`: not before whoever waits for an answer has had it.
   */
  travel(kind: JourneyKind, seconds: number, soon = false): Promise<boolean> {
    const { engine } = this;
    if (engine === null) return Promise.resolve(false);
    this.leave();
    const target = Math.min(Math.max(0, seconds), engine.description.durationSeconds);
    const journey = new Journey(kind, target, engine, this.isFlow || kind === 'finish');
    this.journey = journey;
    const { isWhole, time, seenSince } = engine;
    const isBefore = time < target || (time === target && isWhole);
    journey.isSeen = journey.seenFrom <= time && isBefore && seenSince <= journey.seenFrom;
    if (!journey.isSeen) {
      engine.approach(journey.seenFrom);
      engine.setSampling(Infinity);
    }
    if (soon) this.schedule(0);
    else this.slice();
    return journey.over;
  }

  /** Runs on until it has been found, and goes to that very moment; null when it was not. */
  async searchFor(lookout: Lookout): Promise<Found | null> {
    const { engine } = this;
    if (engine === null) return null;
    this.stop();
    const search: Search = { lookout, found: null, before: engine.time };
    const journey = new Journey('search', Infinity, engine, true);
    this.search = search;
    this.journey = journey;
    engine.setSampling(Infinity);
    this.slice();
    if (!(await journey.over) || search.found === null) return null;
    const { found } = search;
    const isThere = await this.travel('seek', found.seconds ?? search.before);
    if (isThere && found.seconds === null) {
      while (!engine.ended && lookout.look() === null) engine.step();
      this.reportSoon();
    }
    return found;
  }

  /** One event. */
  stepEvent(): void {
    this.stop();
    this.engineValue?.step();
    this.reportSoon();
  }

  /** Goes where another run is; it is that one's clock that counts. */
  async follow(seconds: number, requestsPerDot?: number): Promise<void> {
    this.playing = false;
    if (this.followedUntil === -Infinity) this.sampler.begin(this.world.now());
    if (requestsPerDot !== undefined) {
      this.sampler.keep(requestsPerDot);
      this.sample();
    }
    this.followedUntil = this.world.now() + followedMs;
    if (!(await this.travel('follow', seconds))) return;
    this.world.later(() => {
      if (this.followedUntil === -Infinity || this.world.now() < this.followedUntil) return;
      this.followedUntil = -Infinity;
      if (this.journey === null && !this.playing) this.report();
    }, followedMs + 1);
  }

  /** Stands still where it is. */
  stop(): void {
    this.playing = false;
    this.leave();
  }

  /** To the end of the run, without a frame in between. True when it came there. */
  finish(): Promise<boolean> {
    this.playing = false;
    return this.travel('finish', Infinity);
  }

  /** The page has taken a frame; the next may be sent. */
  frameTaken(): void {
    this.unseen = Math.max(0, this.unseen - 1);
  }

  private resume(): void {
    this.pacer.anchor(this.world.now(), this.engineValue?.time ?? 0);
    this.sampler.begin(this.world.now());
    this.frames.resume();
    this.schedule(0);
  }

  /** Gives the journey up, wherever it has come to. */
  private leave(): void {
    const { journey } = this;
    if (journey === null) return;
    this.journey = null;
    this.search = null;
    if (!journey.isSeen) this.sample();
    journey.end(false);
  }

  private sample(): void {
    if (this.journey !== null && !this.journey.isSeen) return;
    this.engineValue?.setSampling(this.sampler.ratio(this.pacer.speed));
  }

  private schedule(waitMs: number): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const run = () => {
      this.scheduled = false;
      this.slice();
    };
    if (waitMs > 0) this.world.later(run, waitMs);
    else this.world.soon(run);
  }

  private slice(): void {
    const { engine, journey } = this;
    if (engine === null) return;
    if (this.search !== null) this.searchOn(engine, this.search);
    else if (journey !== null) this.travelOn(engine, journey);
    else if (this.playing) this.playOn(engine);
  }

  private playOn(engine: Engine): void {
    const startMs = this.world.now();
    const target = this.pacer.target(startMs);
    this.driver.advance(engine, target, startMs + sliceMs);
    const endMs = this.world.now();
    if (isBehind(engine, target)) this.pacer.dropDebt(endMs, engine.time);
    if (engine.ended) {
      this.playing = false;
      this.report();
      return;
    }
    const dueMs = this.lastFrameMs + frameMs;
    if (endMs >= dueMs && this.unseen < 2) this.report();
    this.schedule(isBehind(engine, target) ? 0 : Math.max(1, Math.min(frameMs / 2, dueMs - endMs)));
  }

  private travelOn(engine: Engine, journey: Journey): void {
    const untilMs = this.world.now() + sliceMs;
    if (!journey.isSeen) {
      this.driver.advance(engine, journey.seenFrom, untilMs);
      if (!isBehind(engine, journey.seenFrom) || engine.ended) {
        engine.drainHops();
        journey.isSeen = true;
        this.sample();
      }
    }
    if (journey.isSeen) this.driver.advance(engine, journey.target, untilMs);
    if (isBehind(engine, journey.target) && !engine.ended) this.goOn();
    else this.arrive(journey);
  }

  private searchOn(engine: Engine, search: Search): void {
    const untilMs = this.world.now() + sliceMs;
    while (this.world.now() < untilMs && search.found === null && !engine.ended) {
      search.before = engine.time;
      engine.advance(search.lookout.nextStop, searchEvents);
      search.found = search.lookout.look();
    }
    if (search.found === null && !engine.ended) {
      this.goOn();
      return;
    }
    const { journey } = this;
    this.journey = null;
    this.search = null;
    this.sample();
    if (search.found === null) this.report();
    journey?.end(search.found !== null);
  }

  /** The journey takes more than this slice. */
  private goOn(): void {
    const isDue = this.world.now() >= this.lastFrameMs + journeyFrameMs && this.unseen < 2;
    if (isDue && this.journey?.kind !== 'finish') this.report();
    this.schedule(0);
  }

  private arrive(journey: Journey): void {
    const { engine } = this;
    this.journey = null;
    if (this.playing && engine !== null && !engine.ended) this.resume();
    else this.playing = false;
    this.reportSoon();
    journey.end(true);
  }

  /** A frame at once, or as soon as one may be sent again. */
  private reportSoon(): void {
    const waitMs = this.lastFrameMs + frameMs - this.world.now();
    if (waitMs <= 0) this.report();
    else if (!this.reportComes) {
      this.reportComes = true;
      this.world.later(() => {
        if (this.reportComes) this.report();
      }, waitMs);
    }
  }

  /** True at speeds at which nobody could see single requests. */
  private get isFlow(): boolean {
    return this.sampler.ratio(this.pacer.speed) === Infinity;
  }

  private get state(): Frame['state'] {
    const { journey } = this;
    if (journey !== null && journey.kind !== 'follow') return 'seeking';
    if (this.engineValue?.ended === true) return 'ended';
    const isPlaying = this.playing || this.world.now() < this.followedUntil;
    return isPlaying ? 'playing' : 'paused';
  }

  private report(): void {
    const { engine, journey } = this;
    if (engine === null) return;
    this.reportComes = false;
    const nowMs = this.world.now();
    const ratio = this.sampler.ratio(this.pacer.speed);
    const frame = this.frames.build(engine, {
      run: this.run,
      branch: this.branch,
      forkedAt: this.forkedAt,
      nowMs,
      state: this.state,
      seekTarget: journey === null || journey.target === Infinity ? null : journey.target,
      // What is seen of a journey is shown in one picture, at its end.
      withHops: journey === null || journey.kind === 'follow',
      requestsPerDot: ratio,
    });
    this.lastFrameMs = nowMs;
    this.isForkTold = true;
    if (frame.state === 'playing' && ratio !== Infinity) {
      this.sampler.observe(frame.hops.length / HOP_STRIDE, nowMs);
      if (this.sampler.ratio(this.pacer.speed) !== ratio) this.sample();
    }
    this.unseen += 1;
    this.world.post(frame);
  }
}
