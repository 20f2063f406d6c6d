/** The page and the command line run the same file to the same hash. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { galleryNames, galleryText } from '../experiment/gallery.ts';
import { mathGolden } from '../kernel/math-golden.ts';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import type { OpenedPage } from './open-page.ts';

afterAll(closePages);
afterAll(closeBrowser);

interface Ended {
  readonly hash: string;
  readonly events: number;
  readonly seed: string;
}

/** Scenarios with fewer events than this are run with more seeds; `npm run same` does it for all. */
const eventsOfShort = 300_000;
const otherSeeds = ['1001', 'another'];

const known = new Map<string, Ended>();

function onTheCommandLine(name: string, ...options: string[]): Ended {
  const args = ['tools/gameday.mjs', 'run', name, '--json', ...options];
  const ended = known.get(args.join(' '));
  if (ended !== undefined) return ended;
  const { stdout } = spawnSync('node', args, { encoding: 'utf8', maxBuffer: 1e8 });
  const fresh = JSON.parse(stdout) as Ended;
  known.set(args.join(' '), fresh);
  return fresh;
}

async function chooseSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('combobox', { name: /speed/i }).selectOption(speed);
}

/** The hash of the run on the page once it has ended; not that of an ended run before it. */
async function hashAtTheEnd(page: Page, not = ''): Promise<string> {
  const shown = page.locator(
    `.identity[data-play="ended"] [data-testid=hash]:not([title="${not}"])`,
  );
  await shown.waitFor({ timeout: 100_000 });
  return (await shown.getAttribute('title')) ?? '';
}

describe('in one page after another scenario', () => {
  let visit: OpenedPage | undefined;
  let last = '';

  /** The page that all share, where the last of the gallery has been played to its end. */
  async function samePage(): Promise<OpenedPage> {
    if (visit !== undefined) return visit;
    visit = await openPage({ query: `?scenario=${galleryNames.at(-1)}` });
    await chooseSpeed(visit.page, 'Infinity');
    last = await hashAtTheEnd(visit.page);
    return visit;
  }

  test.each(galleryNames)(
    '%s ends with the same hash in the browser as on the command line',
    async (name) => {
      const { page, offences } = await samePage();
      const expected = onTheCommandLine(name);
      // Other seeds and then the first again, from a file as a visitor has it.
      const isShort = expected.events < eventsOfShort;
      for (const seed of isShort ? [...otherSeeds, expected.seed] : [expected.seed]) {
        const wanted = seed === expected.seed ? expected : onTheCommandLine(name, '--seed', seed);
        // A trace that is replayed draws nothing: it is the same run with any seed.
        if (wanted.hash === last) continue;
        const text = galleryText(name).replace(/^seed:.*$/m, `seed: ${seed}`);
        const file = { name: `${name}.yaml`, mimeType: 'text/yaml', buffer: Buffer.from(text) };
        await page.getByLabel('Open a scenario file').setInputFiles(file);
        last = await hashAtTheEnd(page, last);
        expect(last, `with seed ${seed}`).toBe(wanted.hash);
      }
      expect(offences).toEqual([]);
    },
    240_000,
  );

  afterAll(closePages);
});

test('three seeds were tried for some of them', () => {
  const short = galleryNames.filter((name) => onTheCommandLine(name).events < eventsOfShort);
  expect(short.length).toBeGreaterThanOrEqual(3);
});

test('changes of speed, pauses and looks at it leave the hash as it is', async () => {
  const expected = onTheCommandLine('partition');
  const { page, offences } = await openPage({ query: '?scenario=partition' });
  for (const speed of ['0.1', '10', '0.5', '5', '1', '2']) {
    await chooseSpeed(page, speed);
    await page.waitForTimeout(100);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.keyboard.press('ArrowRight');
  }
  // Not over yet, or the last speeds would have had nothing to change.
  await page.locator('.identity[data-play="playing"]').waitFor();
  await chooseSpeed(page, '1000');
  expect(await hashAtTheEnd(page)).toBe(expected.hash);
  expect(offences).toEqual([]);
});

test('log, exp and pow answer in the browser as everywhere', async () => {
  const root = join(import.meta.dirname, '../..');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      lib: { entry: 'src/kernel/math-fingerprint.ts', formats: ['iife'], name: 'kernel' },
      write: false,
    },
  });
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }];
  const { page } = await openPage({ untilRunning: false });
  await page.goto('about:blank');
  const fingerprint = await page.evaluate(
    `${output[0].code}; kernel.mathFingerprint(${mathGolden.inputs})`,
  );
  expect(fingerprint).toBe(mathGolden.fingerprint);
});
