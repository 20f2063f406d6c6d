/** The verdicts so far, for the page while a run is on its way; cheap enough for twice a second. */

import { causeOfClaim } from './claim-cause.ts';
import type { Experiment } from './experiment.ts';
import type { PathSample } from './path-sample.ts';
import { judgeRequirement } from './verdict.ts';
import type { Verdict } from './result-types.ts';

export interface LiveVerdict {
  /** The requirement as it stands in the file. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Such as `41.8 ms (40.7 ms to 42.9 ms)`; `–` before anything was measured. */
  readonly measured: string;
  /** Why it is missed, such as `83 % of it queueing at photos-db/shard-2`; null when unknown. */
  readonly cause: string | null;
}

/**
 * In the order of the requirements in the file; what has not been measured yet is undecided.
 * `sample`: where the causes of missed latencies are found; null: they are not looked for.
 */
export function liveVerdicts(
  experiment: Experiment,
  sample: PathSample | null = null,
): readonly LiveVerdict[] {
  return experiment.scenario.requirements.map((claim) => {
    const { text, verdict, measuredText } = judgeRequirement(experiment, claim);
    const isMissed = verdict === 'FAIL';
    const cause = isMissed ? causeOfClaim(experiment, claim, sample?.paths ?? []) : null;
    return { text, verdict, measured: measuredText, cause };
  });
}
