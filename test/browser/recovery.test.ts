/** The worker is hung, thrown off and closed from outside; what is on screen comes back. */

import type { Page, Worker } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { HeapScale } from './heap.ts';
import {
  clockSeconds,
  closeBrowser,
  closePages,
  openPage,
  stageStatus,
  waitForState,
} from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

const note = (page: Page) => page.locator('.recovery');

/** The worker that is there now, or the next one to come. */
async function workerOf(page: Page): Promise<Worker> {
  return page.workers().at(-1) ?? page.waitForEvent('worker');
}

const ways: Readonly<Record<string, (worker: Worker) => void>> = {
  hung: (worker) => {
    worker
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
  },
  thrown: (worker) => {
    worker
      .evaluate(() => void setTimeout(() => Reflect.apply(null as never, null, [])))
      .catch(() => undefined);
  },
  closed: (worker) => {
    worker.evaluate(() => close()).catch(() => undefined);
  },
};

async function playedTo(page: Page, seconds: number): Promise<void> {
  await page.locator('.speed select').selectOption('10');
  await page.waitForFunction((least) => {
    const text = document.querySelector('[data-testid=clock]')!.textContent ?? '';
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > least;
  }, seconds);
}

for (const [way, lose] of Object.entries(ways)) {
  test(`a worker that is ${way} is replaced, and the run plays on in the same state`, async () => {
    const { page } = await openPage();
    await playedTo(page, 13);
    lose(await workerOf(page));
    await note(page)
      .getByText(/it is back at \d+\.\d s, in the same state to the last bit/)
      .waitFor();
    const back = await clockSeconds(page);
    expect(back).toBeGreaterThan(13);
    await page.waitForFunction((from) => {
      const text = document.querySelector('[data-testid=clock]')!.textContent ?? '';
      return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > from + 1;
    }, back);
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });
}

test('nothing is lost: an act, the charts and the happenings outlive the worker', async () => {
  const { page } = await openPage();
  await playedTo(page, 2);
  await page.locator('.mirror-node[data-path="redis/node-1"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('x');
  await waitForState(page, 'redis/node-1', 'down');
  await page.locator('.speed select').selectOption('1');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const told = await page.locator('.happenings').textContent();
  const hash = await page.getByTestId('hash').getAttribute('title');
  const clock = await clockSeconds(page);
  ways['closed']!(await workerOf(page));
  await note(page).getByText('in the same state').waitFor();
  await waitForState(page, 'redis/node-1', 'down');
  await expect.poll(() => page.locator('.happenings').textContent()).toBe(told);
  await expect.poll(() => page.getByTestId('hash').getAttribute('title')).toBe(hash);
  expect(await clockSeconds(page)).toBe(clock);
});

test('while it hangs the page answers, and what is asked then is done afterwards', async () => {
  const { page } = await openPage();
  await playedTo(page, 1);
  ways['hung']!(await workerOf(page));
  const tookMs = await page.evaluate(async () => {
    const began = performance.now();
    document.querySelector<HTMLElement>('[aria-controls="scenario-pane"]')!.click();
    while (document.querySelector('#scenario-pane') === null) {
      await new Promise((done) => setTimeout(done));
    }
    return performance.now() - began;
  });
  expect(tookMs).toBeLessThan(500);
  await page.getByRole('button', { name: 'Pause' }).click();
  await note(page).getByText('stopped answering').waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const clock = await clockSeconds(page);
  await new Promise((done) => setTimeout(done, 700));
  expect(await clockSeconds(page)).toBe(clock);
});

test('five in a row: after three it stops in words, and a button tries again', async () => {
  const { page } = await openPage();
  await playedTo(page, 1);
  for (let time = 1; time <= 4; time += 1) {
    const worker = await workerOf(page);
    const next = time < 4 ? page.waitForEvent('worker') : null;
    ways['thrown']!(worker);
    await next;
    if (time < 4) await note(page).getByText('it is back at').waitFor();
  }
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  expect(await note(page).textContent()).toContain('fourth time within half a minute');
  expect(page.workers()).toHaveLength(0);
  await again.click();
  await note(page).getByText('in the same state').waitFor();
  ways['thrown']!(await workerOf(page));
  await note(page).getByText('in the same state').waitFor();
  const clock = await clockSeconds(page);
  await page.waitForFunction((from) => {
    const text = document.querySelector('[data-testid=clock]')!.textContent ?? '';
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) > from;
  }, clock);
});

test('a system offered three times its capacity is watched like any other', async () => {
  const { page, offences } = await openPage();
  await loadText(page, overload);
  await page.locator('.speed select').selectOption('10');
  await page
    .getByText(/offered \d+(\.\d+)? times what it can serve/)
    .first()
    .waitFor();
  const clock = await clockSeconds(page);
  for (let click = 0; click < 3; click += 1) {
    const tookMs = await page.evaluate(async () => {
      const began = performance.now();
      document.querySelector<HTMLElement>('button[aria-label="Keys"]')!.click();
      while (document.querySelector('dialog[open]') === null) {
        await new Promise((done) => setTimeout(done));
      }
      return performance.now() - began;
    });
    expect(tookMs).toBeLessThan(500);
    await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Close' }).click();
    await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
  }
  expect(await clockSeconds(page)).toBeGreaterThan(clock);
  const { rendered } = await stageStatus(page);
  await page.waitForFunction(
    (before) =>
      Number(document.querySelector<HTMLElement>('[data-testid=stage]')!.dataset['rendered']) >
      before,
    rendered,
  );
  expect(await note(page).textContent()).toBe('');
  expect(offences).toEqual([]);
});

test('a scenario too large for the budget says which limit it breaks, and by how much', async () => {
  const { page } = await openPage();
  await loadText(page, overload.replace('instances: 2', 'instances: 4096'));
  const said = page.locator('.diagnostic').first();
  await said.waitFor();
  expect(await said.textContent()).toContain('`4096` is out of range; from 1 to 500 is allowed');
});

test('sixty scenarios one after the other leave the memory as it was', async () => {
  const { page } = await openPage();
  const scale = await HeapScale.of(page);
  const names = await page
    .locator('.picker option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const open = async (turn: number) => {
    await page.locator('.picker select').selectOption(names[turn % names.length]!);
    await page.waitForFunction(
      () => (document.querySelector('[data-testid=clock]')!.textContent ?? '') > '00:00.050',
    );
  };
  // Everything is loaded once before the first weighing, with its code and pictures.
  for (let turn = 0; turn < names.length; turn += 1) await open(turn);
  await open(0);
  const before = await scale.weigh();
  for (let turn = 1; turn <= 60; turn += 1) await open(turn);
  await open(0);
  const after = await scale.weigh();
  console.info(`page ${grown('page')}, workers ${grown('workers')}`);
  expect(after.page - before.page).toBeLessThan(3);
  expect(after.workers - before.workers).toBeLessThan(6);

  function grown(part: 'page' | 'workers'): string {
    return `${before[part].toFixed(1)} → ${after[part].toFixed(1)} MB`;
  }
}, 240_000);

async function loadText(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Text' }).click();
  await page.locator('#scenario-pane textarea').fill(text);
  await page.locator('#scenario-pane').getByRole('button', { name: 'Run', exact: true }).click();
}

const overload = `name: Three times too much
about: Two workers of 10 ms each are offered 600 requests a second.
seed: 1
duration: 10m
traffic:
  people: { rate: 600/s, operation: ask, to: desk, deadline: 1s }
components:
  desk:
    kind: service
    instances: 2
    workers: 1
    queue: 100000
    operations: { ask: [ { work: 10ms } ] }
`;
