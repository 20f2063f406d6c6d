/** What a person does on the page and reads from it, in the words of the tests. */

import type { Page } from 'playwright-core';

/** Hash of the run at the present time, all 16 digits. */
export async function hashOf(page: Page): Promise<string> {
  return (await page.getByTestId('hash').getAttribute('title')) ?? '';
}

export async function pausePlay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await waitForPlay(page, 'paused');
}

export async function waitForPlay(page: Page, state: string): Promise<void> {
  await page.locator(`.identity[data-play="${state}"]`).waitFor();
}

/** Types a time into the clock, and waits until the run is there. */
export async function goTo(page: Page, seconds: number): Promise<void> {
  await page.locator('.clock-button').click();
  await page.getByRole('textbox', { name: 'Go to a time' }).fill(`${seconds}s`);
  await page.keyboard.press('Enter');
  await waitForClock(page, seconds);
}

export async function waitForClock(page: Page, seconds: number, within = 0.0006): Promise<void> {
  await page.waitForFunction(
    ([wanted, margin]) => {
      const shown = document.querySelector('[data-testid=clock]')?.textContent ?? '';
      const time = shown.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
      const play = document.querySelector<HTMLElement>('.identity')!.dataset['play'];
      return play !== 'seeking' && Math.abs(time - wanted) <= margin;
    },
    [seconds, within] as const,
  );
}

/** Puts the selection on a node or box by the list of commands. */
export async function select(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find a command/ }).fill(`Go to ${path}`);
  await page.keyboard.press('Enter');
  await page.locator('.inspector-path', { hasText: path }).waitFor();
}

/** The text that the run on screen is that of. */
export async function textOf(page: Page): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  const wasOpen = await field.isVisible();
  const button = page.getByRole('button', { name: 'Text', exact: true });
  if (!wasOpen) await button.click();
  const text = await field.inputValue();
  if (!wasOpen) await button.click();
  return text;
}

/** Place of a time on the strip, in the page's own pixels. */
export async function placeOnStrip(page: Page, share: number): Promise<{ x: number; y: number }> {
  const box = (await page.locator('.timeline-strip').boundingBox())!;
  return { x: box.x + box.width * share, y: box.y + box.height / 2 };
}

/** How long the run is, s. */
export async function durationOf(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Time' }).getAttribute('aria-valuemax'));
}

export async function playUntil(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const shown = document.querySelector('[data-testid=clock]')?.textContent ?? '';
    return shown.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) >= wanted;
  }, seconds);
}
