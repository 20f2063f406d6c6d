/**
 * What the stage has drawn, left as data attributes of its host: for tests, which cannot see dots,
 * and for anyone who wonders what a frame costs.
 */

import type { Picture } from './picture.ts';

/** Costs of this many frames are kept. */
const framesKept = 240;
/** While playing, all but the count of frames is brought up to date once in so many frames. */
const updateEvery = 10;

export class DrawingLog {
  private readonly dataset: DOMStringMap;
  private readonly costsMs: number[] = [];
  private rendered = 0;

  constructor(host: HTMLElement) {
    this.dataset = host.dataset;
  }

  /** A frame has been drawn, which took that much of the main thread. */
  add(costMs: number, picture: Picture | null, playing: boolean): void {
    const { dataset, costsMs } = this;
    const dots = picture?.dots ?? null;
    this.rendered += 1;
    costsMs.push(costMs);
    if (costsMs.length > framesKept) costsMs.shift();
    dataset['rendered'] = String(this.rendered);
    const first = dots?.first();
    if (dataset['firstDotMs'] === undefined && first) {
      dataset['firstDotMs'] = performance.now().toFixed(0);
    }
    if (this.rendered % updateEvery !== 0 && playing) return;
    dataset['time'] = (picture?.time ?? 0).toFixed(3);
    dataset['inside'] = picture?.inside.shown ?? '';
    dataset['dots'] = String(dots?.count ?? 0);
    dataset['firstDot'] = first ? `${first.x.toFixed(1)},${first.y.toFixed(1)}` : '';
    const sorted = [...costsMs].sort((a, b) => a - b);
    dataset['costP50'] = (sorted[Math.floor(sorted.length * 0.5)] ?? 0).toFixed(2);
    dataset['costP95'] = (sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(2);
  }
}
