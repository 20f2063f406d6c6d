import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Histogram } from '../../src/kernel/histogram.ts';
import { SegmentedHistogram } from '../../src/model/segmented-histogram.ts';

function inThree(): SegmentedHistogram {
  const histogram = new SegmentedHistogram();
  for (const [segment, values] of [[1, 2, 3], [10, 20], [100]].entries()) {
    if (segment > 0) histogram.cut();
    for (const value of values) histogram.record(value);
  }
  return histogram;
}

function summary(histogram: Histogram): number[] {
  return [histogram.count, histogram.sum, histogram.min, histogram.max];
}

describe('a histogram in segments', () => {
  it('answers for any run of segments, the open one included', () => {
    const histogram = inThree();
    expect(histogram.closed).toHaveLength(2);
    expect(summary(histogram.merged(0, 3))).toEqual([6, 136, 1, 100]);
    expect(summary(histogram.merged(0, 1))).toEqual([3, 6, 1, 3]);
    expect(summary(histogram.merged(1, 3))).toEqual([3, 130, 10, 100]);
    expect(summary(histogram.merged(2, 99))).toEqual([1, 100, 100, 100]);
    expect(histogram.merged(1, 1).count).toBe(0);
  });

  it('takes in what another histogram recorded', () => {
    const other = new Histogram();
    for (const value of [5, 6, 7]) other.record(value);
    const histogram = inThree();
    histogram.mergeFrom(other);
    expect(summary(histogram.merged(2, 3))).toEqual([4, 118, 5, 100]);
  });

  it('can go back over a cut to a checkpoint and record on', () => {
    const histogram = inThree();
    const checkpoint = new Checkpoint(histogram);
    for (let cut = 0; cut < 3; cut++) {
      histogram.cut();
      histogram.record(1_000);
    }
    checkpoint.restore();
    expect(histogram.closed).toHaveLength(2);
    histogram.record(200);
    expect(summary(histogram.merged(2, 3))).toEqual([2, 300, 100, 200]);
    expect(summary(histogram.merged(0, 3))).toEqual([7, 336, 1, 200]);
  });

  it('keeps closed segments out of checkpoints', () => {
    const histogram = inThree();
    const { bytes } = new Checkpoint(histogram);
    for (let cut = 0; cut < 10; cut++) histogram.cut();
    expect(new Checkpoint(histogram).bytes - bytes).toBeLessThan(200);
  });
});
