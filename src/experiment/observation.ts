/**
 * An observation notes, from batch to batch of a run, how the latencies of each operation were
 * spread, so that percentiles can be given intervals afterwards. It only reads: a run that is
 * observed is the same run.
 */

import { Histogram } from '../kernel/histogram.ts';
import type { HistogramSnapshot } from '../kernel/histogram.ts';
import type { Recorded, Recorder } from '../model/recorder.ts';
import type { Run } from '../model/run.ts';
import type { SegmentedHistogram } from '../model/segmented-histogram.ts';
import type { Claim } from '../scenario/claims.ts';
import type { Span } from './span.ts';

/** Batches of a run at the most; enough to put some on each side of every fault. */
const BATCHES_MAX = 240;

/** How the numbers of one batch fell into the buckets of a histogram. */
export interface Batch extends Span {
  /** Buckets that are not empty, ascending. */
  readonly buckets: Int32Array;
  readonly counts: Uint32Array;
  /** Sum of the counts. */
  readonly total: number;
}

interface Watched {
  readonly histogram: SegmentedHistogram;
  readonly batches: Batch[];
  /** The open segment at the end of the last batch. */
  before: HistogramSnapshot;
}

const NOTHING: HistogramSnapshot = Object.freeze(new Histogram().snapshot());

export class Observation implements Recorded {
  private readonly recorder: Recorder;
  private readonly watched: Watched[] = [];
  /** Windows of a batch, unless a cut ends it earlier. */
  private readonly batchWindows: number;
  private batchStart = 0;

  /** Must be made before the run is advanced. */
  constructor(run: Run, requirements: readonly Claim[]) {
    const { recorder, plan, operations } = run.world;
    this.recorder = recorder;
    this.batchWindows = Math.max(1, Math.ceil(recorder.windowAt(plan.durationNs) / BATCHES_MAX));
    for (const { latency } of operations) this.watch(latency);
    for (const { metric, subject } of requirements) {
      if (subject === null || !/^p.* wait$/.test(metric)) continue;
      const { waits } = run.world.component(subject.split('/')[0]!);
      if (waits !== null) this.watch(waits);
    }
    recorder.addRecorded(this);
  }

  endWindow(window: number): void {
    const end = window + 1;
    const { cutWindows } = this.recorder;
    if (end % this.batchWindows !== 0 && !cutWindows.includes(end)) return;
    const open = this.recorder.segmentsOf(window, end);
    for (const watched of this.watched) {
      if (cutWindows.includes(this.batchStart)) watched.before = NOTHING;
      const now = watched.histogram.merged(open.from, open.to).snapshot();
      watched.batches.push(difference(now, watched.before, { from: this.batchStart, to: end }));
      watched.before = Object.freeze(now);
    }
    this.batchStart = end;
  }

  /** The batches inside a span, in order; null for a histogram that is not watched. */
  batchesOf(histogram: SegmentedHistogram, span: Span): readonly Batch[] | null {
    const watched = this.watched.find((candidate) => candidate.histogram === histogram);
    if (watched === undefined) return null;
    return watched.batches.filter(({ from, to }) => from >= span.from && to <= span.to);
  }

  private watch(histogram: SegmentedHistogram): void {
    if (this.watched.some((each) => each.histogram === histogram)) return;
    this.watched.push({ histogram, batches: [], before: NOTHING });
  }
}

/** What came in between two looks at the same histogram. */
function difference(now: HistogramSnapshot, before: HistogramSnapshot, span: Span): Batch {
  const buckets: number[] = [];
  const counts: number[] = [];
  let total = 0;
  let place = 0;
  for (let at = 0; at < now.index.length; at++) {
    const bucket = now.index[at]!;
    while (place < before.index.length && before.index[place]! < bucket) place++;
    const old = before.index[place] === bucket ? before.count[place]! : 0;
    const count = now.count[at]! - old;
    if (count === 0) continue;
    buckets.push(bucket);
    counts.push(count);
    total += count;
  }
  return Object.freeze({
    ...span,
    buckets: Int32Array.from(buckets),
    counts: Uint32Array.from(counts),
    total,
  });
}
