/** A page in a tab that nobody sees runs on, and runs the same. */

import { spawnSync } from 'node:child_process';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { chromiumFlags } from '../../tools/browser.mjs';

const scenario = 'partition';
let browser: Browser;
let expected: string;

beforeAll(async () => {
  // Playwright keeps every page visible, so this test drives the browser with Puppeteer.
  browser = await launch({
    executablePath: inject('chromiumPath'),
    args: [...chromiumFlags],
    // Under another locale some builds name a language that charts cannot be made in.
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
  });
  const { stdout } = spawnSync('node', ['tools/gameday.mjs', 'run', scenario, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expected = (JSON.parse(stdout) as { hash: string }).hash;
});
afterAll(() => browser.close());

async function open(speed: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${inject('pageUrl')}?scenario=${scenario}`);
  await page.waitForSelector('.mirror-node');
  await page.select('.speed select', speed);
  return page;
}

/** Puts another tab in front; a browser without tabs to see is told so by hand. */
async function hide(page: Page): Promise<void> {
  const front = await browser.newPage();
  await front.bringToFront();
  await page.evaluate(async () => {
    const deadline = performance.now() + 1000;
    while (!document.hidden && performance.now() < deadline) {
      await new Promise((done) => setTimeout(done, 20));
    }
    if (document.hidden) return;
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

const isHidden = (page: Page) => page.evaluate(() => document.hidden);
const clockOf = (page: Page) => page.$eval('[data-testid=clock]', ({ textContent }) => textContent);

async function hashAtTheEnd(page: Page): Promise<string | null> {
  await page.waitForSelector('.identity[data-play="ended"]');
  return page.$eval('[data-testid=hash]', (shown) => shown.getAttribute('title'));
}

test('hidden until its end, a run has the hash of the command line', async () => {
  const page = await open('1');
  await hide(page);
  expect(await isHidden(page)).toBe(true);
  expect(await page.$('.identity[data-play="ended"]')).toBeNull();
  await page.select('.speed select', '100');
  expect(await hashAtTheEnd(page)).toBe(expected);
  expect(await isHidden(page)).toBe(true);
});

test('hidden for a while and seen again, it has run on and has the same hash', async () => {
  const page = await open('1');
  await hide(page);
  const before = await clockOf(page);
  await page.waitForFunction(
    (from) => document.querySelector('[data-testid=clock]')!.textContent !== from,
    // Frames are not drawn in a hidden tab, so time has to be what wakes the look.
    { polling: 100 },
    before,
  );
  expect(await isHidden(page)).toBe(true);
  await page.bringToFront();
  await page.select('.speed select', '100');
  expect(await hashAtTheEnd(page)).toBe(expected);
});
