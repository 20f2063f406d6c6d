// `npm run planted [-- NAME…] [--all]`: plants one known fault after the other in the program and
// runs the tests that ought to find it, which must fail; and once without a fault, when they must
// pass. Ends with 1 if a fault goes unnoticed. It stops at the first test that fails; with `--all`
// the table shows every file that finds a fault. The faults are in test/planted/plants.mjs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plants } from '../test/planted/plants.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/gameday');
/** A run that takes longer than this, ms, has a fault that never ends; it counts as found. */
const PATIENCE_MS = 180_000;

ensureInstalled();
mkdirSync(cache, { recursive: true });
const words = process.argv.slice(2);
const all = words.includes('--all');
const names = words.filter((word) => !word.startsWith('--'));
const wanted = plants.filter(({ name }) => names.length === 0 || names.includes(name));
if (wanted.length === 0) {
  console.error(
    `No fault has such a name. There are: ${plants.map(({ name }) => name).join(', ')}`,
  );
  process.exit(1);
}

const tests = [...new Set(wanted.flatMap((plant) => plant.tests))];
const sound = run('', tests);
console.log(`without a fault     ${sound.ended ? 'all tests pass' : `FAILS: ${sound.titles[0]}`}`);
let missed = 0;
for (const plant of wanted) {
  const { ended, files, titles } = run(plant.name, plant.tests);
  // A run that broke down without naming a test has proved nothing.
  const isFound = !ended && titles.length > 0;
  if (!isFound) missed++;
  console.log(`${plant.name.padEnd(24)} ${isFound ? 'found by' : 'NOT FOUND by'}`);
  for (const file of isFound ? files : plant.tests) console.log(`    ${file}`);
  if (isFound) console.log(`    “${titles[0]}”`);
}
console.log(`\n${wanted.length - missed} of ${wanted.length} faults found`);
process.exitCode = missed > 0 || !sound.ended ? 1 : 0;

/**
 * Runs test files with a fault in the program, '' for none. `ended`: all of them passed.
 * @param {string} fault
 * @param {string[]} files
 * @returns {{ended: boolean, files: string[], titles: string[]}}
 */
function run(fault, files) {
  const report = join(cache, `planted-${process.pid}.json`);
  const bail = all || fault === '' ? [] : ['--bail', '1'];
  const { status, error } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config=test/planted/planted.config.mjs',
      '--reporter=json',
      `--outputFile=${report}`,
      ...bail,
      ...files,
    ],
    {
      cwd: root,
      env: { ...process.env, GAMEDAY_PLANT: fault },
      stdio: 'ignore',
      ...(fault === '' ? {} : { timeout: PATIENCE_MS, killSignal: 'SIGKILL' }),
    },
  );
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') {
    return { ended: false, files, titles: ['the run never ends'] };
  }
  return { ended: status === 0, ...failuresOf(report) };
}

/**
 * Reads and removes what vitest wrote.
 * @param {string} report
 * @returns {{files: string[], titles: string[]}}
 */
function failuresOf(report) {
  try {
    /** @type {{name: string, assertionResults: {status: string, fullName: string}[]}[]} */
    const results = JSON.parse(readFileSync(report, 'utf8')).testResults;
    const failed = results.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => ({ file: name.replace(root, ''), title: fullName })),
    );
    return {
      files: [...new Set(failed.map(({ file }) => file))],
      titles: failed.map(({ title }) => title),
    };
  } catch {
    return { files: [], titles: [] };
  } finally {
    rmSync(report, { force: true });
  }
}
