// The tests as they are, with the fault in the program that GAMEDAY_PLANT names.
import { defineConfig } from 'vitest/config';
import { plantFault } from './plant-fault.mjs';
import { SMALL_SWARM } from './plants.mjs';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [plantFault()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}', SMALL_SWARM],
    exclude: ['test/browser/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A program with a fault may run for ever: threads end with the process when that is killed.
    pool: 'threads',
  },
});
