/** Tells how far a task is, a few times a second at the most. */

import type { LaboratoryNews } from '../../protocol/laboratory.ts';

const everyMs = 120;

export class SteadyNews {
  private readonly tell: (news: LaboratoryNews) => void;
  private toldMs = -Infinity;

  constructor(tell: (news: LaboratoryNews) => void) {
    this.tell = tell;
  }

  /** `words` is asked for only when it is told. */
  progress(share: number, words: () => string): void {
    const nowMs = performance.now();
    if (nowMs - this.toldMs < everyMs) return;
    this.toldMs = nowMs;
    this.tell({ kind: 'progress', share: Math.min(1, share), words: words() });
  }
}
