import { afterAll, afterEach, expect, test } from 'vitest';
import axe from 'axe-core';
import {
  clockSeconds,
  closeBrowser,
  closePages,
  coloursOnStage,
  openPage,
  stageStatus,
  type OpenedPage,
} from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

test('opened cold, the page shows a running system and its verdict in words', async () => {
  const { page, offences } = await openPage();
  const stage = page.getByTestId('stage');
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['firstDotMs'],
  );
  const { firstDotMs } = await stageStatus(page);
  expect(firstDotMs).toBeLessThan(5000);
  await expect.poll(() => page.locator('h1').textContent()).not.toBe('');
  await expect.poll(() => page.locator('.title p').textContent()).not.toBe('');
  const verdict = page.getByRole('status').first();
  expect(await verdict.textContent()).toMatch(/verdict|missed|met|open|nothing/);
  await expect.poll(() => page.locator('.verdict').count()).toBeGreaterThan(0);
  await expect
    .poll(() => page.locator('.legend').textContent())
    .toMatch(/1 dot = [\d.k]+ requests?/);
  await expect.poll(() => page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
  await expect.poll(() => page.locator('.identity').textContent()).toMatch(/seed.+hash/);
  expect(await stage.locator('canvas').getAttribute('aria-hidden')).toBe('true');
  expect(offences).toEqual([]);
});

test('dots move, frames are drawn, and the canvas is not blank', async () => {
  const { page } = await openPage();
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['firstDot'] !== '',
  );
  const before = await stageStatus(page);
  await page.waitForFunction(
    (first) =>
      document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['firstDot'] !== first,
    before.firstDot,
  );
  const after = await stageStatus(page);
  expect(after.rendered).toBeGreaterThan(before.rendered);
  expect(await coloursOnStage(page)).toBeGreaterThan(40);
});

test('every node is a button in words, and the words follow the run', async () => {
  const { page } = await openPage();
  const nodes = page.locator('.mirror-node');
  expect(await nodes.count()).toBeGreaterThan(3);
  await page.waitForFunction(() => {
    const texts = [...document.querySelectorAll('.mirror-node')].map((node) => node.textContent);
    return texts.some((text) => /cache, up, \d+ % hits/.test(text ?? ''));
  });
  expect(await nodes.first().textContent()).toMatch(/, (up|starting)/);
});

test('nobody finds a serious fault in accessibility, dark or light', async () => {
  for (const colorScheme of ['dark', 'light'] as const) {
    const opened = await openPage({ colorScheme });
    expect(await seriousFaults(opened)).toEqual([]);
    await opened.page.getByRole('button', { name: 'Text' }).click();
    expect(await seriousFaults(opened)).toEqual([]);
    await closePages();
  }
});

async function seriousFaults({ page }: OpenedPage): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

test('a narrow page shows all of it without scrolling sideways', async () => {
  const { page, offences } = await openPage({ viewport: { width: 390, height: 844 } });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await expect.poll(() => page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
  expect(await coloursOnStage(page)).toBeGreaterThan(40);
  expect(offences).toEqual([]);
});

test('whoever wants less motion gets widths and numbers instead of dots', async () => {
  const { page } = await openPage({ reducedMotion: 'reduce' });
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['mode'] === 'still',
  );
  const started = await clockSeconds(page);
  await page.waitForFunction((from) => {
    const text = document.querySelector('[data-testid=clock]')!.textContent ?? '';
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > from;
  }, started);
  expect((await stageStatus(page)).dots).toBe(0);
  await expect.poll(() => page.locator('.legend').textContent()).toContain('motion is reduced');
});

test('a graphics context that is lost five times comes back with the picture', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Space');
  await page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.stage-host canvas')!;
    const lose = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    for (let turn = 0; turn < 5; turn += 1) {
      const restored = new Promise((done) => {
        canvas.addEventListener('webglcontextrestored', done, { once: true });
      });
      lose.loseContext();
      await new Promise((done) => setTimeout(done, 100));
      lose.restoreContext();
      await restored;
      await new Promise((done) => setTimeout(done, 300));
    }
  });
  expect(await coloursOnStage(page)).toBeGreaterThan(40);
});

test('without WebGL a plain canvas draws the same, and a note says so', async () => {
  const { page, offences } = await openPage({ withoutWebGl: true });
  await page.locator('.stage-note', { hasText: 'without the graphics card' }).waitFor();
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['dots']) > 0,
  );
  expect(await coloursOnStage(page)).toBeGreaterThan(40);
  expect(offences).toEqual([]);
});

test('without any canvas a note says so and every node is listed instead', async () => {
  const { page } = await openPage({ untilRunning: false, withoutCanvas: true });
  await page.locator('.stage-note', { hasText: 'no canvas' }).waitFor();
  const node = page.locator('.mirror-node').first();
  await node.waitFor();
  expect(await node.isVisible()).toBe(true);
  expect((await node.boundingBox())!.width).toBeGreaterThan(200);
});
