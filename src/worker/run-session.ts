/**
 * One run at a time, driven in short slices so that commands get in between, and reported in
 * frames. The clock, the scheduling and the channel are handed in, so it runs anywhere.
 */

import { HOP_STRIDE, type Frame } from '../protocol/frame.ts';
import type {
  ActReply,
  Intervention,
  LoadReply,
  Session,
  UntilReply,
} from '../protocol/session.ts';
import { FrameBuilder } from './frame-builder.ts';
import type { CreateEngine, Engine } from './engine.ts';
import { Pacer } from './pacer.ts';
import { Sampler } from './sampler.ts';
import { viewOf } from './view.ts';

export interface Surroundings {
  readonly createEngine: CreateEngine;
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
/** How much the engine does between two looks at the clock, adapted to take about this long. */
const chunkMs = 2;

export class RunSession implements Session {
  private engine: Engine | null = null;
  private source: { text: string; file: string; seed: string | null } | null = null;
  private run = 0;
  private playing = false;
  private scheduled = false;
  private chunk = 2000;
  private lastFrameMs = 0;
  /** Frames sent that the page has not taken yet. */
  private unseen = 0;
  private readonly pacer = new Pacer();
  private readonly sampler = new Sampler();
  private readonly frames = new FrameBuilder();
  private readonly world: Surroundings;

  constructor(world: Surroundings) {
    this.world = world;
  }

  async load(text: string, file: string, seed: string | null): Promise<LoadReply> {
    const reply = this.world.createEngine(text, file, seed);
    if (!reply.ok) return { ok: false, diagnostics: reply.diagnostics };
    this.source = { text, file, seed };
    this.begin(reply.engine);
    return { ok: true, view: viewOf(reply.engine.description, this.run) };
  }

  async play(): Promise<void> {
    if (this.engine === null || this.engine.ended || this.playing) return;
    this.playing = true;
    this.resume();
  }

  async pause(): Promise<void> {
    this.playing = false;
    this.report();
  }

  async setSpeed(speed: number): Promise<void> {
    this.pacer.setSpeed(speed, this.world.now(), this.engine?.time ?? 0);
    this.sampler.begin(this.world.now());
    this.sample();
    this.report();
  }

  async seek(seconds: number): Promise<void> {
    if (this.source === null || this.engine === null) return;
    if (seconds < this.engine.time) {
      const reply = this.world.createEngine(this.source.text, this.source.file, this.source.seed);
      if (!reply.ok) return;
      const wasPlaying = this.playing;
      this.begin(reply.engine);
      this.playing = wasPlaying;
    }
    this.engine.advance(seconds, Infinity);
    this.report();
    if (this.playing) this.resume();
  }

  async step(): Promise<void> {
    return;
  }

  async runUntil(): Promise<UntilReply> {
    return { met: false, text: '' };
  }

  async intervene(act: Intervention): Promise<ActReply> {
    if (this.engine === null) return { ok: false, why: 'No scenario is loaded.' };
    const reply = this.engine.intervene(act);
    this.report();
    if (!reply.ok) return reply;
    const text = this.source?.text ?? '';
    return { ok: true, text, forkedAt: 0, view: null, undoable: [], redoable: [] };
  }

  async change(): Promise<ActReply> {
    return { ok: false, why: 'Not yet.' };
  }

  async undo(): Promise<ActReply> {
    return { ok: false, why: 'Not yet.' };
  }

  async redo(): Promise<ActReply> {
    return { ok: false, why: 'Not yet.' };
  }

  async follow(): Promise<void> {
    return;
  }

  async ask(): Promise<never> {
    throw new Error('Not yet.');
  }

  async setDotBudget(dots: number): Promise<void> {
    this.sampler.setBudget(dots);
    this.sample();
  }

  async results(): Promise<unknown> {
    return this.engine?.results() ?? null;
  }

  async finish(): Promise<string> {
    const { engine } = this;
    if (engine === null) return '';
    this.playing = false;
    engine.setSampling(Infinity);
    while (!engine.ended) engine.advance(Infinity, 1_000_000);
    this.report();
    return engine.hash();
  }

  /** The page has taken a frame; the next may be sent. */
  frameTaken(): void {
    this.unseen = Math.max(0, this.unseen - 1);
  }

  private begin(engine: Engine): void {
    this.engine = engine;
    this.run += 1;
    this.playing = false;
    this.pacer.anchor(this.world.now(), engine.time);
    this.sampler.begin(this.world.now());
    this.frames.begin();
    this.sample();
  }

  private resume(): void {
    this.pacer.anchor(this.world.now(), this.engine?.time ?? 0);
    this.sampler.begin(this.world.now());
    this.lastFrameMs = this.world.now();
    this.frames.resume();
    this.schedule(0);
  }

  private sample(): void {
    this.engine?.setSampling(this.sampler.ratio(this.pacer.speed));
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
    const { engine } = this;
    if (engine === null || !this.playing) return;
    const startMs = this.world.now();
    const target = this.pacer.target(startMs);
    this.advance(engine, target, startMs + sliceMs);
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

  private advance(engine: Engine, target: number, untilMs: number): void {
    let nowMs = this.world.now();
    while (nowMs < untilMs && isBehind(engine, target) && !engine.ended) {
      engine.advance(target, this.chunk);
      const tookMs = this.world.now() - nowMs;
      nowMs += tookMs;
      const busy = isBehind(engine, target);
      if (tookMs > 2 * chunkMs) this.chunk = Math.max(100, this.chunk >> 1);
      else if (busy && tookMs < chunkMs / 2) this.chunk = Math.min(1 << 20, this.chunk << 1);
    }
  }

  private report(): void {
    const { engine } = this;
    if (engine === null) return;
    const nowMs = this.world.now();
    const ratio = this.sampler.ratio(this.pacer.speed);
    const state = engine.ended ? 'ended' : this.playing ? 'playing' : 'paused';
    const frame = this.frames.build(engine, { run: this.run, nowMs, state, requestsPerDot: ratio });
    this.lastFrameMs = nowMs;
    if (this.playing && ratio !== Infinity) {
      this.sampler.observe(frame.hops.length / HOP_STRIDE, nowMs);
      if (this.sampler.ratio(this.pacer.speed) !== ratio) this.sample();
    }
    this.unseen += 1;
    this.world.post(frame);
  }
}

/** Time is kept in whole nanoseconds, so a target between two of them counts as reached. */
function isBehind({ time }: Engine, target: number): boolean {
  return target - time >= 1e-9;
}
