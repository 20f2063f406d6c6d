/** Scenario text in, experiment at its end out, for tests that set a whole run against theory. */

import { Experiment } from '../../src/experiment/experiment.ts';
import { selfChecks } from '../../src/experiment/self-checks.ts';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { LoadOptions, Scenario } from '../../src/scenario/load.ts';

/** The scenario of a text in which not even a warning is allowed. */
export function loadSound(text: string, options: LoadOptions): Scenario {
  const { scenario, diagnostics } = loadScenario(text, options);
  if (scenario === null || diagnostics.length > 0) {
    throw new Error(formatDiagnostics(diagnostics, text));
  }
  return scenario;
}

/** Runs a scenario to its end. Throws when a budget or a broken law of its own ends it. */
export function simulate(scenario: Scenario): Experiment {
  const experiment = new Experiment(scenario);
  const { run } = experiment;
  run.advance(Infinity);
  if (run.ending?.kind !== 'duration') throw new Error(`The run ended early: ${run.ending?.text}`);
  const broken = selfChecks(run).filter(({ ok }) => !ok);
  if (broken.length > 0) throw new Error(`Laws are broken: ${JSON.stringify(broken, null, 2)}`);
  return experiment;
}
