/** An act forks the run: the old future stays as a ghost, undo brings it back, the text tells all. */

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { closeBrowser, closePages, openPage, waitForState } from './open-page.ts';
import { goTo, hashOf, pausePlay, select, textOf, waitForPlay } from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

test('an act forks the run, and undo brings back the very future that was there', async () => {
  const { page, offences } = await openPage();
  await pausePlay(page);
  await goTo(page, 20);
  const before = await hashOf(page);
  await goTo(page, 6);
  await page.getByRole('button', { name: /^Crash chats-db/ }).click();
  await waitForState(page, 'chats-db/shard-1/node-1', 'down');
  await goTo(page, 20);
  expect(await hashOf(page)).not.toBe(before);
  await expect.poll(() => page.locator('.ghost-p99').getAttribute('d')).not.toBe('');
  await expect.poll(() => page.locator('.timeline-mark.fork').count()).toBe(1);
  await expect
    .poll(() => page.locator('.verdict-before').first().textContent())
    .toContain('before your act');

  const undo = page.getByRole('button', { name: /^Undo: crash chats-db/ });
  await undo.click();
  await page.getByRole('button', { name: /^Redo: crash chats-db/ }).waitFor();
  await goTo(page, 20);
  expect(await hashOf(page)).toBe(before);
  await expect
    .poll(() => page.locator('.verdict-before').first().textContent())
    .toContain('with your act');
  expect(offences).toEqual([]);
});

test('an act stands in the text at its time, is marked there, and goes with undo', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 4);
  const text = await textOf(page);
  await select(page, 'redis/node-1');
  await page.keyboard.press('x');
  await waitForState(page, 'redis/node-1', 'down');
  const played = await textOf(page);
  expect(played).toContain('{ at: 4.001s, crash: redis/node-1 }');
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const lines = played.split('\n');
  const line = lines.findIndex((one) => one.includes('crash: redis/node-1')) + 1;
  await expect.poll(() => page.locator('.pane-status').textContent()).toContain(`line ${line}`);
  await expect.poll(() => page.locator('.text-mark').isVisible()).toBe(true);
  await page.locator('h1').click();
  await page.keyboard.press('u');
  await waitForState(page, 'redis/node-1', 'up');
  expect(await textOf(page)).toBe(text);
});

test('a session that was saved plays to the same hash in Node', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 5.5);
  await page.getByRole('button', { name: /^Crash chats-db/ }).click();
  await waitForState(page, 'chats-db/shard-1/node-1', 'down');
  await goTo(page, 9);
  await select(page, 'redis/node-2');
  await page.keyboard.press('g');
  await waitForState(page, 'redis/node-2', 'slow');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('primary-dies-played.yaml');
  const text = readFileSync(await download.path(), 'utf8');
  await page.keyboard.press('End');
  await page.locator('.identity[data-play="ended"]').waitFor();
  const { scenario } = loadScenario(text, { file: 'primary-dies-played.yaml' });
  const experiment = new Experiment(scenario!);
  experiment.run.advance(Infinity);
  expect(await hashOf(page)).toBe(experiment.run.hash);
});

test('a number is changed from now on by the list of commands', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 10);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find a command/ }).fill('api.workers = 90');
  await page.getByRole('option', { name: /from now on/ }).click();
  await page.getByRole('button', { name: /^Undo: / }).waitFor();
  expect(await textOf(page)).toContain('90');
  await goTo(page, 12);
  await expect.poll(() => page.locator('.trouble').count()).toBe(0);
});

test('an act that cannot be is refused in words, and nothing changes', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  const text = await textOf(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find a command/ }).fill('nobody.workers = 90');
  await page.getByRole('option', { name: /from the start/ }).click();
  await page.locator('.trouble').waitFor();
  await expect.poll(() => page.locator('.trouble').textContent()).toContain('nobody');
  expect(await textOf(page)).toBe(text);
});

test('after an act the page offers what to do next', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 12);
  await page.getByRole('button', { name: /^Crash chats-db/ }).click();
  await page.getByRole('heading', { name: 'You changed the future' }).waitFor();
  await page.getByRole('button', { name: 'Go back to 0:02 and try another' }).click();
  await page.waitForFunction(
    () => document.querySelector('[data-testid=clock]')!.textContent === '00:02.000',
  );
});

test('an edited text runs with the run before as its ghost', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 8);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  await field.fill((await field.inputValue()).replace('workers: 45', 'workers: 30'));
  await expect.poll(() => page.locator('.pane-status').textContent()).toContain('not run yet');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForPlay(page, 'playing');
  await page.waitForFunction(
    () => (document.querySelector('.ghost-p99')?.getAttribute('d') ?? '') !== '',
  );
});

test('a scenario beyond the limits says which one and by how much, and the last run stays', async () => {
  const { page } = await openPage();
  const name = await page.locator('h1').textContent();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  const service = '{ kind: service, operations: { view: [{ work: 5ms }] } }';
  const more = Array.from({ length: 600 }, (_, index) => `  more-${index}: ${service}\n`);
  const text = await field.inputValue();
  await field.fill(text.replace(/^components:\n/m, `components:\n${more.join('')}`));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.trouble').waitFor();
  const trouble = await page.locator('.trouble').textContent();
  expect(trouble).toMatch(/^Too large to run: there are 60\d components; at most 500/);
  await expect.poll(() => page.locator('h1').textContent()).toBe(name);
});
