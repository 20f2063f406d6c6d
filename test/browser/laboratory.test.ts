/** The cache laboratory: curves of a run and of traces, the chain, faults in words, by keyboard. */

import axe from 'axe-core';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { select, waitForPlay } from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

/** A run that is soon played: eight seconds, with a cache of 20,000 of 40,000 entries. */
const short = readFileSync('scenarios/cold-cache.yaml', 'utf8')
  .replace(/^alternatives:[^]*/m, '')
  .replace('duration: 2m', 'duration: 8s')
  .replace('keys: 200k', 'keys: 40k')
  .replace('at: 15s', 'at: 5s');

async function openLaboratory(theme: 'dark' | 'light' = 'dark') {
  const opened = await openPage({
    // With a time the run rests there.
    query: '?scenario=cold-cache&mode=investigate&t=1',
    colorScheme: theme,
    texts: { 'cold-cache': short },
  });
  const { page } = opened;
  page.setDefaultTimeout(30_000);
  await page.evaluate(axe.source);
  await waitForPlay(page, 'paused');
  await page.getByRole('tab', { name: 'Cache laboratory' }).click();
  await page.locator('.lab-policies').waitFor();
  return opened;
}

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

/** A trace of 6,000 look-ups of 400 keys, the lower ones more often. */
function traceText(): string {
  let state = 1;
  const lines = Array.from({ length: 6000 }, (_, record) => {
    state = (state * 16_807) % 2_147_483_647;
    return `${record},key-${Math.floor(400 ** (state / 2_147_483_647))}`;
  });
  return `time,key\n${lines.join('\n')}\n`;
}

async function openTrace(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.getByLabel('Open a trace …').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

test('curves mark the present size, and a place on them can be tried by keyboard', async () => {
  const { page, offences } = await openLaboratory();
  await select(page, 'redis/node-1');
  await page.getByRole('checkbox', { name: 'w-tiny-lfu', exact: true }).uncheck();
  // At once, while the worker is still being started.
  await page.getByRole('button', { name: 'Compute the curves' }).evaluate(async (button) => {
    (button as HTMLElement).click();
    for (let turn = 0; turn < 500; turn += 1) {
      const deeds = [...document.querySelectorAll<HTMLElement>('.lab-work button')];
      const cancel = deeds.find(({ textContent }) => textContent === 'Cancel');
      cancel?.click();
      if (cancel !== undefined) return;
      await new Promise((done) => void setTimeout(done, 1));
    }
  });
  await page.getByText('Cancelled; nothing was changed.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  const figure = page.getByRole('figure', { name: 'Miss ratio of redis by size' });
  await figure.locator('.curve').first().waitFor();
  expect(await figure.locator('.curve-present').getAttribute('data-size')).toBe('20000');
  const names = await figure
    .locator('.curve')
    .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset['curve']));
  for (const name of ['lru', 'fifo', 'belady', 'che-lru']) expect(names).toContain(name);
  expect(names).not.toContain('w-tiny-lfu');
  expect(await figure.locator('.chart-sentence').textContent()).toMatch(
    /^At 20k entries lru misses .*; the best that can be misses \d+\.\d points less\.$/,
  );

  await figure.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('dialog', { name: 'Miss ratio of redis by size' });
  const ratios = await table.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.querySelectorAll('td')].map((cell) =>
        Number.parseFloat(cell.textContent),
      );
      const heads = [...row.closest('table')!.querySelectorAll('th[scope=col]')];
      const at = (name: string) => cells[heads.findIndex((head) => head.textContent === name) - 1]!;
      return { best: at('Bélády, the best that can be'), lru: at('lru') };
    }),
  );
  expect(ratios.length).toBeGreaterThan(10);
  // No policy misses less than the bound; both are rounded for the eye.
  for (const { best, lru } of ratios) expect(best).toBeLessThanOrEqual(lru + 0.1);
  await page.keyboard.press('Escape');

  const plot = figure.locator('.curve-host');
  await plot.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  const deed = page.getByRole('group', { name: 'Try it' });
  await deed.getByRole('button', { name: 'Compare side by side' }).click();
  await page.locator('.lane-b').waitFor();
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await deed.getByRole('button', { name: 'Run with it from the start' }).click();
  await page.getByText('The scenario has been changed since.').waitFor();
  const capacity = page.locator('.parameter', { hasText: 'capacity' }).first();
  await expect.poll(() => capacity.textContent()).toMatch(/\d+ entries/);
  expect(offences).toEqual([]);
});

