// `npm run budgets [-- NAME …]`: opens the built page in a real browser as a reader would and
// prints what it costs against what it may cost. Milliseconds are those of this machine at this
// moment, with graphics drawn in software; the exit code is 1 when a budget is missed.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumFlags, findChromium } from './browser.mjs';
import { root } from './run-bundled.mjs';
import { pageProbe } from './budgets/page-probe.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{what: string, measured: number, most: number, unit: string}} Row */

const loads = 5;
const clicks = 12;
const seeks = 50;
/** Simulated seconds that seeks go to; all of it has been played before. */
const seekSpan = 600;

await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
const found = await findChromium();
const browser = await chromium.launch({ executablePath: found.path, args: [...chromiumFlags] });
const address = server.resolvedUrls?.local[0] ?? '';

/** @type {Record<string, () => Promise<Row[]>>} */
const measures = { opening, size, frames, crowd, clicking, seeking, pausing, messages };
const asked = process.argv.slice(2);
const wanted = Object.keys(measures).filter((name) => asked.length === 0 || asked.includes(name));
if (wanted.length === 0) {
  console.error(`There are: ${Object.keys(measures).join(', ')}.`);
  process.exitCode = 2;
}
let missed = 0;
for (const name of wanted) {
  for (const { what, measured, most, unit } of await /** @type {any} */ (measures)[name]()) {
    const holds = measured <= most;
    if (!holds) missed += 1;
    const figures = `${measured.toFixed(unit === 'ms' ? 1 : 0)} ${unit} (at most ${most} ${unit})`;
    console.log(`${holds ? 'held  ' : 'missed'}  ${what.padEnd(58)} ${figures}`);
  }
}
await browser.close();
await server.close();
if (missed > 0) process.exitCode = 1;

/**
 * A page in a context of its own, so that nothing is cached.
 * @param {string} query
 * @param {string | null} file a scenario to open instead of the first one
 * @param {{width: number, height: number}} viewport
 * @returns {Promise<Page>}
 */
async function open(query = '', file = null, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({
    viewport,
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  await page.addInitScript(pageProbe);
  await page.goto(`${address}${query}`);
  await page.waitForSelector('.mirror-node', { state: 'attached' });
  if (file !== null) {
    const before = await page.locator('h1').textContent();
    await page.setInputFiles('input[type=file]', join(root, 'tools/budgets', file));
    await page.waitForFunction((old) => document.querySelector('h1')?.textContent !== old, before);
  }
  return page;
}

/** @returns {Promise<Row[]>} */
async function opening() {
  /** @type {number[]} */
  const shells = [];
  /** @type {number[]} */
  const dots = [];
  for (let load = 0; load < loads; load += 1) {
    const page = await open();
    await page.waitForFunction(() => document.querySelector('[data-first-dot-ms]'));
    const [shell, dot] = await page.evaluate(() => [
      /** @type {any} */ (globalThis).probe.shellMs,
      Number(document.querySelector('[data-first-dot-ms]')?.getAttribute('data-first-dot-ms')),
    ]);
    shells.push(shell);
    dots.push(dot);
    await page.context().close();
  }
  return [
    {
      what: 'shell visible, cold, median of five',
      measured: median(shells),
      most: 500,
      unit: 'ms',
    },
    {
      what: 'first moving dot, cold, median of five',
      measured: median(dots),
      most: 1500,
      unit: 'ms',
    },
  ];
}

/** @returns {Promise<Row[]>} */
async function size() {
  const folder = join(root, 'dist/page/assets');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  /** @param {readonly string[]} names */
  const kilobytes = (names) =>
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0) / 1024;
  const page = await open();
  await page.waitForFunction(() => document.querySelector('[data-first-dot-ms]'));
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1) ?? ''),
  );
  await page.context().close();
  const workers = scripts.filter((name) => name.includes('worker'));
  const first = scripts.filter((name) => loaded.includes(name) && !workers.includes(name));
  return [
    { what: 'scripts of the first load, gzip', measured: kilobytes(first), most: 330, unit: 'KB' },
    { what: 'all scripts, gzip', measured: kilobytes(scripts), most: 450, unit: 'KB' },
    { what: 'script of the worker, gzip', measured: kilobytes(workers), most: 90, unit: 'KB' },
  ];
}

/** @returns {Promise<Row[]>} */
async function frames() {
  const page = await open('', 'fourteen-nodes.yaml');
  return framesOn(page, 'as they come');
}

/**
 * As many dots as are ever drawn: roads so long that they have room for all of them.
 * @returns {Promise<Row[]>}
 */
async function crowd() {
  const page = await open('', 'crossing-roads.yaml');
  return framesOn(page, 'long roads');
}

/**
 * @param {Page} page
 * @param {string} words
 * @returns {Promise<Row[]>}
 */
