// The tests that a mutation run uses: those of the part that the environment names, nothing else.
import { defineConfig } from 'vitest/config';
import { chosenPart } from './mutation-parts.mjs';

export default defineConfig({
  test: { include: chosenPart().tests, testTimeout: 60_000, hookTimeout: 60_000 },
});
