/** Rows of the latency heat map, one for each finished window, over all operations. */

import { LATENCY_CLASSES } from '../model/latency-rows.ts';
import type { World } from '../model/world.ts';
import { HEAT_STRIDE } from '../protocol/frame.ts';
import { assert } from '../base/assert.ts';

/** Gives the rows of windows that have finished since it was last asked. */
export class HeatRows {
  private readonly world: World;
  private given = 0;

  constructor(world: World) {
    assert(LATENCY_CLASSES === HEAT_STRIDE, 'The page and the model count by the same classes.');
    this.world = world;
  }

  /** Windows from this one on are given again: they belong to another future. */
  giveAgainFrom(window: number): void {
    this.given = Math.min(this.given, window);
  }

  /** Nothing while the run is where rows have been given before. */
  drain(): Float32Array<ArrayBuffer> {
    const { operations, recorder } = this.world;
    const count = Math.max(0, recorder.windows - this.given);
    const rows = new Float32Array(count * HEAT_STRIDE);
    for (let row = 0; row < count; row += 1) {
      for (const { windowLatencies } of operations) {
        windowLatencies.addTo(rows, row * HEAT_STRIDE, this.given + row);
      }
    }
    this.given += count;
    return rows;
  }
}
