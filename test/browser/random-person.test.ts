/**
 * Whatever a person does, in whatever order: the page keeps its promises. For longer ones:
 * `PERSON_SEEDS=21,22` and `PERSON_DEEDS=80`.
 */

import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, closePages, openPage } from './open-page.ts';
import { brokenPromises } from './page-promises.ts';
import { RandomPerson } from './random-person.ts';
import { watchFrames } from './watched-frames.ts';

afterEach(closePages);
afterAll(closeBrowser);

const seeds = (process.env['PERSON_SEEDS'] ?? '11,14').split(',').map(Number);
const deeds = Number(process.env['PERSON_DEEDS'] ?? 24);
const scenarios = ['primary-dies', 'photo-feed', 'retry-storm'];

test.each(seeds)(
  'a person who does anything, from seed %i',
  async (seed) => {
    const query = `?scenario=${scenarios[seed % scenarios.length]}`;
    const { page, offences } = await openPage({ query, initScript: watchFrames });
    page.setDefaultTimeout(4000);
    const person = new RandomPerson(page, seed);
    for (let deed = 1; deed <= deeds; deed += 1) {
      await person.act().catch((error: unknown) => {
        throw new Error(`${String(error)}\n${person.diary.join('\n')}`);
      });
      const wrong = deed % 8 === 0 ? await brokenPromises(page) : [];
      expect([...offences, ...wrong], person.diary.join('\n')).toEqual([]);
    }
  },
  20_000 + deeds * 3_000,
);
