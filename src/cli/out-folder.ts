/** The folder of a run: its results as JSON, its series as CSV, its report as text. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplicatedResults } from '../experiment/replication-types.ts';
import type { Results } from '../experiment/result-types.ts';
import { replicationsReport } from '../report/replications-report.ts';
import { plain } from '../report/paint.ts';
import { seriesCsv } from '../report/series-csv.ts';
import { textReport } from '../report/text-report.ts';

/** Makes the folder, before the run that fills it; returns why that cannot be done, or null. */
export function prepareFolder(folder: string): string | null {
  return attempt(() => mkdirSync(folder, { recursive: true }));
}

/** Results with their series; returns why they cannot be written, or null. */
export function writeFolder(folder: string, results: Results): string | null {
  return attempt(() => {
    writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(folder, 'report.txt'), textReport(results, plain));
    if (results.series !== undefined) {
      writeFileSync(join(folder, 'series.csv'), seriesCsv(results.series));
    }
  });
}

/** The same for replications, which have no series. */
export function writeReplicationsFolder(folder: string, results: ReplicatedResults): string | null {
  return attempt(() => {
    writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(folder, 'report.txt'), replicationsReport(results, plain));
  });
}

function attempt(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
