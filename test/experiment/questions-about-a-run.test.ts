// Questions about requests are answered by playing a time again: right answers, and a present that
// is afterwards what it was, future and all.
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/experiment/explain.ts';
import { Experiment } from '../../src/experiment/experiment.ts';
import { fatesOf } from '../../src/experiment/fates.ts';
import { findRequests } from '../../src/experiment/find-requests.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { bySlowness, stretchesOf } from '../../src/experiment/stretches.ts';
import { traceRequest } from '../../src/experiment/trace-request.ts';
import { pictureOf } from './gallery.ts';
import { everything, pairs, scenarioOf } from './small-designs.ts';

function recordingOf(text: string, seconds: number): Recording {
  const recording = new Recording(new Experiment(scenarioOf(text)));
  recording.advance(seconds * 1e9);
  return recording;
}

function askEverything(recording: Recording): void {
  const { frontier } = recording;
  const asked = { from: 3, to: 9, operation: null };
  for (const which of ['slowest', 'p99', 'typical', 'failed'] as const) {
    const found = findRequests(recording, { ...asked, which, limit: 3 }, frontier);
    for (const { request, start } of found) {
      expect(traceRequest(recording, { request, near: start * 1e9, frontier })).not.toBeNull();
    }
  }
  expect(explain(recording, { ...asked, quantile: 0.9 }, frontier)).not.toBeNull();
  expect(fatesOf(recording, asked, frontier).requests.length).toBeGreaterThan(1_000);
}

describe('the present', () => {
  const straight = recordingOf(everything, 20);

  test.each([8, 14.2])('is not touched by questions at %d s, nor is the future', (seconds) => {
    const recording = recordingOf(everything, seconds);
    const { run } = recording.experiment;
    const before = { hash: run.hash, time: run.time, events: run.world.simulation.events };
    const picture = pictureOf(recording.experiment);
    askEverything(recording);
    expect({ hash: run.hash, time: run.time, events: run.world.simulation.events }).toEqual(before);
    expect(pictureOf(recording.experiment)).toEqual(picture);
    recording.advance(20e9);
    expect(run.hash).toBe(straight.experiment.run.hash);
    expect(pictureOf(recording.experiment)).toEqual(pictureOf(straight.experiment));
  });

  test('may lie before the time that is asked about', () => {
    const recording = recordingOf(everything, 15);
    const asked = { from: 10, to: 12, which: 'slowest', operation: null, limit: 4 } as const;
    const later = findRequests(recording, asked, recording.frontier);
    recording.approach(5e9);
    recording.advance(5e9);
    expect(findRequests(recording, asked, recording.frontier)).toEqual(later);
    expect(recording.time).toBe(5e9);
  });
});

/** Every 100 ms one request that takes 20 ms and one that takes 40 ms; the deadline is 30 ms. */
describe('requests that are worth a look', () => {
  const recording = recordingOf(pairs, 40);
  const find = (which: 'slowest' | 'p99' | 'typical' | 'failed', rest = {}) =>
    findRequests(
      recording,
      { from: 10, to: 20, which, operation: null, limit: 5, ...rest },
      recording.frontier,
    );

  test('are the slowest, no more than asked for', () => {
    const found = find('slowest');
    expect(found.map(({ latencyMs }) => latencyMs)).toEqual([40, 40, 40, 40, 40]);
    expect(
      found.every(({ operation, late, outcome }) => {
        return operation === 'put' && late && outcome === 'ok';
      }),
    ).toBe(true);
    expect(find('slowest', { limit: 1_000 })).toHaveLength(200);
  });

  test('are those around a percentile, and of one operation', () => {
    expect(find('typical', { operation: 'get' }).map(({ latencyMs }) => latencyMs)).toEqual(
      Array.from({ length: 5 }, () => 20),
    );
    expect(find('p99')[0]!.latencyMs).toBe(40);
    expect(find('failed')).toEqual([]);
  });

  test('are those that ended in the time asked about', () => {
    const starts = find('slowest', { from: 10.04, to: 10.24, limit: 9 }).map(({ start }) => start);
    expect(starts.sort((left, right) => left - right)).toEqual([10, 10.1, 10.1, 10.2]);
  });
});

describe('of a long time', () => {
  const recording = recordingOf(everything, 20);
  const time = { from: 0, to: 20e9 };

  test('a few windows are played: the worst, and others that stand for the rest', () => {
    const { run } = recording.experiment;
    const rank = bySlowness(null);
    const groups = stretchesOf(recording, time, rank, 20_000);
    const stretches = groups.flat();
    const windows = stretches.map(({ from }) => from / run.world.recorder.windowNs);
    const all = Array.from({ length: 20 }, (_, window) => window);
    const worst = [...all].sort(
      (left, right) => rank(recording.experiment, right) - rank(recording.experiment, left),
    );
    expect(stretches).toHaveLength(10);
    expect(windows).toEqual(expect.arrayContaining(worst.slice(0, 5)));
    expect(windows).toEqual([...windows].sort((left, right) => left - right));
    expect(stretches.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(20, 9);
  });

  test('all is played when that is little', () => {
    expect(stretchesOf(recording, time, null)).toEqual([[{ ...time, weight: 1 }]]);
  });
});

describe('the fates of requests', () => {
  test('are one row each, of those that started in the time', () => {
    const recording = recordingOf(pairs, 40);
    const fates = fatesOf(recording, { from: 10, to: 11 }, recording.frontier);
    const names = [...fates.outcomes].map((outcome) => fates.outcomeNames[outcome]);
    const operations = [...fates.operations].map((one) => fates.operationNames[one]);
    expect(fates.requests).toHaveLength(20);
    expect(new Set(fates.requests).size).toBe(20);
    expect(fates.starts.every((start) => start >= 10 && start < 11)).toBe(true);
    for (const [place, operation] of operations.entries()) {
      const isPut = operation === 'put';
      expect([names[place], fates.latenciesMs[place]]).toEqual(isPut ? ['late', 40] : ['ok', 20]);
    }
  });

  test('agree with the books of the run, and tell which are not known yet', () => {
    const recording = recordingOf(everything, 20);
    const { operations } = recording.experiment.run.world;
    const fates = fatesOf(recording, { from: 0, to: 20 }, recording.frontier);
    const count = (name: string) =>
      fates.outcomes.filter((outcome) => fates.outcomeNames[outcome] === name).length;
    const sum = (column: string) =>
      operations.reduce((all, { tally }) => all + tally.counts[tally.columns.indexOf(column)]!, 0);
    expect(fates.requests).toHaveLength(sum('offered'));
    for (const name of ['ok', 'late']) expect(count(name)).toBe(sum(name));
    for (const name of ['timeout', 'refused', 'reset', 'queue-full', 'queue-timeout']) {
      expect(count(name), name).toBe(sum(`failed-${name}`));
    }
    const open = operations.reduce((all, { inFlight }) => all + inFlight, 0);
    expect(count('under way')).toBe(open);
    expect(fates.latenciesMs.filter(Number.isNaN)).toHaveLength(
      fates.requests.length - count('ok') - count('late'),
    );
  });
});
