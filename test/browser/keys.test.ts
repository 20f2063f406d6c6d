/** Every row of the table of keys does on the page what it says. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyBindings } from '../../src/panels/keys.ts';
import {
  clockSeconds,
  closeBrowser,
  openPage,
  waitForState,
  type OpenedPage,
} from './open-page.ts';
import { goTo, hashOf, pausePlay, select, waitForClock, waitForPlay } from './person.ts';

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage();
  await pausePlay(opened.page);
});
afterAll(closeBrowser);

type Check = (page: Page, press: () => Promise<void>) => Promise<void>;

const primary = 'chats-db/shard-3/node-1';

const selected = (page: Page) => page.locator('.inspector-path').textContent();

/** From a node in the middle, the key leads to another one. */
const selectsAnother: Check = async (page, press) => {
  await select(page, 'api/3');
  await press();
  expect(await selected(page)).not.toContain('api/3');
};

/** On a node that is well, the key brings it into that state; what was done is undone. */
const brings =
  (path: string, into: string): Check =>
  async (page, press) => {
    await select(page, path);
    await waitForState(page, path, 'up');
    await press();
    await waitForState(page, path, into);
    await page.keyboard.press('u');
    await waitForState(page, path, 'up');
  };

const undoes: Check = async (page, press) => {
  await select(page, primary);
  await page.keyboard.press('x');
  await waitForState(page, primary, 'down');
  await press();
  await waitForState(page, primary, 'up');
};

const moves =
  (by: number): Check =>
  async (page, press) => {
    await goTo(page, 8);
    await press();
    await waitForClock(page, 8 + by);
  };

const speedOf = (page: Page) => page.locator('.speed select').inputValue();

