// Run by `npm run accuracy`: every case of theory at its full length, the longest first, as many at
// once as there are processors. The same program is also what a worker runs: it is sent the id of
// a case and sends the outcome back. A case depends on nothing but its own seed, so neither their
// number nor their order changes the page.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { format } from 'prettier';
import { version } from '../src/experiment/version.ts';
import { accuracyPage, verdictOf } from '../test/theory/accuracy-page.ts';
import type { Outcome } from '../test/theory/accuracy-page.ts';
import { measuredCases } from '../test/theory/bank.ts';
import { findingsOf, seedOf } from '../test/theory/compare.ts';
import { holds } from '../test/theory/finding.ts';
import { isDesign } from '../test/theory/theory-case.ts';
import type { TheoryCase } from '../test/theory/theory-case.ts';

const PAGE = 'docs/ACCURACY.md';

/** Requests, or calls where one request makes many, that take about a second. */
const CALLS_A_SECOND = 400_000;

if (isMainThread) await runAll();
else parentPort!.on('message', (id: string) => parentPort!.postMessage(outcomeOf(id), []));

async function runAll(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, workers: { type: 'string' } },
  });
  const { only = '' } = values;
  const workers = Number(values.workers ?? availableParallelism());
  if (!Number.isInteger(workers) || workers < 1) {
    console.error('--workers takes a whole number from 1.');
    process.exitCode = 2;
    return;
  }
  const wanted = measuredCases.filter(({ id }) => id.toLowerCase().startsWith(only.toLowerCase()));
  if (wanted.length === 0) {
    console.error(`No case begins with ${only}.`);
    process.exitCode = 2;
    return;
  }
  const outcomes = await measure(wanted, workers);
  for (const theory of wanted) printMisses(theory, outcomes.get(theory.id)!);
  const missed = wanted.filter((theory) => isMiss(theory, outcomes));
  // An explanation of what does not miss is out of date.
  if (wanted.some((theory) => isMiss(theory, outcomes) !== (theory.misses !== undefined))) {
    process.exitCode = 1;
  }
  const explained = missed.filter(({ misses }) => misses !== undefined).length;
  const rest = missed.length === 0 ? '' : `, ${missed.length} miss, ${explained} of them explained`;
  console.log(`${wanted.length - missed.length} of ${wanted.length} cases hold${rest}.`);
  if (only !== '') return;
  const text = accuracyPage(outcomes, version);
  writeFileSync(PAGE, await format(text, { parser: 'markdown', printWidth: 100 }));
  console.log(`wrote ${PAGE}`);
}

/** Gives each worker the next case as soon as it has done the last one. */
async function measure(
  cases: readonly TheoryCase[],
  workers: number,
): Promise<ReadonlyMap<string, Outcome>> {
  const queue = [...cases].sort((left, right) => secondsOf(right) - secondsOf(left));
  const outcomes = new Map<string, Outcome>();
  const work = async () => {
    const worker = new Worker(fileURLToPath(import.meta.url));
    for (let theory = queue.shift(); theory !== undefined; theory = queue.shift()) {
      const begun = Date.now();
      const outcome = await ask(worker, theory.id);
      outcomes.set(theory.id, outcome);
      const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
      const progress = `${String(outcomes.size).padStart(3)}/${cases.length}`;
      console.error(`${progress}  ${theory.id} ${verdictOf(theory, outcome)} (${seconds} s)`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, cases.length) }, work));
  return outcomes;
}

function ask(worker: Worker, id: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    worker.once('message', (outcome: Outcome) => {
      worker.off('error', reject);
      resolve(outcome);
    });
    worker.once('error', reject);
    worker.postMessage(id, []);
  });
}

function outcomeOf(id: string): Outcome {
  const theory = measuredCases.find((candidate) => candidate.id === id)!;
  try {
    return { findings: findingsOf(theory, { seed: seedOf(theory), share: 1 }), fault: null };
  } catch (error) {
    return { findings: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

/** About how long a case takes; only the order of the cases depends on it. */
function secondsOf(theory: TheoryCase): number {
  if (!isDesign(theory)) return theory.seconds;
  return (theory.requests * (theory.calls ?? 1)) / CALLS_A_SECOND;
}

function isMiss(theory: TheoryCase, outcomes: ReadonlyMap<string, Outcome>): boolean {
  return verdictOf(theory, outcomes.get(theory.id)!) === 'misses';
}

function printMisses(theory: TheoryCase, { findings, fault }: Outcome): void {
  if (fault !== null) console.log(`${theory.id}: ${fault}`);
  for (const finding of findings.filter((one) => !holds(one))) {
    const { what, measured, expected, tolerance } = finding;
    console.log(`${theory.id} ${what}: ${measured} measured, ${expected} ± ${tolerance} expected`);
  }
}
