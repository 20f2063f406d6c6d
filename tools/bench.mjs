// `npm run bench [-- NAME…]`: runs bench/*.bench.ts, each in a Node process of its own with the
// garbage collector exposed. Words after `--` choose the files whose names contain one of them.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBundled } from './run-bundled.mjs';

ensureInstalled();
const wanted = process.argv.slice(2);
const folder = join(root, 'bench');
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

if (files.length === 0) {
  console.error('No benchmark in bench/ has such a name.');
  process.exit(1);
}
for (const file of files) {
  console.log(`\n${file}`);
  const code = await runBundled(`bench/${file}`, { nodeFlags: ['--expose-gc'] });
  if (code !== 0) process.exitCode = code;
}
