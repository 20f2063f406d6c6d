/**
 * Writes the document from the findings in a folder, one JSON file a benchmark. Arguments: the
 * folder, the path of the document, and when measuring began with the load of that moment.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Findings } from './bench.ts';
import { benches } from './benches.ts';
import { performanceDocument } from './document.ts';
import { compilerName } from './native.ts';

const [folder, path, startedMs, loadBefore] = process.argv.slice(2);
const missing = benches.filter(({ name }) => !existsSync(pathOf(name)));
if (missing.length > 0) {
  const names = missing.map(({ name }) => name).join(', ');
  console.error(`Nothing has been found yet by ${names}; run all benchmarks first.`);
  process.exit(1);
}
const findings = benches.map(
  ({ name }) => JSON.parse(readFileSync(pathOf(name), 'utf8')) as Findings,
);
const text = performanceDocument(benches, findings, {
  cpu: cpus()[0]!.model,
  cores: cpus().length,
  memoryGb: totalmem() / 2 ** 30,
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  compiler: compilerName(),
  loadBefore: Number(loadBefore),
  date: new Date(Number(startedMs)).toISOString().slice(0, 10),
  minutes: (Date.now() - Number(startedMs)) / 60_000,
});
writeFileSync(
  path!,
  await format(text, { parser: 'markdown', printWidth: 100, proseWrap: 'always' }),
);

function pathOf(name: string): string {
  return join(folder!, `${name}.json`);
}
