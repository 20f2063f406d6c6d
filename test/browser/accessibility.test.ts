/**
 * Every mode and state of the page, in both themes, before a checker of accessibility; then what
 * it cannot see: narrow pages, forced colours, and names that contain the words on screen.
 */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { goTo, pausePlay, select } from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

/** Such as "serious color-contrast: <p>…"; states without faults add nothing. */
async function look(page: Page, state: string, found: string[]): Promise<void> {
  const faults = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const rules = { 'label-content-name-mismatch': { enabled: true } };
    const { violations } = await checker.run({ rules });
    return violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
  });
  found.push(...faults.map((fault) => `${state}: ${fault}`));
}

async function openPaused(options: Parameters<typeof openPage>[0], seconds: number) {
  const opened = await openPage(options);
  await opened.page.evaluate(axe.source);
  await pausePlay(opened.page);
  await goTo(opened.page, seconds);
  return opened;
}

async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

const dies = '?scenario=primary-dies';

test.each(['dark', 'light'] as const)('watching and investigating, %s', async (theme) => {
  const found: string[] = [];
  const { page } = await openPaused({ query: dies, colorScheme: theme }, 22);
  // Three times as much is asked of the system as it can do.
  await page.locator('.warning').waitFor();
  await look(page, 'watch with a warning', found);
  await page.keyboard.press('2');
  await page.locator('.bench .chart').first().waitFor();
  await look(page, 'charts', found);
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.locator('.event').first().waitFor();
  await look(page, 'events', found);
  await page.getByRole('tab', { name: 'Requests' }).click();
  await page.locator('.note').first().click();
  await page.locator('.waterfall-row').first().waitFor();
  await look(page, 'waterfall', found);
  await page.getByRole('button', { name: 'Why is p99 high?' }).click();
  await page.locator('.cause').first().waitFor();
  await look(page, 'why', found);
  await select(page, 'api/2');
  await page.locator('.parameter-head').first().click();
  await page.locator('.change-form input').first().waitFor();
  await look(page, 'inspector with parameters', found);
  expect(found).toEqual([]);
});

test.each(['dark', 'light'] as const)('acts, a comparison and dialogs, %s', async (theme) => {
  const found: string[] = [];
  const { page } = await openPaused({ query: dies, colorScheme: theme }, 4);
  await select(page, 'chats-db/shard-1/node-1');
  await page.keyboard.press('x');
  await page.getByRole('heading', { name: 'You changed the future' }).waitFor();
  await goTo(page, 6);
  await look(page, 'an act and its ghost', found);
  await page.keyboard.press('c');
  await page.locator('.lane-b').waitFor();
  await page.getByRole('button', { name: 'Whose fate changed?' }).click();
  await page.locator('.fate').first().click();
  await page.locator('.fates-trace .waterfall-row').first().waitFor();
  await look(page, 'fates and both waterfalls', found);
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await page.keyboard.press('Control+k');
  await look(page, 'list of commands', found);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await look(page, 'keys', found);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Run until …' }).click();
  await look(page, 'run until', found);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  await field.fill((await field.inputValue()).replace('duration:', 'durration:'));
  await page.keyboard.press('Control+Enter');
  await page.locator('.diagnostic').first().waitFor();
  await look(page, 'text with errors', found);
  expect(found).toEqual([]);
});

test.each([
  { theme: 'dark', withoutCanvas: true },
  { theme: 'light', withoutCanvas: false },
] as const)('a narrow page, $theme, no canvas: $withoutCanvas', async (how) => {
  const found: string[] = [];
  const { theme, withoutCanvas } = how;
  const viewport = { width: 320, height: 568 };
  const { page } = await openPaused(
    { query: dies, colorScheme: theme, viewport, withoutCanvas },
    14,
  );
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await look(page, 'watch', found);
  await page.getByRole('button', { name: 'More tools' }).click();
  await page.getByRole('button', { name: 'More ways through time' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isVisible()).toBe(true);
  await expect.poll(() => page.getByRole('button', { name: 'To the end' }).isVisible()).toBe(true);
  if (!withoutCanvas) {
    await page.getByRole('button', { name: 'legend' }).click();
    await expect.poll(() => page.locator('.legend-signs').isVisible()).toBe(true);
  }
  await look(page, 'all shown', found);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press('2');
  await page.locator('.bench .chart').first().waitFor();
  await look(page, 'investigate', found);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(found).toEqual([]);
});

test('on a telephone the stage has 45 % of the height, and nothing lies over it', async () => {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 320, height: 568 },
  ]) {
    const { page } = await openPage({ query: dies, viewport });
    const stage = (await page.locator('.stage-frame').boundingBox())!;
    const transport = (await page.locator('.transport').boundingBox())!;
    const seen = Math.min(stage.y + stage.height, transport.y) - stage.y;
    expect(seen / viewport.height).toBeGreaterThanOrEqual(0.45);
    const legend = (await page.locator('.legend').boundingBox())!;
    expect(legend.y + legend.height).toBeLessThanOrEqual(transport.y + 1);
    await closePages();
  }
});

test('with forced colours verdicts keep their signs and words', async () => {
  const { page } = await openPaused({ query: dies, forcedColors: 'active' }, 22);
  const verdicts = page.locator('.verdict');
  for (const verdict of await verdicts.all()) {
    expect(await verdict.locator('.verdict-sign').isVisible()).toBe(true);
    expect(await verdict.textContent()).toMatch(/met|missed|open/);
  }
  const sign = page.locator('.verdict[data-verdict=FAIL] .verdict-sign path').first();
  const drawn = await sign.evaluate((path) => {
    const { fill, stroke } = getComputedStyle(path);
    const ground = getComputedStyle(document.body).backgroundColor;
    return [fill, stroke].filter((colour) => colour !== 'none' && colour !== ground);
  });
  expect(drawn.length).toBeGreaterThan(0);
});
