// The vitest set-up of the browser tests: builds the page when a source is newer, serves it, finds
// a browser, and hands the tests both: `inject('pageUrl')` and `inject('chromiumPath')`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { findChromium } from './browser.mjs';
import { isFresh } from './freshness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['index.html', 'src', 'scenarios', 'public', 'package-lock.json', 'vite.config.ts'];

/**
 * @param {import('vitest/node').TestProject} project
 * @returns {Promise<() => Promise<void>>} what stops the server
 */
export default async function setup(project) {
  const { path } = await findChromium();
  const inputs = sources.map((source) => join(root, source));
  if (!isFresh(join(root, 'dist/page/index.html'), inputs)) {
    // vitest sets NODE_ENV to "test", which would make this another page than users get.
    const environment = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    await build({ root, mode: 'production', logLevel: 'warn' });
    process.env.NODE_ENV = environment;
  }
  const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  project.provide('chromiumPath', path);
  project.provide('pageUrl', server.resolvedUrls?.local[0] ?? '');
  return () => server.close();
}
