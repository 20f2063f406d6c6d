/**
 * Every row of the visual language against a picture of it. In the browser and with the letters
 * with which the pictures were made they have to be the same to the last pixel; elsewhere they have
 * to show something, in about the same colours. `UPDATE_GOLDENS=1` makes them anew.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { colourDistance, inkOf } from './picture-distance.ts';
import { visualRows, type VisualRow } from './visual-rows.ts';

afterEach(closePages);
afterAll(closeBrowser);

const folder = new URL('./goldens/', import.meta.url);
const makerFile = new URL('made-with.json', folder);
const updates = process.env['UPDATE_GOLDENS'] === '1';
/** Its text is replaced by that of the row, so that the page opens it paused at a time. */
const replaced = 'hot-shard';
/** Another Chromium and other letters change edges and words, not what is drawn. */
const distanceMax = 0.04;
/** The same for the same browser with the same letters. */
const sameMakerMax = 0.002;
const inkMin = 0.005;
/** px */
const legendHeight = 66;

for (const theme of ['dark', 'light'] as const) {
  describe(`in the ${theme} theme`, () => {
    for (const row of visualRows) {
      test(`${row.name} looks as it should`, async () => {
        const { page, offences } = await openRow(row, theme);
        const legend = await page.locator('.legend').textContent();
        for (const words of row.legend) expect(legend).toContain(words);
        const picture = await pictureOf(page);
        expect(offences).toEqual([]);
        expect(await inkOf(page, picture)).toBeGreaterThan(inkMin);
        await compare(page, `${row.name}-${theme}.png`, picture);
      });
    }
  });
}

async function openRow(row: VisualRow, colorScheme: 'dark' | 'light') {
  const select = row.select === undefined ? '' : `&select=${row.select}`;
  const opened = await openPage({
    query: `?scenario=${replaced}&t=${row.at}${select}`,
    viewport: { width: 900, height: 640 },
    colorScheme,
    reducedMotion: row.reducedMotion === true ? 'reduce' : 'no-preference',
    texts: { [replaced]: row.text },
  });
  const { page } = opened;
  const drawn = `[data-testid=stage][data-time="${row.at.toFixed(3)}"]`;
  await page.waitForSelector(drawn, { timeout: 30_000 });
  for (const key of row.keys ?? []) await page.keyboard.press(key);
  if (row.select !== undefined) {
    await page.waitForSelector(`${drawn}[data-inside="${row.select}"]`);
  }
  await standsStill(page);
  return opened;
}

/** Waits until nothing has been drawn for a while. */
async function standsStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const host = document.querySelector<HTMLElement>('[data-testid=stage]')!;
      const seen = window as unknown as { drawn?: string; since?: number };
      const { rendered = '' } = host.dataset;
      if (seen.drawn !== rendered) [seen.drawn, seen.since] = [rendered, performance.now()];
      return Number(rendered) > 0 && performance.now() - seen.since! > 900;
    },
    undefined,
    { polling: 50 },
  );
}

/** The canvas above the legend, which is made of words and comes and goes with them. */
async function pictureOf(page: Page): Promise<Buffer> {
  const canvas = (await page.locator('.stage-host canvas').boundingBox())!;
  return page.screenshot({ clip: { ...canvas, height: canvas.height - legendHeight } });
}

async function compare(page: Page, name: string, picture: Buffer): Promise<void> {
  const golden = new URL(name, folder);
  const maker = await makerOf(page);
  if (updates) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(golden, picture);
    writeFileSync(makerFile, `${JSON.stringify(maker, null, 2)}\n`);
    return;
  }
  expect(existsSync(golden), `${name} is missing: make it with UPDATE_GOLDENS=1`).toBe(true);
  const wanted = readFileSync(golden);
  const known = JSON.parse(readFileSync(makerFile, 'utf8')) as unknown;
  if (JSON.stringify(known) === JSON.stringify(maker)) {
    // Which requests are drawn depends on how fast the page was when it opened, so a few dots differ.
    const far = picture.equals(wanted) ? 0 : await colourDistance(page, picture, wanted);
    expect(far, `${name} has changed`).toBeLessThan(sameMakerMax);
  } else expect(await colourDistance(page, picture, wanted)).toBeLessThan(distanceMax);
}

/** Browser and letters: the same ones draw the same pixels. */
async function makerOf(page: Page): Promise<{ chromium: string; letters: string }> {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d')!;
    context.font = `600 15px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText('photos-db 12/16 busy × ✕ ▲', 2, 20);
    return canvas.toDataURL();
  });
  const letters = createHash('sha256').update(drawn).digest('hex').slice(0, 16);
  return { chromium: page.context().browser()!.version(), letters };
}
