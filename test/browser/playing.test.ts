import { afterAll, afterEach, expect, test } from 'vitest';
import {
  clockSeconds,
  closeBrowser,
  closePages,
  firstNodeOf,
  nodeState,
  openPage,
  stageStatus,
  waitForState,
} from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('a paused page draws nothing and its clock stands still', async () => {
  const { page } = await openPage();
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['dots']) > 0,
  );
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await pause(700);
  const before = await stageStatus(page);
  const time = await clockSeconds(page);
  await pause(2000);
  const after = await stageStatus(page);
  expect(after.rendered - before.rendered).toBe(0);
  expect(await clockSeconds(page)).toBe(time);

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await pause(1000);
  expect(await clockSeconds(page)).toBeGreaterThan(time);
});

test('a higher speed moves the clock faster, and the highest shows traffic as a flow', async () => {
  const { page } = await openPage();
  const speed = page.locator('.speed select');
  await speed.selectOption('0.1');
  await pause(400);
  const slowStart = await clockSeconds(page);
  await pause(1000);
  const slow = (await clockSeconds(page)) - slowStart;
  await page.keyboard.press(']');
  expect(await speed.inputValue()).toBe('0.25');
  await speed.selectOption('50');
  await pause(400);
  const fastStart = await clockSeconds(page);
  await pause(1000);
  expect((await clockSeconds(page)) - fastStart).toBeGreaterThan(5 * slow);
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['mode'] === 'flow',
  );
  await expect.poll(() => page.locator('.legend').textContent()).toContain('too fast for dots');
});

test('starting again goes back to zero with the same hash at the same time', async () => {
  const { page } = await openPage();
  await pause(500);
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.waitForFunction(
    () => document.querySelector('[data-testid=clock]')!.textContent === '00:00.000',
  );
  const first = await page.getByTestId('hash').textContent();
  await page.keyboard.press('Space');
  await pause(800);
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.waitForFunction(
    () => document.querySelector('[data-testid=clock]')!.textContent === '00:00.000',
  );
  await expect.poll(() => page.getByTestId('hash').textContent()).toBe(first);
});

test('a node is crashed by its button and started again by the key', async () => {
  const { page, offences } = await openPage();
  const path = await firstNodeOf(page, 'service');
  await page.locator(`.mirror-node[data-path="${path}"]`).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Crash/ }).click();
  await waitForState(page, path, 'down');
  await expect.poll(() => page.locator('.happening').first().textContent()).toContain('crash');
  await page.locator('h1').click();
  await page.keyboard.press('x');
  await page.waitForFunction(
    (of) =>
      document.querySelector(`.mirror-node[data-path="${of}"]`)!.getAttribute('data-state') !==
      'down',
    path,
  );
  expect(offences).toEqual([]);
});

test('the suggested crash takes a node down even while the run is paused', async () => {
  const { page } = await openPage();
  const suggestion = page.getByRole('button', { name: /^Crash / });
  await suggestion.waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const path = ((await suggestion.textContent()) ?? '').replace(/^Crash /, '').trim();
  await suggestion.click();
  await waitForState(page, path, 'down');
  expect(await nodeState(page, path)).toBe('down');
});

test('arrow keys move the selection and escape lets it go', async () => {
  const { page } = await openPage();
  await page.keyboard.press('ArrowRight');
  const first = await page.locator('.inspector-path').textContent();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.locator('.inspector-path').textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.inspector-path').count()).toBe(0);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
});
