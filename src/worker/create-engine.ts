/**
 * Binds the page to the simulator: the engine of the command line, read a frame at a time. What has
 * been sent stays sent when the present goes back; only another future is told anew.
 */

import { Experiment } from '../experiment/experiment.ts';
import { hasLatencyClaim } from '../experiment/claim-cause.ts';
import { liveVerdicts } from '../experiment/live.ts';
import { PathSample } from '../experiment/path-sample.ts';
import { Recording } from '../experiment/recording.ts';
import { resultsOf } from '../experiment/results.ts';
import type { Happening, VerdictView } from '../protocol/frame.ts';
import { isBuiltFor } from '../model/changes.ts';
import type { DiagnosticView } from '../protocol/scenario-view.ts';
import type { Until } from '../protocol/session.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { loadScenario, type LoadOptions } from '../scenario/load.ts';
import { whyNot } from './engine.ts';
import type { CreateEngine, Engine, EngineDescription, ReplanReply } from './engine.ts';
import { HopRows } from './hop-rows.ts';
import { describe, edgesOf, type DrawnEdge } from './describe.ts';
import { readEdgeRows, readNodeRows } from './live-rows.ts';
import { News } from './news.ts';
import { NodeRows } from './node-rows.ts';
import { overloadOf } from './overload.ts';
import { lookoutFor, type Lookout } from './run-until.ts';

export const createEngine: CreateEngine = (text, file, seed) => {
  const source = { file, seed };
  const { scenario, diagnostics } = loadScenario(text, optionsFor(source));
  const views = diagnostics.map((diagnostic) => diagnosticView(diagnostic, text));
  if (scenario === null) return { ok: false, diagnostics: views };
  return { ok: true, engine: new LiveEngine(new Experiment(scenario), source, views) };
};

interface Source {
  readonly file: string;
  readonly seed: string | null;
}

/** Requests whose critical paths are kept; the causes are shares of the slowest of them. */
const samplePaths = 4_000;

class LiveEngine implements Engine {
  readonly description: EngineDescription;
  readonly recording: Recording;
  private readonly source: Source;
  private readonly experiment: Experiment;
  private readonly rows: NodeRows;
  private readonly edges: readonly DrawnEdge[];
  private readonly hops: HopRows;
  /** Where the causes of missed latencies are found; null when nobody asks for them. */
  private readonly sample: PathSample | null;
  private readonly news: News;
  private requestsPerDot = Infinity;
  seenSince = Infinity;

  constructor(experiment: Experiment, source: Source, warnings: readonly DiagnosticView[]) {
    const { world } = experiment.run;
    this.experiment = experiment;
    this.source = source;
    this.recording = new Recording(experiment);
    this.rows = new NodeRows(world);
    this.description = describe(experiment, this.rows, warnings);
    this.edges = edgesOf(world, this.description.boxes);
    this.hops = new HopRows(world, this.rows, this.edges, this.description.boxes);
    this.sample = hasLatencyClaim(experiment) ? new PathSample(experiment, samplePaths) : null;
    this.news = new News(world);
  }

  get time(): number {
    // The clock begins at −0.
    return Math.abs(this.experiment.run.time) / 1e9;
  }

  get frontier(): number {
    return this.recording.frontier / 1e9;
  }

  get events(): number {
    return this.experiment.run.world.simulation.events;
  }

  get ended(): boolean {
    return this.experiment.run.ending !== null;
  }

  get ending(): string | null {
    const { ending } = this.experiment.run;
    if (ending === null) return null;
    return ending.kind === 'duration' ? `at ${ending.text}` : `stopped early: ${ending.text}`;
  }

  advance(untilSeconds: number, eventsMax: number): void {
    const until = nanoseconds(untilSeconds);
    const { recording, sample } = this;
    if (sample === null) recording.advance(until, eventsMax);
    else sample.advance(eventsMax, (events) => recording.advance(until, events));
  }

  step(): void {
    const { recording, sample } = this;
    const step = () => {
      recording.step();
      return true;
    };
    if (sample === null) step();
    else sample.advance(1, step);
  }

  get isWhole(): boolean {
    return this.recording.isWhole;
  }

  approach(seconds: number): void {
    this.news.hold();
    if (this.recording.approach(nanoseconds(seconds))) this.forgetHops();
  }

  replan(text: string, fromSeconds: number): ReplanReply {
    const { scenario, diagnostics } = loadScenario(text, optionsFor(this.source));
    if (scenario === null) return { ok: false, why: whyNot(diagnostics) };
    const { plan } = this.experiment.run.world;
    if (!isBuiltFor(plan, scenario.plan)) return { ok: false, why: null };
    const from = nanoseconds(fromSeconds);
    const { time } = this.recording;
    this.recording.fork(from, scenario);
    this.sample?.forgetFrom(from);
    if (this.recording.time < time) this.forgetHops();
    this.news.fork(from);
    return { ok: true };
  }

  lookout(until: Until): Lookout {
    return lookoutFor(this.experiment, until);
  }

  hash(): string {
    return this.experiment.run.hash;
  }

  setSampling(requestsPerDot: number): void {
    const isOn = requestsPerDot !== Infinity;
    if (!isOn) this.seenSince = Infinity;
    else if (this.seenSince === Infinity) this.seenSince = this.time;
    this.requestsPerDot = requestsPerDot;
    this.experiment.run.world.hops.sampleOneIn(requestsPerDot);
  }

  readNodes(target: Float32Array): void {
    readNodeRows(this.experiment.run.world, this.rows, target);
  }

  readEdges(target: Float32Array): void {
    readEdgeRows(this.experiment.run.world, this.edges, target);
  }

  drainHops(): Float64Array<ArrayBuffer> {
    return this.hops.translate(this.experiment.run.world.hops.drain());
  }

  drainWindows(): Float64Array<ArrayBuffer> {
    return this.news.windows();
  }

  drainHeat(): Float32Array<ArrayBuffer> {
    return this.news.heatRows();
  }

  drainHappenings(): readonly Happening[] {
    return this.news.happenings();
  }

  verdicts(): readonly VerdictView[] {
    return liveVerdicts(this.experiment, this.sample);
  }

  warning(): string | null {
    return overloadOf(this.experiment.run);
  }

  results(): unknown {
    return resultsOf(this.experiment);
  }

  /** After a jump those in the log belong elsewhere, and the sampling is the checkpoint's. */
  private forgetHops(): void {
    const { hops } = this.experiment.run.world;
    this.sample?.moved();
    hops.drain();
    hops.sampleOneIn(this.requestsPerDot);
    if (this.seenSince !== Infinity) this.seenSince = this.time;
  }
}

/** Whole nanoseconds nearest to a time in seconds; Infinity stays what it is. */
function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9);
}

function optionsFor({ file, seed }: Source): LoadOptions {
  return { file, ...(seed === null ? {} : { seed }) };
}

function diagnosticView(diagnostic: Diagnostic, text: string): DiagnosticView {
  const { severity, code, line, column, message, hint } = diagnostic;
  const excerpt = text.split(/\r?\n/, line)[line - 1] ?? '';
  return { severity, code, line, column, message, hint, excerpt: excerpt.slice(0, 200) };
}