test('a cache shows what it holds, and the chain four measures under one crosshair', async () => {
  const { page, offences } = await openLaboratory();
  const found: string[] = [];
  await select(page, 'redis');
  const strip = page.getByRole('figure', { name: 'products held, by rank' });
  await strip.waitFor();
  const bars = await strip.locator('li').allTextContents();
  expect(bars[0]).toContain('rank 1: 100 % held');
  expect(bars.at(-1)).toMatch(/ranks \d+ to 40000: /);
  const legend = page.getByRole('figure', { name: 'Look-ups of redis by how they ended' });
  expect((await legend.locator('dt').allTextContents()).join()).toBe(
    'hits,cold,capacity,expired,invalidated,lost,refused',
  );
  await page.getByRole('button', { name: 'From size to money' }).click();
  await page.getByRole('button', { name: 'Play every size' }).click();
  const charts = page.locator('.chain-chart');
  await charts.first().waitFor();
  expect(await charts.count()).toBe(4);
  const titles = await charts.locator('figcaption b').allTextContents();
  expect(titles).toEqual([
    'Hit ratio',
    'Load of products-db',
    'p99 of view-product',
    'Cost a month',
  ]);
  await page.locator('.chain').focus();
  await page.keyboard.press('ArrowLeft');
  const crosshairs = page.locator('.chain .lab-crosshair');
  await expect.poll(() => crosshairs.count()).toBe(await page.locator('.chain-host').count());
  const [first] = await page.locator('.chain .curve-present').all();
  expect(await first!.getAttribute('data-size')).toBe('20000');
  await page.getByRole('button', { name: 'Table' }).click();
  const rows = page.getByRole('dialog').locator('tbody tr');
  const hits = await rows.evaluateAll((all) =>
    all.map((row) => Number.parseFloat(row.querySelector('td')!.textContent)),
  );
  expect(hits.length).toBeGreaterThan(3);
  expect(hits).toEqual([...hits].sort((left, right) => left - right));
  await page.keyboard.press('Escape');
  await look(page, 'chain and the inspector of a cache', found);
  expect([...found, ...offences]).toEqual([]);
});

test.each(['dark', 'light'] as const)('traces, good and bad, %s', async (theme) => {
  const found: string[] = [];
  const { page, offences } = await openLaboratory(theme);
  await look(page, 'empty', found);
  await openTrace(page, 'mine.csv', traceText());
  const figure = page.getByRole('figure', { name: 'Miss ratio of mine.csv by size' });
  await figure.locator('.curve').first().waitFor();
  const facts = await page.locator('.lab-facts').textContent();
  expect(facts).toContain('look-ups6.0k');
  expect(facts).toContain('formatcsv');
  expect(await page.locator('.curve-present').count()).toBe(0);
  expect(await page.locator('.log-plot').count()).toBe(2);
  await look(page, 'curves of a trace', found);

  await openTrace(page, 'half.csv', `time,key\n1,a\n2,a\nnonsense\n3,b\n4,a\n`);
  const faults = page.getByRole('list', { name: 'Faults of the trace' });
  await faults.getByText('Record 3:').waitFor();
  await page.locator('.curve').first().waitFor();
  await openTrace(page, 'bad.csv', `time,key,size,op\n${'nonsense\n'.repeat(300)}`);
  await page.getByRole('alert').getByText('bad.csv has no look-up that could be read.').waitFor();
  await expect.poll(() => faults.locator('li').count()).toBeGreaterThan(1);
  await look(page, 'a bad trace', found);
  await page.getByRole('button', { name: 'Close the trace' }).click();
  await page.getByRole('combobox', { name: 'Cache' }).waitFor();
  expect([...found, ...offences]).toEqual([]);
});
