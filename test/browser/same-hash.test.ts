/** The page and the command line run the same file to the same hash. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';

afterEach(closePages);
afterAll(closeBrowser);

const names = readdirSync('scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => basename(file, '.yaml'));

interface Ended {
  readonly hash: string;
  readonly events: number;
}

function onTheCommandLine(name: string): Ended {
  const { stdout } = spawnSync('node', ['tools/gameday.mjs', 'run', name, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Ended;
}

test.each(names)(
  '%s ends with the same hash in the browser as on the command line',
  async (name) => {
    const expected = onTheCommandLine(name);
    const { page, offences } = await openPage({ query: `?scenario=${name}` });
    await page.getByRole('combobox', { name: /speed/i }).selectOption('Infinity');
    await page.locator('.identity[data-play="ended"]').waitFor({ timeout: 100_000 });
    const hash = await page.getByTestId('hash').getAttribute('title');
    expect(hash).toBe(expected.hash);
    expect(offences).toEqual([]);
  },
  120_000,
);
