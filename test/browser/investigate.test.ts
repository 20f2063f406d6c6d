import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { clockSeconds, closeBrowser, closePages, openPage } from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

/** The crash of the first scenario is at 12 s; a little later everybody waits. */
async function playToOutage(page: Page): Promise<void> {
  await page.locator('.speed select').selectOption('20');
  await page.waitForFunction(() => {
    const text = document.querySelector('[data-testid=clock]')!.textContent;
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > 24;
  });
  await page.getByRole('tab', { name: 'Investigate' }).click();
}

async function openBench(page: Page, name: 'Charts' | 'Requests' | 'Events'): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}

/** Goes to the moment when callers learn of the new primary, by its line in the log. */
async function goToRedirection(page: Page): Promise<void> {
  await openBench(page, 'Events');
  await page.locator('.event', { hasText: 'now use' }).first().click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.waitForFunction(() =>
    document.querySelector('[data-testid=clock]')!.textContent.startsWith('00:22.'),
  );
}

test('an event in the log is filtered for, gone to and selected', async () => {
  const { page, offences } = await openPage();
  await playToOutage(page);
  await openBench(page, 'Events');
  const log = page.getByRole('region', { name: 'Events' });
  const before = await log.locator('.event').count();
  await log.getByRole('searchbox').fill('promoted');
  expect(await log.locator('.event').count()).toBeLessThan(before);
  await log.getByRole('combobox').selectOption('promotion');
  const line = log.locator('.event').first();
  expect(await line.textContent()).toContain('promoted to primary');
  const target = await line.locator('.event-target').textContent();
  await line.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    document.querySelector('[data-testid=clock]')!.textContent.startsWith('00:19.'),
  );
  await expect.poll(() => page.locator('.inspector-path').textContent()).toBe(target);
  await log.getByRole('searchbox').fill('');
  await log.getByRole('combobox').selectOption('');
  expect(await log.locator('.event[data-ahead=true]').count()).toBeGreaterThan(0);
  expect(offences).toEqual([]);
});

test('charts share one span and one crosshair, each has a sentence and a table', async () => {
  const { page, offences } = await openPage();
  await playToOutage(page);
  await openBench(page, 'Charts');
  const latency = page.getByRole('figure', { name: 'Latency' });
  const plot = latency.locator('.u-over');
  await plot.waitFor();
  await page.waitForFunction(() =>
    /rose from .* to .* at/.test(document.querySelector('.chart-sentence')?.textContent ?? ''),
  );
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 30, { steps: 4 });
  await page.mouse.up();
  const span = page.getByRole('group', { name: 'Span of the charts' });
  await span.getByRole('button', { name: 'Show all' }).waitFor();
  await latency.getByRole('button', { name: 'Latency as a table' }).click();
  const table = page.getByRole('dialog', { name: 'Latency as a table' });
  await table.locator('tbody tr').first().waitFor();
  const rows = await table.locator('tbody tr').count();
  expect(rows).toBeGreaterThan(2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    table.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/latency\.csv$/);
  await table.getByRole('button', { name: 'Close' }).click();
  await plot.dblclick({ position: { x: 40, y: 20 } });
  await span.getByText('All of the run').waitFor();

  await page.keyboard.press('Space');
  await latency.locator('.chart-host').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await span.getByRole('button', { name: 'Show all' }).waitFor();
  const crosshairs = await page
    .locator('.chart .u-cursor-x')
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).transform !== 'none'));
  expect(crosshairs.length).toBeGreaterThan(4);
  expect(offences).toEqual([]);
});

