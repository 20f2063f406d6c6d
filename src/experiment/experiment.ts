/** An experiment is a scenario, a run of it, and what is noted on the way to judge it. */

import { Run } from '../model/run.ts';
import type { Scenario } from '../scenario/load.ts';
import { Observation } from './observation.ts';

export class Experiment {
  /** Another one may take its place that differs in faults still to come. */
  scenario: Scenario;
  /** Advance it as far as you like; results and verdicts speak of what has been reached. */
  readonly run: Run;
  readonly observation: Observation;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.run = new Run(scenario.plan);
    this.observation = new Observation(this.run, scenario.requirements);
  }
}
