// `npm run same [-- SCENARIO…] [--without PART]…`: runs every scenario with three seeds in two
// major versions of Node, in Chromium and in Firefox, and exits 1 unless all the hashes agree, the
// arithmetic of all engines is the golden one, and log, exp and pow are within one ulp. A part that
// cannot be run is a failure too, unless it is left out by name: other-node, chromium, firefox,
// accuracy.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBundled } from './run-bundled.mjs';

ensureInstalled();
const parts = ['other-node', 'chromium', 'firefox', 'accuracy'];
const { values, positionals } = parseArgs({
  options: { without: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});
const unknown = values.without.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  console.error(`There is no part ${unknown} to leave out; the parts are ${parts.join(', ')}.`);
  process.exit(2);
}
const jobs = jobsFor(positionals);
const folder = join(root, `node_modules/.cache/gameday/same-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const { tableOf, troubleIn } = await import('./same/compare.mjs');
  const { buildAll } = await import('./same/build.mjs');
  const built = await buildAll(folder);
  const { golden } = await import(`file://${built.math}`);
  const { columns, missing } = await columnsOf(built);
  console.log(tableOf(jobs, columns, golden).join('\n'));
  const trouble = [...missing, ...troubleIn(jobs, columns, golden)];
  if (isWanted('accuracy')) {
    console.log('\nThe largest errors found against thirty exact digits, in ulp:');
    const code = await runBundled('tools/math-accuracy.ts');
    if (code !== 0) trouble.push('log, exp or pow is off by more than one ulp.');
  }
  const left = values.without.length === 0 ? '' : `, left out: ${values.without.join(', ')}`;
  const verdict = trouble.length === 0 ? 'The same everywhere' : 'Not the same everywhere';
  console.log(`\n${[...trouble, `${verdict}${left}.`].join('\n')}`);
  process.exitCode = trouble.length === 0 ? 0 : 1;
}

/**
 * One after the other, so that no engine's time is spoilt by another's.
 * @param {import('./same/build.mjs').Built} built
 */
async function columnsOf(built) {
  /** @type {import('./same/compare.mjs').Column[]} */
  const columns = [];
  /** @type {string[]} */
  const missing = [];
  const { server, sources } = await sourcesOf(built);
  for (const { part, open } of sources) {
    if (!isWanted(part)) continue;
    /** @type {readonly import('./same/compare.mjs').Engine[]} */
    let engines = [];
    try {
      engines = await open();
      for (const engine of engines) columns.push(await columnOf(engine));
    } catch (error) {
      missing.push(`${part}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      for (const engine of engines) await engine.close();
    }
  }
  await server.close();
  return { columns, missing };
}

/**
 * @param {import('./same/build.mjs').Built} built
 */
async function sourcesOf(built) {
  const { preview } = await import('vite');
  const { findChromium } = await import('./browser.mjs');
  const { findFirefox } = await import('./firefox.mjs');
  const { findOtherNode } = await import('./other-node.mjs');
  const { browserEngines } = await import('./same/browser-engines.mjs');
  const { nodeEngine } = await import('./same/node-engine.mjs');
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir: built.page },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const page = { url: server.resolvedUrls?.local[0] ?? '', worker: built.worker };
  const sources = [
    { part: 'this node', open: async () => [nodeEngine(process.execPath, built)] },
    { part: 'other-node', open: async () => [nodeEngine(findOtherNode(), built)] },
    {
      part: 'chromium',
      open: async () => {
        const { path } = await findChromium();
        return browserEngines({ kind: 'chrome', path, ...page });
      },
    },
    {
      part: 'firefox',
      open: async () => {
        const path = findFirefox();
        if (path === null) throw new Error('none on PATH; install one or set FIREFOX_PATH');
        return browserEngines({ kind: 'firefox', path, ...page });
      },
    },
  ];
  return { server, sources };
}

/**
 * @param {import('./same/compare.mjs').Engine} engine
 * @returns {Promise<import('./same/compare.mjs').Column>}
 */
async function columnOf(engine) {
  const started = Date.now();
  const outcomes = [];
  for (const job of jobs) outcomes.push(await engine.run(job));
  const fingerprint = await engine.fingerprint();
  const runs = outcomes.filter((outcome) => outcome !== null).length;
  console.error(`${engine.name}: ${runs} runs in ${Math.round((Date.now() - started) / 1000)} s`);
  return { engine: engine.name, outcomes, fingerprint };
}

/**
 * Every scenario, or those named, with the seed of its file and two others.
 * @param {readonly string[]} wanted
 * @returns {import('./same/compare.mjs').Job[]}
 */
function jobsFor(wanted) {
  const names = readdirSync(join(root, 'scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
  const strange = wanted.find((name) => !names.includes(name));
  if (strange !== undefined) {
    console.error(`There is no scenario ${strange}; there are ${names.join(', ')}.`);
    process.exit(2);
  }
  return (wanted.length === 0 ? names : wanted).flatMap((scenario) => {
    const text = readFileSync(join(root, `scenarios/${scenario}.yaml`), 'utf8');
    const own = /^seed: *["']?([^\s"']+)/m.exec(text)?.[1] ?? '1';
    return [own, '1001', 'another'].map((seed) => ({ scenario, seed, isOwnSeed: seed === own }));
  });
}

/** @param {string} part */
function isWanted(part) {
  return !values.without.includes(part);
}