test('a failed request is taken apart by keyboard, as rows and as a table', async () => {
  const { page, offences } = await openPage();
  await playToOutage(page);
  await goToRedirection(page);
  await openBench(page, 'Requests');
  await page.getByRole('button', { name: 'Failed' }).click();
  const note = page.locator('.note', { hasText: '✕' }).first();
  await note.waitFor();
  await note.focus();
  await page.keyboard.press('Enter');
  const waterfall = page.locator('.waterfall');
  await waterfall.waitFor();
  const rows = waterfall.getByRole('option');
  expect(await rows.count()).toBeGreaterThan(2);
  await expect.poll(() => waterfall.locator('.bar-critical').count()).toBeGreaterThan(0);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => rows.nth(1).getAttribute('aria-selected')).toBe('true');
  await waterfall.getByRole('button', { name: 'As a table' }).click();
  await expect.poll(() => waterfall.locator('tbody tr').count()).toBeGreaterThan(2);
  const follow = waterfall.getByRole('button', { name: 'Follow on the stage' });
  await follow.click();
  expect(await follow.getAttribute('aria-pressed')).toBe('true');
  const now = await clockSeconds(page);
  await waterfall.getByRole('button', { name: 'Go to its start' }).click();
  await page.waitForFunction(
    (before) =>
      document
        .querySelector('[data-testid=clock]')!
        .textContent.split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0) < before,
    now,
  );
  expect(offences).toEqual([]);
});

test('the causes of a high p99 are ranked, and a cause leads to its place', async () => {
  const { page, offences } = await openPage();
  await playToOutage(page);
  await goToRedirection(page);
  await page.getByRole('button', { name: /^Why is p99 of open-chat missed/ }).click();
  const why = page.locator('.why');
  await why.locator('.cause').first().waitFor();
  await expect.poll(() => why.locator('h2').textContent()).toContain('open-chat');
  const shares = await why
    .locator('.cause-share')
    .evaluateAll((all) => all.map((one) => Number.parseFloat(one.textContent)));
  expect(shares).toEqual([...shares].sort((left, right) => right - left));
  await expect
    .poll(() => why.locator('.cause').first().textContent())
    .toContain('waiting in line at api');
  await why.locator('.cause').first().click();
  await expect.poll(() => page.locator('.inspector-path').textContent()).toBe('api');
  expect(offences).toEqual([]);
});

test('the inspector shows who waits, opens its waterfall, and names the line of the file', async () => {
  const { page, offences } = await openPage();
  await playToOutage(page);
  await goToRedirection(page);
  await page.evaluate(() => document.querySelector<HTMLElement>('h1')!.click());
  await openBench(page, 'Requests');
  const path = page.locator('.mirror-node[data-path="api/1"]');
  await path.focus();
  await path.press('Enter');
  const inside = page.getByRole('region', { name: 'Inside' });
  await inside.getByText(/waiting, first in line/).waitFor();
  await inside.locator('button.present-request').last().click();
  await page.locator('.waterfall').waitFor();
  await expect
    .poll(() => page.locator('.waterfall-head').textContent())
    .toMatch(/not over yet|ms|s,/);

  const parameters = page.getByRole('region', { name: 'Parameters' });
  await parameters.getByRole('button', { name: /^Line \d+ of the file/ }).click();
  // The pane opens with the next drawing of the page, and selects after it.
  await page.waitForFunction(() => {
    const field = document.querySelector<HTMLTextAreaElement>('#scenario-pane textarea');
    if (field === null) return false;
    const { value, selectionStart, selectionEnd } = field;
    return value.slice(selectionStart, selectionEnd).trim() === 'api:';
  });
  expect(offences).toEqual([]);
});

test('a number is changed from now on, and what cannot be is refused in words', async () => {
  const { page, offences } = await openPage();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Investigate' }).click();
  const node = page.locator('.mirror-node[data-path="api/1"]');
  await node.focus();
  await node.press('Enter');
  const parameters = page.getByRole('region', { name: 'Parameters' });
  await parameters.getByRole('button', { name: /^workers/ }).click();
  const field = parameters.getByRole('textbox', { name: 'Another value of api.workers' });
  await field.fill('many');
  await parameters.getByRole('button', { name: 'From now' }).click();
  await page
    .getByText(/many.*is not|whole number/)
    .first()
    .waitFor();
  await field.fill('120');
  await parameters.getByRole('button', { name: 'From now' }).click();
  await parameters.getByRole('button', { name: /^workers\s*120/ }).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: false }).first().click();
  await parameters.getByRole('button', { name: /^workers\s*45/ }).waitFor();
  expect(offences).toEqual([]);
});

test('charts are drawn in a browser whose language is none', async () => {
  const { page, offences } = await openPage({
    initScript: () =>
      Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' }),
  });
  await page.getByRole('tab', { name: 'Investigate' }).click();
  await page.locator('.chart canvas').first().waitFor();
  expect(offences).toEqual([]);
});
