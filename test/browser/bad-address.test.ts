/** Links that are broken and scenarios that cannot be fetched: said in words, not by emptiness. */

import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { waitForPlay } from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

test('a link to no scenario opens another, and says so', async () => {
  const query = '?scenario=%3Cimg%20src=x%3E&t=-5&mode=x&place=zzz&select=%00&theme=pink';
  const { page, offences } = await openPage({ query });
  await waitForPlay(page, 'playing');
  const notice = page.locator('.transport-notice [role=status]');
  expect(await notice.textContent()).toContain('There is no scenario “<img src=x>”');
  expect(offences).toEqual([]);
});

test('a link keeps the calls that were selected', async () => {
  const { page } = await openPage({ query: '?scenario=photo-feed&select=edge%3Eapi' });
  const path = page.locator('.inspector-path');
  await path.waitFor();
  expect(await path.textContent()).toBe('edge to api');
});

test('a scenario that cannot be fetched leaves the run as it is, and says so', async () => {
  const { page } = await openPage();
  const title = await page.locator('h1').textContent();
  await page.route('**/partition*', (route) => route.abort());
  await page.locator('.tools select').selectOption('partition');
  await page.getByText('partition could not be fetched').waitFor();
  await expect.poll(() => page.locator('h1').textContent()).toBe(title);
  await waitForPlay(page, 'playing');
});
