// `npm run performance [-- NAME…] [--quick]`: runs all benchmarks and writes docs/PERFORMANCE.md.
// With --quick each does as little as shows that it runs, and the document goes into
// node_modules/.cache instead. Names choose benchmarks to run again; the others keep what they last
// found.
import { mkdirSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBundled } from './run-bundled.mjs';

ensureInstalled();
const words = process.argv.slice(2);
const isQuick = words.includes('--quick');
const wanted = words.filter((word) => !word.startsWith('--'));
const cache = join(root, 'node_modules/.cache/gameday');
const folder = join(cache, isQuick ? 'findings-quick' : 'findings');
const document = isQuick ? join(cache, 'PERFORMANCE.md') : join(root, 'docs/PERFORMANCE.md');
mkdirSync(folder, { recursive: true });

const startedMs = Date.now();
const loadBefore = loadavg()[0];
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();
for (const name of names) {
  console.log(`\n── ${name}`);
  const findings = join(folder, `${name}.json`);
  const quick = isQuick ? ['--quick'] : [];
  const code = await runBundled('bench/run.ts', {
    nodeFlags: ['--expose-gc'],
    args: [name, '--findings', findings, ...quick],
  });
  if (code !== 0) {
    console.error(`The benchmark ${name} failed; the document stays as it is.`);
    process.exit(code);
  }
}
const code = await runBundled('bench/write-document.ts', {
  args: [folder, document, String(startedMs), String(loadBefore)],
});
if (code === 0) console.log(`\nwrote ${document}`);
process.exitCode = code;
