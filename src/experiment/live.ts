/** The verdicts so far, for the page while a run is on its way; cheap enough for twice a second. */

import type { Experiment } from './experiment.ts';
import { judgeRequirement } from './verdict.ts';
import type { Verdict } from './result-types.ts';

export interface LiveVerdict {
  /** The requirement as it stands in the file. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Such as `41.8 ms (40.7 ms to 42.9 ms)`; `–` before anything was measured. */
  readonly measured: string;
}

/** In the order of the requirements in the file; what has not been measured yet is undecided. */
export function liveVerdicts(experiment: Experiment): readonly LiveVerdict[] {
  return experiment.scenario.requirements.map((claim) => {
    const { text, verdict, measuredText } = judgeRequirement(experiment, claim);
    return { text, verdict, measured: measuredText };
  });
}
