// `npm run check` and `npm test`: every stage in turn, all of them even when one fails, then one
// line with the sum over all tests. A stage that fails without a failed test counts as one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/gameday');
const bin = {
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
  oxlint: 'oxlint/bin/oxlint',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
};

/** @typedef {{name: string, run: keyof typeof bin, args: string[], project?: string}} Stage */

/** @type {Stage[]} */
const check = [
  { name: 'format', run: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types', run: 'tsc', args: ['-p', '.'] },
  { name: 'types without the DOM', run: 'tsc', args: ['-p', 'src/tsconfig.core.json'] },
  { name: 'lint', run: 'oxlint', args: [] },
  { name: 'unit tests', run: 'vitest', args: [], project: 'unit' },
];

/** @type {Stage[]} */
const page = [
  { name: 'build of the page', run: 'vite', args: ['build', '--logLevel', 'warn'] },
  {
    name: 'build of the command line',
    run: 'vite',
    args: ['build', '--mode', 'cli', '--logLevel', 'warn'],
  },
  { name: 'browser tests', run: 'vitest', args: [], project: 'browser' },
];

ensureInstalled();
const stages = process.argv[2] === 'check' ? check : [...check, ...page];
const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const broken = [];
for (const stage of stages) {
  console.log(`\n── ${stage.name}`);
  const result = runStage(stage);
  sum.passed += result.passed;
  sum.failed += result.failed;
  if (result.failed > 0) broken.push(stage.name);
}

if (broken.length > 0) console.log(`\nNot in order: ${broken.join(', ')}`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = broken.length > 0 ? 1 : 0;

/**
 * @param {Stage} stage
 * @returns {{passed: number, failed: number}}
 */
function runStage({ run, args, project }) {
  const report = join(cache, `${project}-${process.pid}.json`);
  const vitestArgs =
    project === undefined
      ? []
      : `run --project ${project} --reporter=default --reporter=json`
          .split(' ')
          .concat(`--outputFile.json=${report}`);
  if (project !== undefined) mkdirSync(cache, { recursive: true });
  const ended = spawnSync(
    process.execPath,
    [join(root, 'node_modules', bin[run]), ...vitestArgs, ...args],
    { cwd: root, stdio: 'inherit' },
  );
  const { passed, failed } = project === undefined ? { passed: 0, failed: 0 } : countsOf(report);
  return { passed, failed: ended.status === 0 ? failed : Math.max(1, failed) };
}

/**
 * Reads and removes what vitest's JSON reporter wrote. No report at all is left to the exit code.
 * @param {string} report
 * @returns {{passed: number, failed: number}}
 */
function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  } finally {
    rmSync(report, { force: true });
  }
}
