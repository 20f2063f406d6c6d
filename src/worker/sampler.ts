/**
 * Chooses how many requests one dot stands for, so that the dots on their way at any moment stay
 * within the page's budget. Ratios are round numbers and change rarely, because they are printed.
 */

/** Above this speed single requests are a blur; traffic is shown as a flow instead. */
export const flowSpeed = 20;
/** How long a dot is on screen at least, s of wall time; the stage draws travel no faster. */
const dotLifeSeconds = 0.5;
const changeEveryMs = 1500;
const firstLookMs = 200;

export class Sampler {
  /** Few dots at first: the rate is not known yet, and a crowd would be worse. */
  private ratioValue = 100;
  private hops = 0;
  private sinceMs = 0;
  private changed = false;
  private budget = 800;
  /** Given from outside; null: chosen here. */
  private kept: number | null = null;

  /** One dot stands for this many requests; Infinity: flow. */
  ratio(speed: number): number {
    if (this.kept !== null) return this.kept;
    return speed > flowSpeed || this.budget <= 0 ? Infinity : this.ratioValue;
  }

  setBudget(dots: number): void {
    this.budget = dots;
    this.changed = false;
  }

  /** Starts measuring anew; to be called whenever play starts or the speed changes. */
  begin(wallMs: number): void {
    this.hops = 0;
    this.sinceMs = wallMs;
    this.changed = false;
    this.kept = null;
  }

  /** Until it begins anew, the ratio is that of another run, which then shows the same requests. */
  keep(ratio: number): void {
    this.kept = ratio;
  }

  /** Takes the hops of one frame into account and moves the ratio when it is time. */
  observe(hops: number, wallMs: number): void {
    if (this.kept !== null) return;
    this.hops += hops;
    const elapsedMs = wallMs - this.sinceMs;
    if (elapsedMs < (this.changed ? changeEveryMs : firstLookMs)) return;
    const onTheirWay = (this.hops / elapsedMs) * 1000 * dotLifeSeconds * this.ratioValue;
    this.hops = 0;
    this.sinceMs = wallMs;
    this.changed = true;
    const wanted = roundRatio(onTheirWay / Math.max(1, this.budget));
    const tooMany = wanted > this.ratioValue;
    const farTooFew =
      onTheirWay > 0 && roundRatio((1.5 * onTheirWay) / this.budget) < this.ratioValue;
    if (tooMany || farTooFew) this.ratioValue = wanted;
  }
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least `ratio`. */
export function roundRatio(ratio: number): number {
  let power = 1;
  while (power * 10 < ratio) power *= 10;
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= ratio) ?? 10 * power;
}
