/** Binds the page to the simulator: the engine of the command line, read a frame at a time. */

import { Experiment } from '../experiment/experiment.ts';
import { liveVerdicts } from '../experiment/live.ts';
import { resultsOf } from '../experiment/results.ts';
import { scopeOf } from '../model/fault-schedule.ts';
import type { Happening, VerdictView } from '../protocol/frame.ts';
import type { DiagnosticView } from '../protocol/scenario-view.ts';
import type { Intervention } from '../protocol/session.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { loadScenario } from '../scenario/load.ts';
import type { CreateEngine, Engine, EngineDescription, StruckReply } from './engine.ts';
import { HopRows } from './hop-rows.ts';
import { describe, edgesOf, type DrawnEdge } from './describe.ts';
import { readEdgeRows, readNodeRows } from './live-rows.ts';
import { NodeRows } from './node-rows.ts';
import { SeriesRows } from './series-rows.ts';

/** How much longer the work of a node takes that a person has slowed down. */
const slowedBy = 5;

export const createEngine: CreateEngine = (text, file, seed) => {
  const { scenario, diagnostics } = loadScenario(text, {
    file,
    ...(seed === null ? {} : { seed }),
  });
  const views = diagnostics.map((diagnostic) => diagnosticView(diagnostic, text));
  if (scenario === null) return { ok: false, diagnostics: views };
  return { ok: true, engine: new LiveEngine(new Experiment(scenario), views) };
};

class LiveEngine implements Engine {
  readonly description: EngineDescription;
  private readonly experiment: Experiment;
  private readonly rows: NodeRows;
  private readonly edges: readonly DrawnEdge[];
  private readonly hops: HopRows;
  private readonly series: SeriesRows;
  private happeningsGiven = 0;

  constructor(experiment: Experiment, warnings: readonly DiagnosticView[]) {
    const { world } = experiment.run;
    this.experiment = experiment;
    this.rows = new NodeRows(world);
    this.description = describe(experiment, this.rows, warnings);
    this.edges = edgesOf(world, this.description.boxes);
    this.hops = new HopRows(world, this.rows, this.edges, this.description.boxes);
    this.series = new SeriesRows(world);
  }

  get time(): number {
    return this.experiment.run.time / 1e9;
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
    this.experiment.run.advance(Math.floor(untilSeconds * 1e9), eventsMax);
  }

  hash(): string {
    return this.experiment.run.hash;
  }

  setSampling(requestsPerDot: number): void {
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
    return this.series.drain();
  }

  drainHappenings(): readonly Happening[] {
    const { entries } = this.experiment.run.world.timeline;
    const fresh = entries.slice(this.happeningsGiven);
    this.happeningsGiven = entries.length;
    return fresh.map((entry) => ({ ...entry, time: entry.time / 1e9 }));
  }

  verdicts(): readonly VerdictView[] {
    return liveVerdicts(this.experiment).map((one) => ({ ...one, cause: null }));
  }

  intervene({ verb, target }: Intervention): StruckReply {
    const { run } = this.experiment;
    const { world } = run;
    if (this.ended) return { ok: false, why: 'The run is over; start it again to change it.' };
    const scope = scopeOf(world, [target]);
    if (scope.nodes.length === 0) return { ok: false, why: `Nothing here is called ${target}.` };
    if (verb === 'heal') {
      world.timeline.add(run.time, 'recovery', target, `heal of ${target}`);
      run.faults.works.heal(scope);
    } else {
      const factor = verb === 'slow' ? slowedBy : 1;
      run.intervene({ atNs: run.time, verb, targets: [target], forNs: null, factor });
    }
    // The next instant brings it about, so that a paused picture shows it too.
    run.advance(run.time + 1);
    return { ok: true };
  }

  results(): unknown {
    return resultsOf(this.experiment);
  }
}

function diagnosticView(diagnostic: Diagnostic, text: string): DiagnosticView {
  const { severity, code, line, column, message, hint } = diagnostic;
  const excerpt = text.split(/\r?\n/, line)[line - 1] ?? '';
  return { severity, code, line, column, message, hint, excerpt: excerpt.slice(0, 200) };
}
