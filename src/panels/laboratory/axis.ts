/** Scales of the laboratory's charts: where a value stands, which values are marked. */

export interface Axis {
  /** Place of a value, px. */
  readonly at: (value: number) => number;
  /** Value at a place, within the ends of the axis. */
  readonly from: (place: number) => number;
  readonly marks: readonly number[];
}

export interface AxisEnds {
  /** Values, `low` < `high`. */
  readonly low: number;
  readonly high: number;
  /** Their places, px; the first may be the greater one. */
  readonly start: number;
  readonly end: number;
}

/** Marks at 1, 2, 5 of every decade, thinned until each has `apart` px. Values are above 0. */
export function logAxis({ low, high, start, end }: AxisEnds, apart: number): Axis {
  const bottom = Math.log10(low);
  const span = Math.log10(high) - bottom || 1;
  const length = end - start;
  const at = (value: number) => start + ((Math.log10(value) - bottom) / span) * length;
  const room = Math.abs(length) / span;
  const steps = room * Math.log10(2) >= apart ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(apart / room));
  const marks: number[] = [];
  for (let power = Math.floor(bottom); power <= Math.ceil(bottom + span); power += 1) {
    if (steps.length === 1 && power % stride !== 0) continue;
    for (const step of steps) {
      const value = Number(`${step}e${power}`);
      if (value >= low * 0.999 && value <= high * 1.001) marks.push(value);
    }
  }
  const clamped = (place: number) => Math.min(1, Math.max(0, (place - start) / length));
  return { at, from: (place) => 10 ** (bottom + span * clamped(place)), marks };
}

/** Marks at round values, four to six of them where there is room. */
export function linearAxis({ low, high, start, end }: AxisEnds, apart: number): Axis {
  const span = high - low || 1;
  const length = end - start;
  const at = (value: number) => start + ((value - low) / span) * length;
  const wanted = Math.max(1, Math.min(5, Math.floor(Math.abs(length) / apart)));
  const step = roundStep(span / wanted);
  const marks: number[] = [];
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + span * 1e-9; count += 1) {
    marks.push(Number((count * step).toPrecision(12)));
  }
  const clamped = (place: number) => Math.min(1, Math.max(0, (place - start) / length));
  return { at, from: (place) => low + span * clamped(place), marks };
}

/** The least of 1, 2, 5 times a power of ten that is not below. */
export function roundStep(least: number): number {
  const power = Math.floor(Math.log10(least));
  for (const step of [1, 2, 5]) {
    const value = Number(`${step}e${power}`);
    if (value >= least * (1 - 1e-9)) return value;
  }
  return Number(`1e${power + 1}`);
}

/** Place in `values`, of which at least one is given, that is nearest on an axis. */
export function nearest(values: readonly number[], axis: Axis, place: number): number {
  let best = 0;
  values.forEach((value, index) => {
    const isNearer = Math.abs(axis.at(value) - place) < Math.abs(axis.at(values[best]!) - place);
    if (isNearer) best = index;
  });
  return best;
}

/** A path through points; where one is no number, it is broken. */
export function pathThrough(points: readonly (readonly [number, number])[]): string {
  let path = '';
  let isDown = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      isDown = false;
      continue;
    }
    path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  }
  return path;
}
