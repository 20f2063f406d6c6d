/** How replications gain from a second thread: time on the clock, with one thread and with two. */

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { runReplications } from '../src/cli/replication-threads.ts';
import type { Bench, Sheet } from './bench.ts';
import { measure, speedOver } from './rounds.ts';
import type { Contender } from './rounds.ts';

const TABLE = 'Replications of the micro-service model, time on the clock';
const ROWS = ['1 thread', '2 threads'];
const GAIN = 'replications: speed of two threads against one';

async function run(sheet: Sheet): Promise<void> {
  if (availableParallelism() < 2) {
    sheet.note('There is one core, so two threads have nothing to gain.');
    return;
  }
  const count = sheet.size(12, 2);
  const seconds = sheet.size(60, 6);
  const hashes = new Set<string>();
  const contenders = ROWS.map((name, place): Contender => ({
    name,
    run: async () => {
      const start = performance.now();
      hashes.add(await replicate(count, place + 1, seconds));
      return { units: count, ns: (performance.now() - start) * 1e6 };
    },
  }));
  const measured = await measure(contenders, sheet.size(3, 1));
  if (hashes.size !== 1) throw new Error('Threads have changed the runs.');
  for (const contender of measured) {
    sheet.row(TABLE, contender.name, {
      'ms a replication': contender.nsEach / 1e6,
      'speed against 1 thread': speedOver(contender, measured[0]!),
    });
  }
  sheet.bar(GAIN, speedOver(measured[1]!, measured[0]!));
}

/** The hashes of all runs, in their order. */
async function replicate(count: number, workers: number, seconds: number): Promise<string> {
  const file = 'bench/microservice.yaml';
  const results = await runReplications({
    task: {
      kind: 'gameday-replications',
      file,
      content: readFileSync(file, 'utf8'),
      set: [],
      duration: `${seconds}s`,
      seed: '1',
    },
    count,
    workers,
    onProgress: () => undefined,
    interruption: new AbortController().signal,
  });
  return results!.map(({ hash }) => hash).join(' ');
}

const bench: Bench = {
  name: 'replications',
  title: 'Replications',
  about:
    'Twelve replications of the micro-service model, as `gameday run --replications 12 ' +
    '--workers` runs them, the start of the threads included. The runs are the same to the ' +
    'hash however many threads there are.',
  tables: [
    {
      title: TABLE,
      rowTitle: 'threads',
      columns: [
        { title: 'ms a replication', digits: 0 },
        { title: 'speed against 1 thread', digits: 2 },
      ],
      rows: ROWS,
    },
  ],
  bars: [{ text: GAIN, sense: 'at least', bound: 1.8, unit: ' ×', digits: 2 }],
  run,
};

export default bench;
