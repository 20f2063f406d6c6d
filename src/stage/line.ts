/** Polylines: smoothing the layout's few points, and walking along the result. */

import type { StageForm } from '../base/box-geometry.ts';

/** Samples of one smoothed segment. */
const samplesPerSegment = 14;

/**
 * Joins the points by cubic curves that leave and arrive along the direction of the flow, sampled
 * as a polyline. A segment that runs against the flow stays straight.
 */
export function smoothLine(points: readonly number[], form: StageForm): number[] {
  if (points.length < 4) return [];
  const line = [points[0]!, points[1]!];
  for (let at = 2; at + 1 < points.length; at += 2) {
    const [x0, y0, x1, y1] = [points[at - 2]!, points[at - 1]!, points[at]!, points[at + 1]!];
    const forward = form === 'wide' ? x1 - x0 : y1 - y0;
    const sideways = form === 'wide' ? y1 - y0 : x1 - x0;
    if (forward <= 0 || Math.abs(sideways) < 1) {
      line.push(x1, y1);
      continue;
    }
    for (let step = 1; step <= samplesPerSegment; step += 1) {
      const t = step / samplesPerSegment;
      // Control points half way along the flow, level with the ends.
      const along = 1.5 * t * (1 - t) + t * t * t;
      const across = 3 * t * t * (1 - t) + t * t * t;
      const dx = form === 'wide' ? forward * along : sideways * across;
      const dy = form === 'wide' ? sideways * across : forward * along;
      line.push(x0 + dx, y0 + dy);
    }
  }
  return line;
}

export interface Track {
  /** Evenly spaced points along the way, world units. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Direction of travel at each point, radians. */
  readonly angle: Float32Array;
  /** World units. */
  readonly length: number;
  /** Share of the way at which a partition cuts it. */
  readonly gap: number;
}

/** The polyline as `count` evenly spaced points. */
export function trackOf(line: readonly number[], count: number, gap = 0.5): Track {
  const lengths = [0];
  for (let at = 2; at < line.length; at += 2) {
    const step = Math.hypot(line[at]! - line[at - 2]!, line[at + 1]! - line[at - 1]!);
    lengths.push(lengths[lengths.length - 1]! + step);
  }
  const length = lengths[lengths.length - 1]!;
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  let segment = 1;
  for (let index = 0; index < count; index += 1) {
    const wanted = (index / (count - 1)) * length;
    while (segment < lengths.length - 1 && lengths[segment]! < wanted) segment += 1;
    const from = lengths[segment - 1]!;
    const span = lengths[segment]! - from;
    const share = span > 0 ? (wanted - from) / span : 0;
    const at = 2 * segment;
    x[index] = line[at - 2]! + (line[at]! - line[at - 2]!) * share;
    y[index] = line[at - 1]! + (line[at + 1]! - line[at - 1]!) * share;
  }
  return { x, y, angle: anglesOf(x, y), length, gap };
}

export function lineLength(line: readonly number[]): number {
  let length = 0;
  for (let at = 2; at < line.length; at += 2) {
    length += Math.hypot(line[at]! - line[at - 2]!, line[at + 1]! - line[at - 1]!);
  }
  return length;
}

/** The point half way along. */
export function middleOf(line: readonly number[]): { x: number; y: number } {
  const { x, y } = trackOf(line, 3);
  return { x: x[1]!, y: y[1]! };
}

/** The same way in the other direction. */
export function reversed(line: readonly number[]): number[] {
  const back: number[] = [];
  for (let at = line.length - 2; at >= 0; at -= 2) back.push(line[at]!, line[at + 1]!);
  return back;
}

function anglesOf(x: Float32Array, y: Float32Array): Float32Array {
  const last = x.length - 1;
  return x.map((_, index) => {
    const before = Math.max(0, index - 1);
    const after = Math.min(last, index + 1);
    return Math.atan2(y[after]! - y[before]!, x[after]! - x[before]!);
  });
}
