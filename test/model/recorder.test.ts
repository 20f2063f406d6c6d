import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../src/model/plan.ts';
import { Recorder } from '../../src/model/recorder.ts';
import { SegmentedHistogram } from '../../src/model/segmented-histogram.ts';
import { Tally } from '../../src/model/tally.ts';
import { finished, operation, SECOND, total } from './rehearsal.ts';

function recorderOf(duration: number, warmUp = 0, cuts: readonly number[] = []): Recorder {
  const plan = {
    durationNs: duration * SECOND,
    warmUpNs: warmUp * SECOND,
    cutsNs: cuts.map((cut) => cut * SECOND),
  };
  return new Recorder(plan as unknown as WorldPlan);
}

describe('the recorder', () => {
  it.each([
    [0.05, 0.1],
    [19.9, 0.1],
    [20, 1],
    [300, 1],
    [3_600, 1],
    [3_601, 2],
    [86_400, 24],
  ])('divides a run of %d s into windows of %d s', (duration, window) => {
    const recorder = recorderOf(duration);
    expect(recorder.windowNs).toBeCloseTo(window * SECOND, 3);
    expect(duration / window).toBeLessThanOrEqual(3_600);
  });

  it('ends windows one after the other', () => {
    const recorder = recorderOf(30);
    expect(recorder.nextFlush).toBe(SECOND);
    recorder.flush();
    expect([recorder.windows, recorder.nextFlush]).toEqual([1, 2 * SECOND]);
    expect([0, 0.5, 1, 1.999, 2].map((s) => recorder.windowAt(s * SECOND))).toEqual([
      0, 0, 1, 1, 2,
    ]);
  });

  it('flushes tallies, tells who wants to know, and cuts histograms only at cuts', () => {
    const recorder = recorderOf(30, 5, [10, 20, 10]);
    expect(recorder.cutWindows).toEqual([5, 10, 20]);
    expect(recorder.warmUpWindows).toBe(5);
    const tally = new Tally(['calls']);
    const histogram = new SegmentedHistogram();
    const told: number[] = [];
    recorder.addTally(tally);
    recorder.addHistogram(histogram);
    recorder.addRecorded({ endWindow: (window) => told.push(window) });
    const segments: number[] = [];
    for (let window = 0; window < 30; window++) {
      tally.counts[0]!++;
      recorder.flush();
      segments.push(histogram.closed.length);
    }
    expect(tally.length).toBe(30);
    expect(told).toEqual(Array.from({ length: 30 }, (_, window) => window));
    expect([3, 4, 8, 9, 19, 29].map((window) => segments[window])).toEqual([0, 1, 1, 2, 3, 3]);
  });

  it('knows which segments make up a span between cuts', () => {
    const recorder = recorderOf(30, 5, [10, 20]);
    expect(recorder.segmentsOf(0, 30)).toEqual({ from: 0, to: 4 });
    expect(recorder.segmentsOf(5, 30)).toEqual({ from: 1, to: 4 });
    expect(recorder.segmentsOf(5, 10)).toEqual({ from: 1, to: 2 });
    expect(recorder.segmentsOf(10, 20)).toEqual({ from: 2, to: 3 });
    expect(recorder.segmentsOf(0, 5)).toEqual({ from: 0, to: 1 });
  });
});

describe('the record of a run', () => {
  const text = `
name: Steady
duration: 30s
warm-up: 10s
expect: [ 'ok between 12s and 20s > 0' ]
traffic: { app: { rate: 10/s, arrivals: constant, to: api, shape: [ { at: 20s, rate: 20/s } ] } }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
`;

  it('has each request in the window of its end and in the segment of its span', () => {
    const run = finished(text);
    const { recorder } = run.world;
    const { latency, tally, windowP50 } = operation(run, 'get');
    expect(recorder.cutWindows).toEqual([10, 12, 20]);
    expect(tally.length).toBe(30);
    expect(windowP50).toHaveLength(30);
    const spans = [
      [0, 30],
      [10, 30],
      [12, 20],
      [20, 30],
    ] as const;
    for (const [from, to] of spans) {
      const { from: first, to: last } = recorder.segmentsOf(from, to);
      const answered = tally.sum('ok', from, to);
      expect(latency.merged(first, last).count, `${from} to ${to}`).toBe(answered);
    }
    expect(tally.sum('ok', 12, 20)).toBe(80);
    expect(tally.sum('ok', 21, 30)).toBe(180);
    expect(tally.sum('ok', 0, 30)).toBe(total(run, 'get', 'ok'));
  });

  it('ends with a window that is cut short when the duration is no multiple of it', () => {
    const run = finished(text, { duration: '25500ms', set: [{ path: 'expect', value: '[]' }] });
    const { tally } = operation(run, 'get');
    expect(tally.length).toBe(26);
    expect(tally.sum('ok', 0, 26)).toBe(total(run, 'get', 'ok'));
    expect(tally.at(25, 'ok')).toBe(10);
  });
});
