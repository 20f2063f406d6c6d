// Builds everything that `npm run same` runs, once, from the sources as they are at that moment:
// the page, the command line, and the fingerprint of log, exp and pow.
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../run-bundled.mjs';

/** A page without anything of the product: its worker is started and asked by hand. */
const bare = '<!doctype html><meta charset="utf-8" /><title>bare</title>';

/** @typedef {{page: string, cli: string, math: string, worker: string}} Built */

/**
 * @param {string} folder an empty one, to be removed by the caller
 * @returns {Promise<Built>} folder of the page, files of the rest; `worker` is a path in the page
 */
export async function buildAll(folder) {
  const page = join(folder, 'page');
  const quiet = /** @type {const} */ ({ root, logLevel: 'error' });
  await build({ ...quiet, mode: 'production', build: { outDir: page } });
  await build({ ...quiet, mode: 'cli', build: { outDir: folder } });
  const lib = { entry: 'tools/same-math.ts', formats: ['es'], fileName: () => 'math.mjs' };
  await build({
    ...quiet,
    configFile: false,
    publicDir: false,
    build: {
      lib: /** @type {import('vite').LibraryOptions} */ (lib),
      outDir: folder,
      emptyOutDir: false,
    },
  });
  copyFileSync(join(folder, 'math.mjs'), join(page, 'math.js'));
  copyFileSync(join(root, 'node_modules/comlink/dist/esm/comlink.mjs'), join(page, 'comlink.js'));
  writeFileSync(join(page, 'bare.html'), bare);
  const worker = readdirSync(join(page, 'assets')).find((name) =>
    /^session-worker-.*\.js$/.test(name),
  );
  if (worker === undefined) throw new Error('the built page has no session-worker');
  return {
    page,
    cli: join(folder, 'cli.js'),
    math: join(folder, 'math.mjs'),
    worker: `assets/${worker}`,
  };
}
