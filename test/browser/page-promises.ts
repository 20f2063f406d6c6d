/**
 * What holds on the page whatever a person has done: it answers, comes to rest, shows what the
 * worker said, tells everything once, and its text alone gives the same run.
 */

import type { Page } from 'playwright-core';
import { Experiment } from '../../src/experiment/experiment.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { faultsOfFrames, lastFrame, savedText } from './watched-frames.ts';

/** Longer than this nobody waits for an answer, ms. */
const patienceMs = 2000;

/** Lets everything come to rest, and says what is not as it should be. */
export async function brokenPromises(page: Page): Promise<readonly string[]> {
  const wrong: string[] = [];
  await page.setViewportSize({ width: 1440, height: 900 });
  const startMs = performance.now();
  await page.evaluate(() => document.querySelector('h1')!.textContent);
  const answeredMs = performance.now() - startMs;
  if (answeredMs > patienceMs) wrong.push(`the page answered after ${answeredMs} ms`);
  const rests = await rest(page);
  const restedMs = performance.now() - startMs;
  if (!rests) return [...wrong, `the run does not come to rest in ${restedMs} ms`];
  const frame = await lastFrame(page);
  if (frame === null) return [...wrong, 'no frame has come'];
  const shown = await shownOn(page);
  if (shown.hash !== frame.hash) wrong.push(`hash ${shown.hash} is shown for ${frame.hash}`);
  // While a time is typed into it, the clock does not tell one.
  if (shown.time !== null && Math.abs(shown.time - frame.time) > 0.0011) {
    wrong.push(`${shown.time} s is shown at ${frame.time} s`);
  }
  if (frame.time < 0 || frame.time > shown.duration) wrong.push(`the time is ${frame.time} s`);
  if (shown.mirror !== '' && shown.mirror !== shown.inspector) {
    wrong.push(`the mirror says ${shown.mirror}, the inspector ${shown.inspector}`);
  }
  wrong.push(...(await faultsOfFrames(page)));
  wrong.push(...replay(await savedText(page), frame));
  return wrong;
}

async function rest(page: Page): Promise<boolean> {
  const state = async () => (await lastFrame(page))?.state ?? '';
  let calm = 0;
  let before = '';
  for (let turn = 0; turn < 150; turn += 1) {
    const now = await state();
    if (now === 'playing' || now === 'seeking') {
      await page.evaluate(() =>
        document.querySelector<HTMLElement>('.button.play[aria-label=Pause]')?.click(),
      );
      calm = 0;
    }
    const frame = JSON.stringify(await lastFrame(page));
    calm = frame === before ? calm + 1 : 0;
    before = frame;
    if (calm >= 5) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

async function shownOn(page: Page) {
  return page.evaluate(() => {
    const clock = document.querySelector('[data-testid=clock]')?.textContent ?? null;
    const seconds = clock?.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) ?? null;
    const pressed = document.querySelector('.mirror-node[aria-pressed=true]');
    const words = pressed?.textContent ?? '';
    const workers = document.querySelector('.inspector .numbers')?.textContent ?? '';
    return {
      time: seconds,
      duration: Number(document.querySelector('.timeline-strip')?.getAttribute('aria-valuemax')),
      hash: document.querySelector<HTMLElement>('[data-testid=hash]')?.title ?? '',
      mirror: [pressed?.getAttribute('data-state'), /(\d+) of \d+ busy/.exec(words)?.[1]]
        .filter((one) => one !== undefined && one !== null)
        .join(' '),
      inspector: [
        document.querySelector('.inspector .condition')?.getAttribute('data-state'),
        / busy/.test(words) ? /Busynow(\d+) of/.exec(workers)?.[1] : undefined,
      ]
        .filter((one) => one !== undefined && one !== null)
        .join(' '),
    };
  });
}

/** The same text on its own, to the very same event: is it the same run? */
function replay(
  text: string,
  { time, events, hash }: { readonly time: number; readonly events: number; readonly hash: string },
): readonly string[] {
  const { scenario } = loadScenario(text, { file: 'played.yaml' });
  if (scenario === null) return [`what Save writes cannot be loaded:\n${text}`];
  const { run } = new Experiment(scenario);
  const { simulation } = run.world;
  const ns = Math.round(time * 1e9);
  // What happens at a time itself comes after it has been reached; single steps lead into it.
  run.advance(ns);
  while (run.hash !== hash && simulation.events <= events && run.ending === null) {
    if (run.advance(ns + 1, 1)) break;
  }
  if (run.hash === hash) return [];
  const own = `${run.hash} after ${simulation.events}`;
  return [`at ${time} s the page has ${hash} after ${events} events, its text ${own}`];
}
