/** `gameday run --replications`: the scenario with several seeds, and what they say together. */

import { availableParallelism } from 'node:os';
import { REPLICATIONS_MAX, mergeReplications } from '../experiment/replications.ts';
import type { ReplicatedResults } from '../experiment/replication-types.ts';
import { replicationsReport, replicationsVerdicts } from '../report/replications-report.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Setting } from '../scenario/settings.ts';
import type { Arguments, Misuse } from './command.ts';
import { Exit } from './exit-codes.ts';
import { misuseText } from './help.ts';
import { writeReplicationsFolder } from './out-folder.ts';
import { Progress } from './progress.ts';
import { runReplications } from './replication-threads.ts';
import { paintFor, print, tell } from './terminal.ts';

const WORKERS_MAX = 256;

export interface ReplicationOptions {
  readonly count: number;
  readonly workers: number;
}

/** What the options ask for; null: one run; or what is wrong with them. */
export function readReplicationOptions(args: Arguments): ReplicationOptions | Misuse | null {
  const countText = args.value('replications');
  const workersText = args.value('workers');
  if (countText === null) {
    if (workersText === null) return null;
    return { message: '--workers is for replications', hint: 'write --replications 10 as well' };
  }
  if (args.has('series')) {
    return { message: '--series is for a single run', hint: 'leave one of the two out' };
  }
  if (args.has('why')) {
    return { message: '--why is for a single run', hint: 'leave one of the two out' };
  }
  const count = wholeNumber(countText, 2, REPLICATIONS_MAX);
  if (count === null) return notANumber('replications', countText, 2, REPLICATIONS_MAX);
  const workers =
    workersText === null ? availableParallelism() : wholeNumber(workersText, 1, WORKERS_MAX);
  if (workers === null) return notANumber('workers', workersText!, 1, WORKERS_MAX);
  return { count, workers };
}

/** Runs them, prints and writes what became of them, and returns the exit code. */
export async function replicate(
  scenario: Scenario,
  set: readonly Setting[],
  { count, workers }: ReplicationOptions,
  args: Arguments,
): Promise<number> {
  const progress = new Progress({ isForced: args.has('progress'), isQuiet: args.has('quiet') });
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  let done = 0;
  const { file, text } = scenario.source;
  const all = await runReplications({
    task: {
      kind: 'gameday-replications',
      file,
      content: text,
      set,
      duration: args.value('duration'),
      seed: scenario.plan.seed,
    },
    count,
    workers,
    interruption: interruption.signal,
    onProgress: (finished, events) => {
      done = finished;
      progress.updateCount(finished, count, events);
    },
  });
  process.off('SIGINT', interrupt);
  progress.end();
  if (all === null) {
    tell(`interrupted after ${done} of ${count} replications; nothing was written\n`);
    return Exit.interrupted;
  }
  const results = mergeReplications(all);
  const folder = args.value('out');
  const failure = folder === null ? null : writeReplicationsFolder(folder, results);
  printReplications(results, args);
  if (failure === null) return exitCodeOf(results);
  tell(misuseText({ message: `the results could not be written: ${failure}`, hint: null }));
  return Exit.badInput;
}

function printReplications(results: ReplicatedResults, args: Arguments): void {
  if (args.has('json')) {
    print(`${JSON.stringify(results, null, 2)}\n`);
    return;
  }
  const paint = paintFor(process.stdout);
  print(
    args.has('quiet') ? replicationsVerdicts(results, paint) : replicationsReport(results, paint),
  );
}

function exitCodeOf({ replications, requirements, expect }: ReplicatedResults): number {
  if (replications.some(({ checksBroken }) => checksBroken > 0)) return Exit.fault;
  const isCutShort = replications.some(
    ({ ending }) => ending !== null && ending.kind !== 'duration',
  );
  if (isCutShort) return Exit.budget;
  const isFailed = requirements.some(({ verdict }) => verdict === 'FAIL');
  return isFailed || expect.some(({ holds }) => !holds) ? Exit.doesNotHold : Exit.fine;
}

function wholeNumber(text: string, least: number, most: number): number | null {
  if (!/^\d{1,9}$/.test(text)) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}

function notANumber(option: string, text: string, least: number, most: number): Misuse {
  return {
    message: `--${option} is ${text}`,
    hint: `write a whole number from ${least} to ${most}`,
  };
}
