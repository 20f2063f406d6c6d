/** Watching and investigating, and an address that opens the same view again. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { goTo, hashOf, pausePlay, select, waitForClock } from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

async function faultsFound(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await checker.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

test('watching shows no charts; investigating does, with requests and events beside them', async () => {
  const { page, offences } = await openPage();
  await expect
    .poll(() => page.getByRole('tab', { name: 'Watch' }).getAttribute('aria-selected'))
    .toBe('true');
  await expect.poll(() => page.locator('.bench').count()).toBe(0);
  await page.getByRole('tab', { name: 'Investigate' }).click();
  await page.locator('.bench .chart').first().waitFor();
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect.poll(() => page.locator('.bench .chart').count()).toBe(0);
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(() => page.getByRole('tab', { name: 'Requests' }).getAttribute('aria-selected'))
    .toBe('true');
  expect(offences).toEqual([]);
});

test('the stage is the same one in both modes', async () => {
  const { page } = await openPage();
  await page.locator('.stage-host canvas').evaluate((canvas) => (canvas.id = 'the-one'));
  await page.keyboard.press('2');
  await page.locator('.bench').waitFor();
  await expect.poll(() => page.locator('.stage-host canvas#the-one').count()).toBe(1);
});

test('a link opens the same view: scenario, mode, time, selection, theme', async () => {
  const first = await openPage({ query: '?scenario=partition' });
  await pausePlay(first.page);
  await goTo(first.page, 7.25);
  await first.page.keyboard.press('2');
  await first.page.keyboard.press('ArrowRight');
  const selected = await first.page.locator('.inspector-path').textContent();
  await first.page.getByRole('button', { name: 'Switch to the light theme' }).click();
  await first.page.waitForFunction(() => location.search.includes('theme=light'));
  const query = await first.page.evaluate(() => location.search);
  const hash = await hashOf(first.page);
  await closePages();

  const { page } = await openPage({ query });
  await waitForClock(page, 7.25);
  expect(await hashOf(page)).toBe(hash);
  await page.locator('.bench').waitFor();
  await expect.poll(() => page.locator('.inspector-path').textContent()).toBe(selected);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
});

test.each(['dark', 'light'] as const)(
  'no fault in accessibility in any mode, %s',
  async (theme) => {
    const { page } = await openPage({ colorScheme: theme });
    await pausePlay(page);
    await goTo(page, 14);
    expect(await faultsFound(page)).toEqual([]);
    await page.getByRole('button', { name: 'Run until …' }).click();
    expect(await faultsFound(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    expect(await faultsFound(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.locator('.bench .chart').first().waitFor();
    expect(await faultsFound(page)).toEqual([]);
    await select(page, 'redis/node-1');
    await page.keyboard.press('x');
    await page.getByRole('heading', { name: 'You changed the future' }).waitFor();
    expect(await faultsFound(page)).toEqual([]);
  },
);

test.each([
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  // A window of 1280 by 800 at 200 %.
  { width: 640, height: 400 },
])('at $width by $height nothing is cut off sideways and time can be moved', async (viewport) => {
  const { page, offences } = await openPage({ viewport });
  for (const key of ['1', '2']) {
    await page.keyboard.press(key);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  }
  await expect
    .poll(() => page.getByRole('button', { name: 'Pause', exact: true }).isVisible())
    .toBe(true);
  const more = page.getByRole('button', { name: 'More ways through time' });
  if (await more.isVisible()) await more.click();
  await page.getByRole('button', { name: 'Run until …' }).click();
  const menu = (await page.locator('.until-menu').boundingBox())!;
  expect(menu.x).toBeGreaterThanOrEqual(0);
  expect(menu.x + menu.width).toBeLessThanOrEqual(viewport.width);
  expect(menu.y).toBeGreaterThanOrEqual(0);
  expect(offences).toEqual([]);
});

test('with forced colours the chosen mode and the playhead can still be told', async () => {
  const { page } = await openPage({ forcedColors: 'active' });
  const outline = await page
    .getByRole('tab', { name: 'Watch' })
    .evaluate((tab) => getComputedStyle(tab).outlineStyle);
  expect(outline).toBe('solid');
  const border = await page
    .getByTestId('playhead')
    .evaluate((playhead) => getComputedStyle(playhead).borderLeftWidth);
  expect(border).toBe('2px');
});

test('the verdict is told once when it changes, not with every number', async () => {
  const { page } = await openPage();
  await page.selectOption('.speed select', '5');
  const status = page.locator('.verdict-bar > [role=status]');
  const said: string[] = await status.evaluate(async (node) => {
    const heard: string[] = [];
    const watch = new MutationObserver(() => heard.push(node.textContent ?? ''));
    watch.observe(node, { childList: true, characterData: true, subtree: true });
    await new Promise((done) => setTimeout(done, 6000));
    return heard;
  });
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(6);
  expect(said.at(-1)).toMatch(/missed|met|open/);
});
