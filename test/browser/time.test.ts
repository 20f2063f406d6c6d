/** Time is a place: one goes there, back and forth, and finds everything as it was. */

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { experimentOf } from '../experiment/gallery.ts';
import { clockSeconds, closeBrowser, closePages, nodeState, openPage } from './open-page.ts';
import {
  durationOf,
  goTo,
  hashOf,
  pausePlay,
  placeOnStrip,
  playUntil,
  waitForClock,
  waitForPlay,
} from './person.ts';

afterEach(closePages);
afterAll(closeBrowser);

test('going back and coming again finds the same hash', async () => {
  const { page, offences } = await openPage();
  await pausePlay(page);
  const hashes = new Map<number, string>();
  for (const time of [3, 14.25, 8, 20]) {
    await goTo(page, time);
    hashes.set(time, await hashOf(page));
  }
  for (const time of [8, 20, 3, 14.25]) {
    await goTo(page, time);
    expect(await hashOf(page), `at ${time} s`).toBe(hashes.get(time));
  }
  expect(new Set(hashes.values()).size).toBe(4);
  expect(offences).toEqual([]);
});

test('fifty places, in no order, each have the hash of a straight run to there', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  const { run } = experimentOf(readFileSync('scenarios/primary-dies.yaml', 'utf8'));
  const stream = streamFor('1', 'browser', 'seeks');
  const places = Array.from({ length: 50 }, () => 1 + stream.below(40_000));
  const straight = new Map<number, string>();
  for (const milliseconds of [...places].sort((left, right) => left - right)) {
    run.advance(milliseconds * 1e6);
    straight.set(milliseconds, run.hash);
  }
  for (const milliseconds of places) {
    await goTo(page, milliseconds / 1000);
    const wanted = straight.get(milliseconds);
    expect(await hashOf(page), `at ${milliseconds} ms`).toBe(wanted);
  }
});

test('what is on the stage goes back with the time, and what is known stays on the strip', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 15);
  expect(await nodeState(page, 'chats-db/shard-2/node-1')).toBe('down');
  const known = await page.locator('.answers-good').getAttribute('d');
  await goTo(page, 5);
  await page.locator('[data-path="chats-db/shard-2/node-1"][data-state="up"]').waitFor({
    state: 'attached',
  });
  await expect.poll(() => page.locator('.answers-good').getAttribute('d')).toBe(known);
  await expect.poll(() => page.locator('.flag.happening').count()).toBeGreaterThan(0);
});

test('a click on the strip goes there, and a drag shows the way', async () => {
  const { page } = await openPage();
  const duration = await durationOf(page);
  await pausePlay(page);
  const first = await placeOnStrip(page, 0.1);
  await page.mouse.click(first.x, first.y);
  await waitForClock(page, duration * 0.1, duration * 0.004);
  const places = await Promise.all([0.05, 0.12, 0.2].map((share) => placeOnStrip(page, share)));
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of places) await page.mouse.move(x, y, { steps: 5 });
  await waitForClock(page, duration * 0.2, duration * 0.004);
  await page.mouse.up();
  await expect.poll(() => page.locator('.identity').getAttribute('data-play')).toBe('paused');
});

test('whoever was playing goes on playing after a drag', async () => {
  const { page } = await openPage();
  const { x, y } = await placeOnStrip(page, 0.15);
  await page.mouse.click(x, y);
  await waitForPlay(page, 'playing');
  await playUntil(page, (await durationOf(page)) * 0.15);
});

test('the strip is a slider that keys move and that says the time in words', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 10);
  const slider = page.getByRole('slider', { name: 'Time' });
  await slider.focus();
  expect(await slider.getAttribute('aria-valuetext')).toBe('10 seconds of 1 minute 30 seconds');
  await page.keyboard.press('ArrowRight');
  await waitForClock(page, 10.9);
  await page.keyboard.press('ArrowLeft');
  await waitForClock(page, 10);
  await page.keyboard.press('Home');
  await waitForClock(page, 0);
  await expect.poll(() => page.locator('.inspector-path').count()).toBe(0);
});

test('Shift and a drag choose a span, a double click lets go of it', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  const before = await clockSeconds(page);
  const from = await placeOnStrip(page, 0.2);
  const to = await placeOnStrip(page, 0.4);
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const range = (await page.locator('.timeline-range').boundingBox())!;
  expect(Math.abs(range.x - from.x)).toBeLessThan(3);
  expect(Math.abs(range.x + range.width - to.x)).toBeLessThan(3);
  expect(await clockSeconds(page)).toBe(before);
  await page.mouse.dblclick(to.x, to.y);
  await page.locator('.timeline-range').waitFor({ state: 'detached' });
});

test('a flag says what happened and leads there', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  const flag = page.locator('.flag.planned').first();
  await flag.hover();
  await expect.poll(() => page.locator('.flag-card').textContent()).toContain('planned: crash');
  await flag.click();
  await waitForClock(page, 12);
});

test('the run goes on until something is true, and says what it found', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  const until = async (words: string) => {
    await page.getByRole('button', { name: 'Run until …' }).click();
    await page.locator('.until-line', { hasText: words }).getByRole('button').click();
    await waitForPlay(page, 'paused');
    const notice = page.locator('.transport-notice p');
    await page.waitForFunction(() => {
      const text = document.querySelector('.transport-notice p')!.textContent ?? '';
      return text !== '' && !text.startsWith('Running');
    });
    return notice.textContent();
  };
  expect(await until('the next')).toContain('crash');
  expect(await clockSeconds(page)).toBeCloseTo(12, 1);
  await goTo(page, 1);
  expect(await until('the first request fails')).not.toBe('');
  expect(await clockSeconds(page)).toBeGreaterThan(11.9);
});

test('what is no time is refused in words', async () => {
  const { page } = await openPage();
  await page.locator('.clock-button').click();
  await page.getByRole('textbox', { name: 'Go to a time' }).fill('soon');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.locator('.transport-notice').textContent())
    .toContain('soon is no time');
});

test('bookmarks are set, gone to and removed', async () => {
  const { page } = await openPage();
  await pausePlay(page);
  await goTo(page, 9);
  await page.getByRole('button', { name: 'Set a bookmark here' }).click();
  await goTo(page, 3);
  await page.locator('.flag.bookmark').click();
  await waitForClock(page, 9);
  await page.locator('.flag.bookmark').focus();
  await page.keyboard.press('Delete');
  await page.locator('.flag.bookmark').waitFor({ state: 'detached' });
});