async function framesOn(page, words) {
  await page.waitForTimeout(4000);
  const stage = page.getByTestId('stage');
  /** @type {number[]} */
  const gaps = [];
  /** @type {number[]} */
  const dots = [];
  for (let turn = 0; turn < 16; turn += 1) {
    gaps.push(...(await page.evaluate(() => /** @type {any} */ (globalThis).probe.frameGaps(500))));
    dots.push(Number(await stage.getAttribute('data-dots')));
  }
  const costP50 = await stage.getAttribute('data-cost-p50');
  const costP95 = await stage.getAttribute('data-cost-p95');
  await page.context().close();
  const [least, most] = [Math.min(...dots), Math.max(...dots)];
  console.log(`        (14 nodes, ${words}: ${least} to ${most} dots, median ${median(dots)})`);
  return [
    { what: 'from frame to frame, p50', measured: quantile(gaps, 0.5), most: 20, unit: 'ms' },
    { what: 'from frame to frame, p95', measured: quantile(gaps, 0.95), most: 40, unit: 'ms' },
    { what: 'script of a frame, p50', measured: Number(costP50), most: 3, unit: 'ms' },
    { what: 'script of a frame, p95', measured: Number(costP95), most: 10, unit: 'ms' },
  ];
}

/** @returns {Promise<Row[]>} */
async function clicking() {
  const page = await open('?scenario=primary-dies');
  await page.waitForTimeout(1500);
  const path = 'api/2';
  await page.locator(`.mirror-node[data-path="${path}"]`).focus();
  await page.keyboard.press('Enter');
  /** @type {number[]} */
  const times = [];
  for (let click = 0; click < clicks; click += 1) {
    const button = click % 2 === 0 ? /^Crash/ : /^Restart/;
    const deed = page.locator('.deeds').getByRole('button', { name: button }).first();
    await deed.waitFor();
    times.push(
      await deed.evaluate(
        (element, of) => /** @type {any} */ (globalThis).probe.clickToState(element, of),
        path,
      ),
    );
    await page.waitForTimeout(400);
  }
  await page.context().close();
  const measured = quantile(times, 0.95);
  return [{ what: 'from a click to its effect, p95', measured, most: 100, unit: 'ms' }];
}

/** @returns {Promise<Row[]>} */
async function seeking() {
  const page = await open('', 'ten-minutes.yaml');
  await page.keyboard.press('End');
  await page.waitForFunction(
    () => document.querySelector('.identity[data-play=ended]') !== null,
    undefined,
    { timeout: 120_000 },
  );
  /** @type {number[]} */
  const times = [];
  // A fixed sequence: multiples of the golden ratio fall everywhere.
  for (let seek = 1; seek <= seeks; seek += 1) {
    const share = (seek * 0.618_033_988_75) % 1;
    times.push(
      await page.evaluate((to) => /** @type {any} */ (globalThis).probe.seekTo(to), share * 0.999),
    );
  }
  await page.context().close();
  const words = `seek in ${seekSpan / 60} min at 1k requests/s`;
  return [
    { what: `${words}, p50 of ${seeks}`, measured: quantile(times, 0.5), most: 150, unit: 'ms' },
    { what: `${words}, p95 of ${seeks}`, measured: quantile(times, 0.95), most: 150, unit: 'ms' },
  ];
}

/** @returns {Promise<Row[]>} */
async function pausing() {
  const page = await open('?scenario=primary-dies');
  await page.waitForTimeout(1500);
  await page.keyboard.press('Space');
  await page.waitForTimeout(1500);
  const counts = () =>
    page.evaluate(() => ({
      drawn: Number(document.querySelector('[data-testid=stage]')?.getAttribute('data-rendered')),
      messages: /** @type {any} */ (globalThis).probe.framesTaken,
    }));
  const before = await counts();
  await page.waitForTimeout(5000);
  const after = await counts();
  await page.context().close();
  return [
    {
      what: 'frames drawn in 5 s of pause',
      measured: after.drawn - before.drawn,
      most: 0,
      unit: '',
    },
    {
      what: 'frames sent in 5 s of pause',
      measured: after.messages - before.messages,
      most: 0,
      unit: '',
    },
  ];
}

/** @returns {Promise<Row[]>} */
async function messages() {
  const page = await open('?scenario=photo-feed');
  await page.waitForTimeout(1500);
  const taken = () => page.evaluate(() => /** @type {any} */ (globalThis).probe.framesTaken);
  const before = await taken();
  await page.waitForTimeout(5000);
  const measured = ((await taken()) - before) / 5;
  await page.context().close();
  return [{ what: 'frames sent each second', measured, most: 30, unit: '/s' }];
}

/** @param {readonly number[]} values */
function median(values) {
  return quantile(values, 0.5);
}

/**
 * The smallest value that at least this share of the values does not exceed.
 * @param {readonly number[]} values
 * @param {number} share
 */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
