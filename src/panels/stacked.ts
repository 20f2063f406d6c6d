/** Areas that lie upon one another, such as the ways in which look-ups ended. */

export interface StackRoom {
  readonly width: number;
  readonly height: number;
  /** End of the run: the right edge, s. */
  readonly endSeconds: number;
}

/** More steps than this are not drawn: each then stands for several windows. */
const stepsMax = 240;

/**
 * One closed outline for each column, the first at the foot. `times`: ends of windows, s; together
 * the columns reach the full height where their sum is the greatest. Values below 0 and values that
 * are no number count as 0.
 */
export function stackedAreas(
  times: readonly number[],
  columns: readonly (readonly number[])[],
  { width, height, endSeconds }: StackRoom,
): string[] {
  const stride = Math.max(1, Math.ceil(times.length / stepsMax));
  const rows: number[] = [];
  for (let row = 0; row < times.length; row += stride) rows.push(row);
  const meanAt = (column: readonly number[], row: number) => {
    const chunk = column.slice(row, row + stride);
    return chunk.reduce((sum, value) => sum + (value > 0 ? value : 0), 0) / chunk.length;
  };
  const means = columns.map((column) => rows.map((row) => meanAt(column, row)));
  const sums = rows.map((_, step) => means.reduce((sum, each) => sum + each[step]!, 0));
  const most = Math.max(...sums, 0);
  if (most === 0) return columns.map(() => '');
  const across = rows.map((row) => {
    const end = times[Math.min(times.length - 1, row + stride - 1)]!;
    return Math.min(1, end / endSeconds) * width;
  });
  const below = rows.map(() => 0);
  return means.map((each) => {
    const foot = steps(across, below, most, height);
    each.forEach((value, step) => (below[step]! += value));
    const head = steps(across, below, most, height);
    if (each.every((value) => value === 0)) return '';
    return `M${head.join('L')}L${foot.reverse().join('L')}Z`;
  });
}

/** Each window is level from its beginning to its end. */
function steps(
  across: readonly number[],
  values: readonly number[],
  most: number,
  height: number,
): string[] {
  return values.flatMap((value, step) => {
    const y = (height - (value / most) * height).toFixed(1);
    return [`${(across[step - 1] ?? 0).toFixed(1)} ${y}`, `${across[step]!.toFixed(1)} ${y}`];
  });
}
