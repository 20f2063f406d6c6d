/**
 * Runs one benchmark: its name, `--quick` for a trial, `--findings PATH` to write what it found as
 * JSON. A benchmark may start this same program again as a thread, for a part of its work.
 */

import { writeFileSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { isReplicationThread, serveReplications } from '../src/cli/replication-thread.ts';
import { Sheet } from './bench.ts';
import type { Bench } from './bench.ts';
import { benches } from './benches.ts';
import { textOf } from './findings-text.ts';
import type { ThreadTask } from './thread.ts';

function benchOf(name: string | undefined): Bench {
  const bench = benches.find((candidate) => candidate.name === name);
  if (bench === undefined) throw new Error(`There is no benchmark ${name}.`);
  return bench;
}

async function main([name, ...flags]: readonly string[]): Promise<void> {
  const bench = benchOf(name);
  const sheet = new Sheet(bench, flags.includes('--quick'));
  await bench.run(sheet);
  const findings = sheet.findings();
  console.log(textOf(bench, findings));
  const place = flags.indexOf('--findings');
  if (place >= 0) writeFileSync(flags[place + 1]!, JSON.stringify(findings));
}

if (isReplicationThread()) {
  serveReplications();
} else if (isMainThread) {
  await main(process.argv.slice(2));
} else {
  const { bench, task } = workerData as ThreadTask;
  parentPort!.postMessage(await benchOf(bench).work!(task), []);
}
