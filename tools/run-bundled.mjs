// Runs a TypeScript program of this repository in Node: bundled by Vite (so that import.meta.glob
// and ?raw work as in the page), packages left outside, started from the root of the repository.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inlineConstants } from './inline-constants.mjs';

/** The root of the repository; a program that is run has it as its working directory. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} entry path of the program from the root
 * @param {{nodeFlags?: readonly string[], args?: readonly string[]}} [options]
 * @returns {Promise<number>} the program's exit code
 */
export async function runBundled(entry, { nodeFlags = [], args = [] } = {}) {
  const { build } = await import('vite');
  const aside = join(root, `node_modules/.cache/gameday/run-${process.pid}`);
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      plugins: [inlineConstants()],
      build: {
        ssr: entry,
        outDir: aside,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'program.mjs', codeSplitting: false } },
      },
    });
    const program = spawnSync(
      process.execPath,
      ['--enable-source-maps', ...nodeFlags, join(aside, 'program.mjs'), ...args],
      { cwd: root, stdio: 'inherit' },
    );
    return program.status ?? 1;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
