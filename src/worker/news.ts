/**
 * What frames tell once: finished windows, their heat, happenings. The run may be taken back before
 * a frame could tell of what it had passed, so that is held; and when the future becomes another
 * one, everything after the fork is news again.
 */

import type { TimelineEntry } from '../model/timeline.ts';
import type { World } from '../model/world.ts';
import type { Happening } from '../protocol/frame.ts';
import { HeatRows } from './heat-rows.ts';
import { SeriesRows } from './series-rows.ts';

export class News {
  private readonly world: World;
  private readonly series: SeriesRows;
  private readonly heat: HeatRows;
  /** Times of the happenings that have been told or are held, ns. */
  private known: number[] = [];
  private heldWindows: Float64Array[] = [];
  private heldHeat: Float32Array[] = [];
  private heldHappenings: TimelineEntry[] = [];
  /** Windows that have been told or are held, and those that have been told. */
  private knownWindows = 0;
  private toldWindows = 0;

  constructor(world: World) {
    this.world = world;
    this.series = new SeriesRows(world);
    this.heat = new HeatRows(world);
  }

  /** The run is about to go back: what it has passed stays news. */
  hold(): void {
    const { windows } = this.world.recorder;
    if (windows > this.knownWindows) {
      this.knownWindows = windows;
      this.heldWindows.push(this.series.drain());
      this.heldHeat.push(this.heat.drain());
    }
    this.heldHappenings.push(...this.fresh());
  }

  /** From `at` ns on the future is another one. What is held is forgotten: it comes once more. */
  fork(at: number): void {
    const window = Math.min(this.toldWindows, this.world.recorder.windowAt(at));
    this.series.giveAgainFrom(window);
    this.heat.giveAgainFrom(window);
    this.knownWindows = window;
    this.toldWindows = window;
    const told = this.known.length - this.heldHappenings.length;
    this.known = this.known.slice(0, told).filter((time) => time < at);
    this.heldHappenings = [];
    this.heldWindows = [];
    this.heldHeat = [];
  }

  windows(): Float64Array<ArrayBuffer> {
    const held = this.heldWindows;
    this.heldWindows = [];
    this.knownWindows = Math.max(this.knownWindows, this.world.recorder.windows);
    this.toldWindows = this.knownWindows;
    const rows = this.series.drain();
    return held.length === 0 ? rows : joined(held, rows, (length) => new Float64Array(length));
  }

  heatRows(): Float32Array<ArrayBuffer> {
    const held = this.heldHeat;
    this.heldHeat = [];
    const rows = this.heat.drain();
    return held.length === 0 ? rows : joined(held, rows, (length) => new Float32Array(length));
  }

  happenings(): readonly Happening[] {
    const entries = [...this.heldHappenings, ...this.fresh()];
    this.heldHappenings = [];
    return entries.map((entry) => ({ ...entry, time: entry.time / 1e9 }));
  }

  private fresh(): readonly TimelineEntry[] {
    const fresh = this.world.timeline.entries.slice(this.known.length);
    for (const { time } of fresh) this.known.push(time);
    return fresh;
  }
}

interface Row {
  readonly length: number;
  set(numbers: ArrayLike<number>, offset: number): void;
}

function joined<Rows extends Row & ArrayLike<number>, Whole extends Row>(
  held: readonly Rows[],
  last: Rows,
  make: (length: number) => Whole,
): Whole {
  const all = [...held, last];
  const whole = make(all.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const rows of all) {
    whole.set(rows, place);
    place += rows.length;
  }
  return whole;
}
