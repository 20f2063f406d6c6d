// The scenarios that come with the program, as the tests drive them.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Experiment } from '../../src/experiment/experiment.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { LoadOptions } from '../../src/scenario/load.ts';

const folder = join(import.meta.dirname, '../../scenarios');

export const galleryNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => basename(file, '.yaml'))
  .sort();

export function galleryText(name: string): string {
  return readFileSync(join(folder, `${name}.yaml`), 'utf8');
}

/** A run of a scenario, from its start; a scenario with an error fails the test. */
export function experimentOf(text: string, options: Partial<LoadOptions> = {}): Experiment {
  const { scenario, diagnostics } = loadScenario(text, { file: 'test.yaml', ...options });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return new Experiment(scenario);
}

/** The first simulated time, ns, by which a run has handled so many events, or its end. */
export function timeAfter(text: string, events: number): number {
  const { run } = experimentOf(text);
  run.advance(Infinity, events);
  return run.ending === null ? run.time + 1 : run.world.plan.durationNs;
}

/** All that a run has found so far: hash, verdicts, claims, metrics, series, happenings. */
export function pictureOf(experiment: Experiment): unknown {
  const { timeline } = experiment.run.world;
  return { results: resultsOf(experiment, { series: true }), happenings: timeline.entries };
}
