import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { LatencyRows } from '../../src/model/latency-rows.ts';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Histogram } from '../../src/kernel/histogram.ts';
import { HEAT_STRIDE, heatBucketMs } from '../../src/protocol/frame.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { HeatRows } from '../../src/worker/heat-rows.ts';
import { SeriesRows, seriesOf } from '../../src/worker/series-rows.ts';

function experimentOf(name: string): Experiment {
  const text = readFileSync(`scenarios/${name}.yaml`, 'utf8');
  return new Experiment(loadScenario(text, { file: name }).scenario!);
}

function classOf(ms: number): number {
  const sample = new Histogram();
  sample.record(ms * 1e6);
  const rows = new LatencyRows();
  rows.add(sample);
  const target = new Float32Array(HEAT_STRIDE);
  rows.addTo(target, 0, 0);
  expect(target.reduce((sum, count) => sum + count, 0)).toBe(1);
  return target.indexOf(1);
}

describe('latency classes', () => {
  test('a latency falls to the class whose ends it lies between', () => {
    for (let bucket = 0; bucket < HEAT_STRIDE - 1; bucket += 1) {
      const middle = Math.sqrt(heatBucketMs(bucket) * heatBucketMs(bucket + 1));
      expect(classOf(middle)).toBe(bucket);
    }
  });

  test('what is too fast or too slow for any class falls to the first or the last', () => {
    expect(classOf(0)).toBe(0);
    expect(classOf(0.001)).toBe(0);
    expect(classOf(5e6)).toBe(HEAT_STRIDE - 1);
  });
});

describe('heat rows of a run', () => {
  const experiment = experimentOf('primary-dies');
  const { world } = experiment.run;
  const heat = new HeatRows(world);
  const series = new SeriesRows(world);
  experiment.run.advance(20e9);
  const rows = heat.drain();
  const windows = series.drain();

  test('each window holds every answer of every operation, and nothing else', () => {
    const count = rows.length / HEAT_STRIDE;
    expect(count).toBe(20);
    for (let window = 0; window < count; window += 1) {
      const row = rows.subarray(window * HEAT_STRIDE, (window + 1) * HEAT_STRIDE);
      const answers = world.operations.reduce(
        (sum, { tally }) => sum + tally.at(window, 'ok') + tally.at(window, 'late'),
        0,
      );
      expect(row.reduce((sum, one) => sum + one, 0)).toBe(answers);
    }
  });

  test('windows come once, again after a fork, and not when the run has gone back', () => {
    expect(heat.drain().length).toBe(0);
    heat.giveAgainFrom(18);
    expect(heat.drain()).toEqual(rows.subarray(18 * HEAT_STRIDE));
    const other = experimentOf('primary-dies');
    const late = new HeatRows(other.run.world);
    const lateSeries = new SeriesRows(other.run.world);
    const start = new Checkpoint(other);
    other.run.advance(5e9);
    expect(late.drain().length).toBe(5 * HEAT_STRIDE);
    lateSeries.drain();
    start.restore();
    other.run.advance(3e9);
    expect(late.drain().length).toBe(0);
    expect(lateSeries.drain().length).toBe(0);
    other.run.advance(7e9);
    expect(late.drain()).toEqual(rows.subarray(5 * HEAT_STRIDE, 7 * HEAT_STRIDE));
  });

  test('the rates of the shards of a database add up to what it was asked', () => {
    const columns = seriesOf(world);
    const width = columns.length + 1;
    const database = world.component('chats-db');
    const places = columns.flatMap(({ id }, place) =>
      id.startsWith('shard:chats-db/') ? [place] : [],
    );
    expect(places.length).toBe(3);
    for (const window of [3, 14, 19]) {
      const sum = places.reduce((all, place) => all + windows[window * width + 1 + place]!, 0);
      const arrivals = database.nodes.reduce(
        (all, { station }) => all + station!.tally.at(window, 'arrivals'),
        0,
      );
      expect(sum).toBeCloseTo(arrivals, 6);
    }
  });

  test('the lag of a shard is that of its furthest replica, and no less than the database says', () => {
    const columns = seriesOf(world);
    const width = columns.length + 1;
    const places = columns.flatMap(({ id }, place) => (id.startsWith('lag:') ? [place] : []));
    const database = world.component('chats-db');
    for (const window of [3, 14, 19]) {
      const lags = places.map((place) => windows[window * width + 1 + place]!);
      expect(Math.max(...lags)).toBeGreaterThanOrEqual(database.tally!.at(window, 'lagNs') / 1e6);
    }
  });
});
