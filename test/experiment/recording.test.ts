// A recording comes to any time it has played, and to any beyond, and is then what the straight run
// is there; its checkpoints keep to their memory.
import { describe, expect, test } from 'vitest';
import { Recording } from '../../src/experiment/recording.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { experimentOf, galleryNames, galleryText, pictureOf, timeAfter } from './gallery.ts';
import { everything } from './small-designs.ts';

const seeks = 50;
const eventsMost = 130_000;
const chosen = ['primary-dies', 'autoscaled-spike', 'cold-cache', 'retry-storm'];

function goTo(recording: Recording, time: number): void {
  recording.approach(time);
  recording.advance(time);
}

describe.each([
  ...chosen.map((name) => [name, galleryText(name)] as const),
  ['a bit of everything', everything] as const,
])('%s', (name, text) => {
  test(`is where the straight run is after each of ${seeks} seeks`, { timeout: 240_000 }, () => {
    const until = timeAfter(text, eventsMost);
    const stream = streamFor('1', 'recording', name);
    const targets = Array.from({ length: seeks }, () => Math.floor(stream.uniform() * until));
    const straight = experimentOf(text);
    const hashes = new Map<number, string>();
    for (const target of [...targets].sort((left, right) => left - right)) {
      straight.run.advance(target);
      hashes.set(target, straight.run.hash);
    }
    straight.run.advance(until);
    const recording = new Recording(experimentOf(text));
    for (const target of targets) {
      goTo(recording, target);
      expect(recording.time).toBe(target);
      expect(recording.experiment.run.hash, `at ${target} ns`).toBe(hashes.get(target));
      // Whoever looks aside, or takes a single step, leaves no trace.
      recording.aside(stream.uniform() * target, ({ run }) => run.advance(target + 1e8));
      expect(recording.time).toBe(target);
      for (let steps = stream.below(4); steps > 0; steps -= 1) recording.step();
    }
    goTo(recording, until);
    expect(recording.experiment.run.hash).toBe(straight.run.hash);
    expect(pictureOf(recording.experiment)).toEqual(pictureOf(straight));
  });
});

test('the chosen are in the gallery', () => {
  expect(galleryNames).toEqual(expect.arrayContaining(chosen));
});

const crowded = `
name: Two at once
duration: 2s
traffic:
  one: { rate: 100/s, arrivals: constant, to: api }
  two: { rate: 100/s, arrivals: constant, to: api }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { same-zone: 0s, clients: 0s }
`;

test('in the middle of a nanosecond it still comes to its beginning and to its end', () => {
  const straight = experimentOf(crowded);
  straight.run.advance(1e9);
  const before = straight.run.hash;
  straight.run.advance(1e9 + 1);
  const recording = new Recording(experimentOf(crowded));
  recording.advance(1e9);
  recording.step();
  expect(recording.time).toBe(1e9);
  expect(recording.isWhole).toBe(false);
  expect(recording.experiment.run.hash).not.toBe(before);
  goTo(recording, 1e9);
  expect(recording.isWhole).toBe(true);
  expect(recording.experiment.run.hash).toBe(before);
  recording.step();
  goTo(recording, 1e9 + 1);
  expect(recording.experiment.run.hash).toBe(straight.run.hash);
  goTo(recording, 1e9);
  for (let steps = 0; steps === 0 || !recording.isWhole; steps += 1) recording.step();
  expect(recording.time).toBe(1e9 + 1);
  expect(recording.experiment.run.hash).toBe(straight.run.hash);
});

test.each([1, 2, 3, 7, 50])('in slices of %d events it stops between two nanoseconds', (slice) => {
  const straight = experimentOf(crowded);
  const recording = new Recording(experimentOf(crowded));
  for (let stops = 0; !recording.advance(Infinity, slice); stops += 1) {
    expect(recording.isWhole).toBe(true);
    straight.run.advance(recording.time);
    expect(recording.experiment.run.hash, `stop ${stops}`).toBe(straight.run.hash);
  }
  straight.run.advance(Infinity);
  expect(recording.experiment.run.hash).toBe(straight.run.hash);
});

test('what is noted for the picture is no state, and looking aside leaves it as it is', () => {
  const noted = (ratio: number, isLookedInto = false) => {
    const recording = new Recording(experimentOf(galleryText('primary-dies')));
    const { experiment } = recording;
    const { hops } = experiment.run.world;
    recording.advance(3e9);
    hops.sampleOneIn(ratio);
    recording.advance(4e9);
    // As questions do that play a time again, with requests of before that are drawn.
    if (isLookedInto) recording.aside(3.5e9, ({ run }) => run.advance(6e9));
    const { bytes } = new Checkpoint(experiment);
    recording.advance(4.5e9);
    return { bytes, hops: [...hops.drain()] };
  };
  const alone = noted(5);
  expect(alone.hops.length).toBeGreaterThan(1_000);
  expect(noted(5, true).hops).toEqual(alone.hops);
  expect(noted(Infinity).bytes).toBe(alone.bytes);
});

test('going back leaves the frontier, a fork moves it, and what is beyond is forgotten', () => {
  const recording = new Recording(experimentOf(galleryText('primary-dies')));
  const { scenario } = recording.experiment;
  recording.advance(15e9);
  const { checkpoints } = recording;
  expect(checkpoints).toBeGreaterThan(3);
  goTo(recording, 4e9);
  expect(recording.frontier).toBe(15e9);
  expect(recording.checkpoints).toBe(checkpoints);
  recording.fork(8e9, scenario);
  expect(recording.frontier).toBe(8e9);
  expect(recording.time).toBe(4e9);
  expect(recording.checkpoints).toBeLessThan(checkpoints);
  recording.advance(12e9);
  recording.fork(3e9, scenario);
  expect(recording.time).toBeLessThan(3e9);
});

test('checkpoints share what stays and keep to their memory, and all times stay in reach', () => {
  const text = galleryText('primary-dies');
  const most = 16e6;
  const [free, bounded] = [Infinity, most].map((bytes) => {
    const recording = new Recording(experimentOf(text), bytes);
    recording.advance(40e9);
    return recording;
  });
  expect(free!.bytes).toBeGreaterThan(1.5 * most);
  expect(bounded!.bytes).toBeLessThanOrEqual(most);
  expect(bounded!.checkpoints).toBeLessThan(free!.checkpoints);
  expect(bounded!.checkpoints).toBeGreaterThan(2);
  for (const time of [30e9, 2e9, 20e9, 39e9]) {
    goTo(bounded!, time);
    goTo(free!, time);
    expect(bounded!.experiment.run.hash).toBe(free!.experiment.run.hash);
    expect(resultsOf(bounded!.experiment)).toEqual(resultsOf(free!.experiment));
  }
});
