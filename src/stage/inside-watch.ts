/** Asks what goes on inside an instance, a few times a second at most, and only while it shows. */

import type { Inside } from '../protocol/inside.ts';

const askEveryMs = 250;

export class InsideWatch {
  private readonly ask: (path: string) => Promise<Inside | null>;
  private path: string | null = null;
  /** Simulated time of the last answer that was asked for, s. */
  private askedTime = -1;
  private askedMs = -Infinity;
  private isWaiting = false;

  constructor(ask: (path: string) => Promise<Inside | null>) {
    this.ask = ask;
  }

  /** Shows an instance (null: none) as it is at a simulated time; `onAnswer` may come later. */
  look(path: string | null, time: number, onAnswer: (answer: Inside | null) => void): void {
    const isOther = path !== this.path;
    this.path = path;
    if (path === null || this.isWaiting) return;
    const nowMs = performance.now();
    if (!isOther && (time === this.askedTime || nowMs - this.askedMs < askEveryMs)) return;
    this.askedTime = time;
    this.askedMs = nowMs;
    this.isWaiting = true;
    void this.answer(path, onAnswer);
  }

  private async answer(path: string, onAnswer: (answer: Inside | null) => void): Promise<void> {
    try {
      const answer = await this.ask(path);
      if (path === this.path) onAnswer(answer);
    } catch {
      // The worker is being replaced; the next look asks again.
    } finally {
      this.isWaiting = false;
    }
  }
}
