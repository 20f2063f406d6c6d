// `npm run bench [-- NAME…] [--quick]`: runs the benchmarks of bench/benches.ts, each in a Node
// process of its own with the garbage collector exposed. Words choose those whose names contain one
// of them; with --quick each does as little as shows that it runs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBundled } from './run-bundled.mjs';

ensureInstalled();
const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('--'));
const wanted = words.filter((word) => !word.startsWith('--'));
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

if (names.length === 0) {
  console.error('No benchmark in bench/ has such a name.');
  process.exit(1);
}
for (const name of names) {
  console.log(`\n── ${name}`);
  const code = await runBundled('bench/run.ts', {
    nodeFlags: ['--expose-gc'],
    args: [name, ...flags],
  });
  if (code !== 0) process.exitCode = code;
}
