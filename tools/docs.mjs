// `npm run docs`: writes every generated document anew by running tools/generate.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBundled } from './run-bundled.mjs';

ensureInstalled();
const generator = 'tools/generate.ts';
if (!existsSync(join(root, generator))) {
  console.error(`There is no ${generator}, so there is nothing to generate.`);
  process.exit(1);
}
process.exitCode = await runBundled(generator, { args: process.argv.slice(2) });
