/** Two runs side by side: an alternative of the file, and the future without the last act. */

import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import axe from 'axe-core';
import { HeapScale } from './heap.ts';
import { clockSeconds, closeBrowser, closePages, openPage, waitForState } from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

const bar = (page: Page) => page.getByRole('region', { name: 'Comparison' });
const differences = (page: Page) => bar(page).getByRole('list', { name: 'Differences' });

async function chooses(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await bar(page).getByLabel('Compare with', { exact: true }).selectOption(key);
  await page.locator('.lane-b canvas').waitFor({ state: 'attached' });
}

async function playedTo(page: Page, seconds: number): Promise<void> {
  await page.locator('.speed select').selectOption('10');
  await page.waitForFunction((least) => {
    const text = document.querySelector('[data-testid=clock]')!.textContent ?? '';
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > least;
  }, seconds);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
}

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

test('an alternative runs beside the run, and what differs is told with intervals', async () => {
  const { page, offences } = await openPage();
  await chooses(page, 'alternative:fail-fast');
  expect(page.workers()).toHaveLength(2);
  expect(page.url()).toContain('compare=alternative');
  await page.locator('.lane-label', { hasText: 'api.retries: none' }).waitFor();
  await playedTo(page, 20);
  const tile = differences(page).getByRole('listitem').filter({ hasText: 'p99 of open-chat' });
  await tile.getByText('B is better').waitFor();
  expect(await tile.textContent()).toMatch(/−\d+ ms \(−[\d.]+ m?s to −[\d.]+ m?s\)/);
  expect(await tile.getAttribute('title')).toContain('paired t over');

  await bar(page).getByRole('button', { name: 'Whose fate changed?' }).click();
  const saved = page.locator('.fates-counts [data-change="saved"] dd');
  await saved.waitFor();
  expect(Number((await saved.textContent())!.replaceAll(',', ''))).toBeGreaterThan(100);
  expect(await seriousFaults(page)).toEqual([]);
  await page.locator('.fate').first().click();
  await page.getByRole('group', { name: 'In run A' }).locator('.waterfall').waitFor();
  await page.getByRole('group', { name: 'In run B' }).locator('.waterfall').waitFor();
  expect(offences).toEqual([]);
});

test('the future without a crash is one click away, with one clock for both', async () => {
  const { page, offences } = await openPage();
  await playedTo(page, 3);
  await page.locator('.mirror-node[data-path="redis/node-1"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('x');
  await waitForState(page, 'redis/node-1', 'down');
  await page.keyboard.press('c');
  await page.locator('.lane-b canvas').waitFor({ state: 'attached' });
  const label = page.locator('.lane-label[data-lane="B"]');
  expect(await label.textContent()).toMatch(/without crash redis\/node-1 at \d/);
  const ofB = page.locator('.lane-mirror .mirror-node[data-path="redis/node-1"]');
  await page.waitForFunction(
    () =>
      document
        .querySelector('.lane-mirror .mirror-node[data-path="redis/node-1"]')
        ?.getAttribute('data-state') === 'up',
  );
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await playedTo(page, 11);
  expect(await ofB.getAttribute('data-state')).toBe('up');
  await differences(page).getByText('B is better').first().waitFor();

  await bar(page).getByRole('button', { name: 'Close the comparison' }).click();
  await page.waitForFunction(() => document.querySelector('.lane-b') === null);
  await expect.poll(() => page.workers().length).toBe(1);
  expect(page.url()).not.toContain('compare');
  const clock = await clockSeconds(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(clock);
  expect(offences).toEqual([]);
});

test('both pictures have one camera, and a worker of B that is lost comes back', async () => {
  const { page } = await openPage({ query: '?compare=alternative:fail-fast' });
  await page.locator('.lane-b canvas').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const levels = () =>
    page
      .locator('.stage-host')
      .evaluateAll((hosts) => hosts.map((host) => (host as HTMLElement).dataset['level']));
  await expect.poll(async () => new Set(await levels()).size).toBe(1);
  page
    .workers()[1]!
    .evaluate(() => close())
    .catch(() => undefined);
  await page.locator('.lane-label[data-lane="B"]', { hasText: 'in the same state' }).waitFor();
});

test('opened and closed ten times, the comparison leaves the memory as it was', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Space');
  const scale = await HeapScale.of(page);
  const once = async () => {
    await chooses(page, 'alternative:fail-fast');
    await bar(page).getByRole('button', { name: 'Close the comparison' }).click();
    await expect.poll(() => page.workers().length).toBe(1);
  };
  for (let turn = 0; turn < 3; turn += 1) await once();
  const before = await scale.weigh();
  for (let turn = 0; turn < 10; turn += 1) await once();
  const after = await scale.weigh();
  console.info(`page ${before.page.toFixed(1)} → ${after.page.toFixed(1)} MB`);
  expect(after.page - before.page).toBeLessThan(3);
}, 120_000);

test('a narrow page shows the two pictures one above the other', async () => {
  const { page } = await openPage({
    viewport: { width: 390, height: 844 },
    query: '?compare=alternative:fail-fast',
  });
  await page.locator('.lane-b canvas').waitFor({ state: 'attached' });
  const boxes = await page
    .locator('.stage-host')
    .evaluateAll((hosts) => hosts.map((host) => host.getBoundingClientRect().toJSON() as DOMRect));
  expect(boxes[1]!.top).toBeGreaterThanOrEqual(boxes[0]!.bottom - 1);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
