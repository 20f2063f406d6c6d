import { afterAll, afterEach, expect, test } from 'vitest';
import { clockSeconds, closeBrowser, closePages, openPage } from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

test('a text with an error says where, shows the line and a cure, and the last run stays', async () => {
  const { page, offences } = await openPage();
  const name = await page.locator('h1').textContent();
  await page.getByRole('button', { name: 'Text' }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  const text = await field.inputValue();
  const lines = text.split('\n');
  const broken = lines.findIndex((line) => line.startsWith('duration:'));
  lines[broken] = lines[broken]!.replace('duration:', 'duratoin:');
  await field.fill(lines.join('\n'));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const diagnostic = page
    .locator('.diagnostic')
    .filter({ hasText: `${broken + 1}:` })
    .first();
  await diagnostic.waitFor();
  expect(await diagnostic.textContent()).toContain('duratoin');
  await expect.poll(() => page.locator('.diagnostic-hint').first().textContent()).not.toBe('');
  await expect.poll(() => page.locator('.stage-note').textContent()).toContain('last good run');
  await expect.poll(() => page.locator('h1').textContent()).toBe(name);
  const time = await clockSeconds(page);
  await page.waitForFunction((from) => {
    const shown = document.querySelector('[data-testid=clock]')!.textContent ?? '';
    return shown.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > from;
  }, time);

  await field.fill(text);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.stage-note').waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('.diagnostic').count()).toBe(0);
  expect(offences).toEqual([]);
});

test('a changed text runs as changed', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'Text' }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  await field.fill((await field.inputValue()).replace(/^name: .*$/m, 'name: Changed by hand'));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('h1', { hasText: 'Changed by hand' }).waitFor();
});

test('a file from the disk is opened, and one that is too large is refused in words', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'Text' }).click();
  const text = await page.getByRole('textbox', { name: 'Text of the scenario' }).inputValue();
  const input = page.getByLabel('Open a scenario file');
  const buffer = Buffer.from(text.replace(/^name: .*$/m, 'name: From the disk'));
  await input.setInputFiles({ name: 'mine.yaml', mimeType: 'text/yaml', buffer });
  await page.locator('h1', { hasText: 'From the disk' }).waitFor();
  const large = { name: 'large.yaml', mimeType: 'text/yaml', buffer: Buffer.alloc(300 * 1024, 32) };
  await input.setInputFiles(large);
  await expect.poll(() => page.locator('.trouble').textContent()).toContain('at most 256 KiB');
  await expect.poll(() => page.locator('h1').textContent()).toBe('From the disk');
});
