/**
 * Runs the scenario file of a case and sets what a user would read against what theory says.
 */

import { readFileSync } from 'node:fs';
import { Experiment } from '../../src/experiment/experiment.ts';
import { judgeRequirement } from '../../src/experiment/verdict.ts';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/load.ts';
import type { TheoryCase } from './theory-case.ts';

const folder = 'test/theory/cases';

export interface CompareOptions {
  readonly seed: string;
  /** Requests to measure; the run is as much shorter than the file says. */
  readonly requests: number;
}

/** One number of theory and its measurement. */
export interface Comparison {
  readonly metric: string;
  readonly expected: number;
  readonly measured: number;
  /** Largest difference allowed, relative. */
  readonly tolerance: number;
  /** The difference in standard deviations: 4 is the tolerance. */
  readonly z: number;
  /** 95 % interval that the program gives, if it gives one. */
  readonly interval: readonly [number, number | null] | null;
}

export function compare(theory: TheoryCase, { seed, requests }: CompareOptions): Comparison[] {
  const share = requests / theory.requests;
  const { experiment } = runCase(theory, seed, share);
  return experiment.scenario.requirements.map((claim, index) => {
    const [metric, [expected, fullTolerance]] = Object.entries(theory.expect)[index]!;
    const judged = judgeRequirement(experiment, claim);
    const isComplement = metric === 'unavailability';
    const measured = isComplement ? 1 - judged.measured! : judged.measured!;
    const tolerance = fullTolerance / Math.sqrt(share);
    const z = (measured / expected - 1) / (tolerance / 4);
    return { metric, expected, measured, tolerance, z, interval: judged.interval };
  });
}

function runCase(theory: TheoryCase, seed: string, share: number): { experiment: Experiment } {
  const file = `${folder}/${theory.id}.yaml`;
  const text = readFileSync(file, 'utf8');
  const claims = Object.keys(theory.expect).map(claimOf);
  const full = load(text, { file });
  const { durationNs, warmUpNs } = full.plan;
  const scenario = load(text, {
    file,
    seed,
    set: [
      { path: 'requirements', value: JSON.stringify(claims) },
      { path: 'warm-up', value: shortened(warmUpNs, share) },
      { path: 'duration', value: shortened(durationNs, share) },
    ],
  });
  const experiment = new Experiment(scenario);
  experiment.run.advance(Infinity);
  if (experiment.run.ending?.kind !== 'duration') throw new Error(experiment.run.ending?.text);
  return { experiment };
}

function shortened(ns: number, share: number): string {
  return `${Math.ceil((ns * share) / 1e8) * 100}ms`;
}

function claimOf(metric: string): string {
  if (metric === 'unavailability') return 'availability > 0%';
  if (metric === 'goodput') return 'goodput > 0/s';
  const isShare = /^(utilisation|hit ratio|waiting probability) of/.test(metric);
  return `${metric} > ${isShare ? '0%' : '0s'}`;
}

function load(text: string, options: Parameters<typeof loadScenario>[1]): Scenario {
  const { scenario, diagnostics } = loadScenario(text, options);
  if (scenario === null) throw new Error(formatDiagnostics(diagnostics, text));
  return scenario;
}
