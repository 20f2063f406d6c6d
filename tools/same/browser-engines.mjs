// The engines of `npm run same` in a browser, two for each: the worker of the built page, asked
// without a page around it, and the page itself, worked as a visitor would.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { chromiumFlags } from '../browser.mjs';
import { root } from '../run-bundled.mjs';

/** @typedef {import('./compare.mjs').Engine} Engine */

/** A run in an engine that compiles slowly may take this long, ms. */
const patienceMs = 600_000;

/**
 * @param {{kind: 'chrome' | 'firefox', path: string, url: string, worker: string}} options
 *   `url` of the built page, with a slash at its end; `worker` below it
 * @returns {Promise<Engine[]>}
 */
export async function browserEngines({ kind, path, url, worker }) {
  const browser = await launch({
    browser: kind,
    executablePath: path,
    headless: true,
    args: kind === 'chrome' ? [...chromiumFlags] : [],
    // Under another locale some builds name a language that charts cannot be made in.
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    timeout: 120_000,
    protocolTimeout: patienceMs,
  });
  try {
    return await enginesOf(browser, kind, url, worker);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {'chrome' | 'firefox'} kind
 * @param {string} url
 * @param {string} worker
 * @returns {Promise<Engine[]>}
 */
async function enginesOf(browser, kind, url, worker) {
  const version = (await browser.version()).replace(/^.*\//, '').replace(/^(\d+\.\d+).*$/, '$1');
  const name = `${kind === 'chrome' ? 'Chromium' : 'Firefox'} ${version}`;
  const bare = await browser.newPage();
  await bare.goto(`${url}bare.html`);
  await bare.evaluate(startWorker, `${url}comlink.js`, url + worker);
  const page = await browser.newPage();
  return [workerEngine(name, bare, url), pageEngine(name, page, url, browser)];
}

/**
 * @param {string} name
 * @param {import('puppeteer-core').Page} bare
 * @param {string} url
 * @returns {Engine}
 */
function workerEngine(name, bare, url) {
  return {
    name,
    async run({ scenario, seed }) {
      const text = readFileSync(join(root, `scenarios/${scenario}.yaml`), 'utf8');
      return bare.evaluate(runInWorker, text, `${scenario}.yaml`, seed);
    },
    fingerprint: () => bare.evaluate(askFingerprint, `${url}math.js`),
    async close() {},
  };
}

/**
 * Runs the seed of the file only, which is the one that a visitor sees.
 * @param {string} name
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 * @param {import('puppeteer-core').Browser} browser
 * @returns {Engine}
 */
function pageEngine(name, page, url, browser) {
  /** @type {string[]} */
  const offences = [];
  page.on('pageerror', (error) => offences.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') offences.push(message.text());
  });
  return {
    name: `${name}, page`,
    async run({ scenario, isOwnSeed }) {
      if (!isOwnSeed) return null;
      await page.goto(`${url}?scenario=${scenario}`);
      await page.waitForSelector('.mirror-node');
      await page.select('.speed select', 'Infinity');
      await page.waitForSelector('.identity[data-play="ended"]', { timeout: patienceMs });
      const hash = await page.$eval('[data-testid=hash]', (shown) => shown.getAttribute('title'));
      if (offences.length > 0) throw new Error(`on the page: ${offences.join('; ')}`);
      return { hash: hash ?? '', events: null };
    },
    fingerprint: async () => null,
    close: () => browser.close(),
  };
}

// What follows runs in the browser.

/** @typedef {import('../../src/protocol/session.ts').Session} Session */
/** @typedef {typeof globalThis & {session: Session}} BarePage */

/**
 * @param {string} comlink
 * @param {string} worker
 */
async function startWorker(comlink, worker) {
  const { wrap } = await import(comlink);
  const started = new Worker(worker, { type: 'module' });
  const commands = new MessageChannel();
  const ports = {
    commands: commands.port2,
    frames: new MessageChannel().port2,
    failures: new MessageChannel().port2,
  };
  started.postMessage(ports, [ports.commands, ports.frames, ports.failures]);
  /** @type {BarePage} */ (globalThis).session = wrap(commands.port1);
}

/**
 * @param {string} text
 * @param {string} file
 * @param {string} seed
 */
async function runInWorker(text, file, seed) {
  const { session } = /** @type {BarePage} */ (globalThis);
  const reply = await session.load(text, file, seed);
  if (!reply.ok) throw new Error(JSON.stringify(reply.diagnostics));
  const hash = await session.finish();
  const results = /** @type {{hash: string, events: number}} */ (await session.results());
  if (results.hash !== hash) throw new Error(`${hash} in the end, ${results.hash} in the results`);
  return { hash, events: results.events };
}

/**
 * @param {string} math
 * @returns {Promise<string>}
 */
async function askFingerprint(math) {
  const { fingerprint } = await import(math);
  return fingerprint();
}
