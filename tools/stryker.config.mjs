// How Stryker changes the part of the program that the environment names; `npm run mutation` sets
// it. Its sandbox lies outside the tree, so that no other tool reads the changed copies.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenPart } from './mutation-parts.mjs';

const part = chosenPart();
/** To try new tests on a few files, or on `file.ts:10-20`, parted by commas. */
const only = (process.env['GAMEDAY_MUTATION_ONLY'] ?? '').split(',').filter(Boolean);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation-tests.config.mjs', related: false },
  coverageAnalysis: 'perTest',
  // Code that runs once, on loading, would need every test in a process of its own.
  ignoreStatic: true,
  concurrency: 1,
  mutate: only.length > 0 ? only : part.mutate,
  mutator: { excludedMutations: part.leftOut ?? [] },
  ignorePatterns: ['bench', 'dist', 'docs', 'test/browser', 'test/theory', 'test/swarm'],
  tempDirName: join(tmpdir(), `gameday-mutation-${process.pid}`),
  // The compiler's programming interface is not there to rewrite it, and need not be.
  tsconfigFile: 'none.json',
  timeoutMS: 5_000,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: process.env['GAMEDAY_MUTATION_REPORT'] ?? 'mutation.json' },
  allowConsoleColors: false,
};
