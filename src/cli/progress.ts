/** How far a run has come and how long it will take, on standard error, once a second at most. */

import { shortClock, shortNumber } from '../base/measured.ts';
import { tell } from './terminal.ts';

const INTERVAL_MS = 1_000;

export class Progress {
  private readonly isShown: boolean;
  private readonly isTerminal: boolean;
  private readonly startedAt = performance.now();
  private toldAt = this.startedAt;
  private hasLine = false;
  /** What was being done when it was told last; a new thing is told at once. */
  private told = '';

  /** `isForced`: also when nobody looks, one line each instead of one line rewritten. */
  constructor({ isForced, isQuiet }: { readonly isForced: boolean; readonly isQuiet: boolean }) {
    this.isTerminal = process.stderr.isTTY;
    this.isShown = isForced || (this.isTerminal && !isQuiet);
  }

  /** Simulated time reached and to be reached, s, and events so far. */
  update(seconds: number, duration: number, events: number): void {
    const now = performance.now();
    if (!this.isShown || now - this.toldAt < INTERVAL_MS) return;
    this.toldAt = now;
    const wall = (now - this.startedAt) / 1000;
    const percent = Math.floor((100 * seconds) / duration);
    const left = seconds > 0 ? `, ${leftText((wall * (duration - seconds)) / seconds)} left` : '';
    const speed = `${shortNumber(events / wall)} events/s`;
    const reached = `${shortClock(seconds)} of ${shortClock(duration)} (${percent} %)`;
    this.show(`${reached}, ${speed}${left}`);
  }

  /** Replications done and to be done, and the events of those that are done. */
  updateCount(done: number, count: number, events: number): void {
    const now = performance.now();
    if (!this.isShown || now - this.toldAt < INTERVAL_MS) return;
    this.toldAt = now;
    const wall = (now - this.startedAt) / 1000;
    const left = leftText((wall * (count - done)) / done);
    const speed = `${shortNumber(events / wall)} events/s`;
    this.show(`${done} of ${count} replications, ${speed}, ${left} left`);
  }

  /** What is being done, and how much of it is, 0–1; NaN when nobody can know. */
  updateShare(what: string, share: number): void {
    const now = performance.now();
    if (!this.isShown || (what === this.told && now - this.toldAt < INTERVAL_MS)) return;
    this.toldAt = now;
    this.told = what;
    this.show(Number.isFinite(share) ? `${what}, ${Math.floor(100 * share)} %` : what);
  }

  /** Clears the line, so that nothing of it is left beside the results. */
  end(): void {
    if (this.hasLine) tell('\r\u001b[2K');
    this.hasLine = false;
  }

  private show(text: string): void {
    tell(this.isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
    this.hasLine = this.isTerminal;
  }
}

/** Rounded to what such a forecast is good for. */
function leftText(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}
