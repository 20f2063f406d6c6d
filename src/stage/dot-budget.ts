/**
 * How many dots the stage asks for: what has room on the roads, and less of it on a machine that
 * cannot draw them in time. It falls at once when frames come late and rises slowly.
 */

const dotsMax = 2000;
const dotsMin = 40;
/** Distance at which dots in one lane are comfortably told apart, px. */
const dotSpacing = 6;
/** Frames over which it judges. */
const framesJudged = 60;
/** Half of the frames later than this, or one in twenty later than that: too slow, ms. */
const slowMedian = 30;
const slowWorst = 50;
/** Faster than this it may rise, ms. */
const fastMedian = 19;
const fastWorst = 34;
/** Script of one frame on the main thread, ms. */
const scriptMax = 4;
const fall = 0.7;
const rise = 1.15;

export class DotBudget {
  /** Share of the room that this machine can draw, 0–1. */
  private share = 1;
  private readonly intervals: number[] = [];
  private readonly scripts: number[] = [];

  /** As many dots as fit on roads of that length in both directions, and some inside the boxes. */
  room(roadPixels: number): number {
    return Math.min(dotsMax, Math.round(80 + (2 * roadPixels) / dotSpacing));
  }

  budget(roadPixels: number): number {
    return Math.max(dotsMin, Math.round(this.room(roadPixels) * this.share));
  }

  /** A frame was drawn, so long after the one before; true when the budget has changed. */
  note(intervalMs: number, scriptMs: number): boolean {
    this.intervals.push(intervalMs);
    this.scripts.push(scriptMs);
    if (this.intervals.length < framesJudged) return false;
    const [median, worst] = [quantile(this.intervals, 0.5), quantile(this.intervals, 0.95)];
    const script = quantile(this.scripts, 0.5);
    this.begin();
    const before = this.share;
    if (median > slowMedian || worst > slowWorst || script > scriptMax) {
      this.share = Math.max(0.05, this.share * fall);
    } else if (median < fastMedian && worst < fastWorst) {
      this.share = Math.min(1, this.share * rise);
    }
    return this.share !== before;
  }

  /** Frames before a pause say nothing about those after it. */
  begin(): void {
    this.intervals.length = 0;
    this.scripts.length = 0;
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