/** What each row does, by its label. */
const checks: Readonly<Record<string, Check>> = {
  Space: async (page, press) => {
    await press();
    await waitForPlay(page, 'playing');
    await press();
    await waitForPlay(page, 'paused');
  },
  '.': async (page, press) => {
    await goTo(page, 8);
    const before = await hashOf(page);
    await press();
    await page.waitForFunction(
      (hash) => document.querySelector<HTMLElement>('[data-testid=hash]')!.title !== hash,
      before,
    );
    expect(await clockSeconds(page)).toBeLessThan(8.1);
  },
  ',': moves(-0.001),
  'Shift+.': moves(1),
  'Shift+,': moves(-1),
  '[': async (page, press) => {
    await press();
    expect(await speedOf(page)).toBe('0.5');
  },
  ']': async (page, press) => {
    const before = Number(await speedOf(page));
    await press();
    expect(Number(await speedOf(page))).toBeGreaterThan(before);
  },
  Home: async (page, press) => {
    await press();
    await waitForClock(page, 0);
  },
  End: async (page, press) => {
    await press();
    await waitForPlay(page, 'ended');
    await goTo(page, 8);
  },
  B: async (page, press) => {
    await press();
    await page.locator('.flag.bookmark').waitFor();
  },
  'Shift+B': async (page, press) => {
    await press();
    await page.locator('.flag.bookmark').waitFor({ state: 'detached' });
  },
  '←': selectsAnother,
  '→': selectsAnother,
  '↑': selectsAnother,
  '↓': selectsAnother,
  Enter: async (page, press) => {
    await select(page, 'redis');
    const stage = page.getByTestId('stage');
    const before = Number(await stage.getAttribute('data-level'));
    await page.locator('h1').click();
    // First to where the instances show well, then inside.
    for (let times = 0; times < 3; times += 1) {
      await press();
      await page.waitForTimeout(300);
    }
    expect(Number(await stage.getAttribute('data-level'))).toBeGreaterThan(before);
  },
  Esc: async (page, press) => {
    await select(page, 'redis');
    for (
      let times = 0;
      times < 5 && (await page.locator('.inspector-path').count()) > 0;
      times += 1
    )
      await press();
    await expect.poll(() => page.locator('.inspector-path').count()).toBe(0);
  },
  '+': async (page, press) => {
    await page.keyboard.press('0');
    await page.waitForFunction(() => !location.search.includes('place='));
    await press();
    await page.waitForFunction(() => location.search.includes('place='));
  },
  '−': async (page, press) => {
    const before = await page.evaluate(() => location.search);
    await press();
    await page.waitForFunction((search) => location.search !== search, before);
  },
  '0': async (page, press) => {
    await page.keyboard.press('+');
    await page.waitForFunction(() => location.search.includes('place='));
    await press();
    await page.waitForFunction(() => !location.search.includes('place='));
  },
  X: async (page, press) => {
    await select(page, primary);
    await press();
    await waitForState(page, primary, 'down');
    await press();
    await page.getByRole('button', { name: /^Undo: restart/ }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^Undo: crash/ }).waitFor();
    await page.keyboard.press('u');
    await waitForState(page, primary, 'up');
  },
  G: brings(primary, 'slow'),
  P: brings('redis/node-2', 'cut'),
  H: async (page, press) => {
    await select(page, primary);
    await page.keyboard.press('g');
    await waitForState(page, primary, 'slow');
    await press();
    await waitForState(page, primary, 'up');
    await page.keyboard.press('u');
    await waitForState(page, primary, 'slow');
    await page.keyboard.press('u');
    await waitForState(page, primary, 'up');
  },
  F: async (page, press) => {
    await select(page, 'redis/node-1');
    await press();
    await page.getByRole('button', { name: /^Undo: restart-cold redis\/node-1/ }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
  },
  U: undoes,
  'Ctrl+Z': undoes,
  'Ctrl+Shift+Z': async (page, press) => {
    await press();
    await waitForState(page, primary, 'down');
    await page.keyboard.press('u');
    await waitForState(page, primary, 'up');
  },
  C: async (page, press) => {
    await press();
    await page.getByRole('region', { name: 'Comparison' }).waitFor();
    await press();
    await page.getByRole('region', { name: 'Comparison' }).waitFor({ state: 'detached' });
  },
  T: async (page, press) => {
    await press();
    await expect
      .poll(() => page.locator('.transport-notice').textContent())
      .toContain('Choose a request');
  },
  '1': async (page, press) => {
    await page.keyboard.press('2');
    await page.locator('.bench').waitFor();
    await press();
    await page.locator('.bench').waitFor({ state: 'detached' });
  },
  '2': async (page, press) => {
    await press();
    await page.locator('.bench').waitFor();
    await page.keyboard.press('1');
  },
  S: async (page, press) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    expect(download.suggestedFilename()).toBe('primary-dies-played.yaml');
  },
  '?': async (page, press) => {
    await press();
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.waitFor();
    const rows = await help.locator('.keys kbd').allTextContents();
    expect(rows).toEqual(keyBindings.map(({ label }) => label));
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
  },
  'Ctrl+K': async (page, press) => {
    await press();
    await page.getByRole('combobox', { name: /Find a command/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: /Find a command/ }).waitFor({ state: 'detached' });
  },
};

/** As the browser driver calls it. */
function keyName(label: string): string {
  const names: Readonly<Record<string, string>> = {
    'Shift+.': 'Shift+Period',
    'Shift+,': 'Shift+Comma',
    '←': 'ArrowLeft',
    '→': 'ArrowRight',
    '↑': 'ArrowUp',
    '↓': 'ArrowDown',
    Esc: 'Escape',
    '−': '-',
    'Shift+B': 'Shift+B',
    'Ctrl+Z': 'Control+z',
    'Ctrl+Shift+Z': 'Control+Shift+Z',
    'Ctrl+K': 'Control+k',
  };
  return names[label] ?? (/^[A-Z]$/.test(label) ? label.toLowerCase() : label);
}

test.each(keyBindings.map(({ label, does }) => ({ label, does })))(
  '$label: $does',
  async ({ label }) => {
    const check = checks[label];
    expect(check, `a check for ${label}`).toBeDefined();
    await check!(opened.page, () => opened.page.keyboard.press(keyName(label)));
    expect(opened.offences).toEqual([]);
  },
);

test('keys typed into a field are those of the field', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Text of the scenario' });
  await field.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('xgp2');
  expect(await field.inputValue()).toMatch(/^xgp2/);
  await page.getByRole('tab', { name: 'Watch', selected: true }).waitFor();
  await page.getByRole('button', { name: 'Back to the text of the run' }).click();
});
