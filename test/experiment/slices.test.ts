// A run is the same however it is driven: in slices of any size, in any company, looked at or not.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import type { Run } from '../../src/model/run.ts';
import { experimentOf, galleryNames, galleryText, pictureOf, timeAfter } from './gallery.ts';

/** Enough to meet the first faults of many scenarios. */
const eventsMost = 70_000;

const ways: Readonly<Record<string, (run: Run, until: number, step: number) => void>> = {
  'one event at a time': (run, until) => void run.advance(until, 1),
  'slices of odd sizes': (run, until, step) => {
    run.advance(until, [3, 7_919, 1, 255, 4_097, 5_003][step % 6]);
  },
  'slices of one millisecond': (run, until) => void run.advance(Math.min(until, run.time + 1e6)),
  'slices of odd times': (run, until, step) => {
    const time = run.time + [1, 99_999_999, 1_234_567, 1e6 / 3, 5e7][step % 5]!;
    run.advance(Math.min(until, Math.floor(time)));
  },
};

describe.each(galleryNames)('%s', (name) => {
  const text = galleryText(name);
  let until: number;
  let straight: Experiment;
  let picture: unknown;

  beforeAll(() => {
    until = timeAfter(text, eventsMost);
    straight = experimentOf(text);
    straight.run.advance(until);
    picture = pictureOf(straight);
  });

  test.each(Object.entries(ways))('is the same in %s', { timeout: 60_000 }, (_, drive) => {
    const sliced = experimentOf(text);
    const { run } = sliced;
    let step = 0;
    for (; run.time < until; step += 1) drive(run, until, step);
    // A run of a few hundred events is over after a few slices.
    expect(step).toBeGreaterThan(Math.min(20, run.world.simulation.events / 200));
    expect(run.hash).toBe(straight.run.hash);
    expect(run.world.simulation.events).toBe(straight.run.world.simulation.events);
    expect(pictureOf(sliced)).toEqual(picture);
  });
});

test('two runs that take turns do not disturb each other', { timeout: 60_000 }, () => {
  const texts = galleryNames.slice(0, 2).map(galleryText);
  const until = texts.map((text) => timeAfter(text, 100_000));
  const alone = texts.map((text, place) => {
    const experiment = experimentOf(text);
    experiment.run.advance(until[place]!);
    return pictureOf(experiment);
  });
  const both = texts.map((text) => experimentOf(text));
  for (let step = 0; both.some(({ run }, place) => run.time < until[place]!); step += 1) {
    const place = step % 2;
    both[place]!.run.advance(until[place]!, 1 + (step % 97));
  }
  expect(both.map(pictureOf)).toEqual(alone);
});
