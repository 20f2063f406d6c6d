// A thousand seeks over all scenarios: each goes back to a checkpoint taken at a random moment,
// runs on, and must be where the straight run was, down to the hash.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { experimentOf, galleryNames, galleryText, pictureOf, timeAfter } from './gallery.ts';

const seeksInAll = 1_000;
const seeks = Math.ceil(seeksInAll / galleryNames.length);
const eventsMost = 100_000;
/** Checkpoints that are kept, so that some seeks go back past others. */
const kept = 4;

describe.each(galleryNames)('%s', (name) => {
  const text = galleryText(name);
  let until: number;
  let straight: Experiment;
  /** Random times, and the straight run's hash at each. */
  let moments: number[];
  let hashes: string[];

  beforeAll(() => {
    until = timeAfter(text, eventsMost);
    const stream = streamFor('1', 'seeks', name);
    moments = Array.from({ length: seeks }, () => Math.floor(stream.uniform() * until));
    moments.sort((left, right) => left - right);
    straight = experimentOf(text);
    hashes = moments.map((moment) => {
      straight.run.advance(moment);
      return straight.run.hash;
    });
    straight.run.advance(until);
  });

  test(`goes on as it did after each of ${seeks} seeks`, { timeout: 120_000 }, () => {
    const experiment = experimentOf(text);
    const { run } = experiment;
    const back = streamFor('1', 'seeks', `${name}, back`);
    const checkpoints = new Map<number, Checkpoint>();
    for (let place = 0; place < moments.length; place += 1) {
      // From wherever the seek before has led to, on to the next moment.
      run.advance(moments[place]!);
      expect(run.hash, `at ${moments[place]} ns`).toBe(hashes[place]);
      checkpoints.set(place, new Checkpoint(experiment));
      checkpoints.delete(place - kept);
      const target = place - back.below(Math.min(kept, place + 1));
      checkpoints.get(target)!.restore();
      expect(run.time).toBe(moments[target]);
      expect(run.hash, `back at ${moments[target]} ns`).toBe(hashes[target]);
    }
    run.advance(until);
    expect(run.hash).toBe(straight.run.hash);
    expect(pictureOf(experiment)).toEqual(pictureOf(straight));
  });
});

test('there are a thousand', () => {
  expect(galleryNames.length * seeks).toBeGreaterThanOrEqual(seeksInAll);
});
