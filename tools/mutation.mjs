// `npm run mutation [-- PART…]`: changes the program in every small way that Stryker knows, runs
// the tests for each change, and writes into docs/MUTATION.md how many changes they noticed. Takes
// hours for all parts; words choose those whose names contain one of them, and the others keep what
// was measured last. With `--page` it measures nothing and only writes the page again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { ensureInstalled } from './ensure-installed.mjs';
import { mutationPage } from './mutation-page.mjs';
import { parts } from './mutation-parts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/gameday/mutation');
const page = join(root, 'docs/MUTATION.md');

ensureInstalled();
mkdirSync(folder, { recursive: true });
const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const wanted = words.includes('--page')
  ? []
  : parts.filter(({ name }) => names.length === 0 || names.some((word) => name.includes(word)));

for (const { name } of wanted) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
      'run',
      'tools/stryker.config.mjs',
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        GAMEDAY_MUTATION_PART: name,
        GAMEDAY_MUTATION_REPORT: reportOf(name),
      },
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}

const measured = parts.map((part) => ({
  part,
  report: existsSync(reportOf(part.name))
    ? JSON.parse(readFileSync(reportOf(part.name), 'utf8'))
    : null,
}));
const options = await resolveConfig(page);
writeFileSync(page, await format(mutationPage(measured), { ...options, filepath: page }));

/** @param {string} name */
function reportOf(name) {
  return join(folder, `${name.replaceAll(' ', '-')}.json`);
}
