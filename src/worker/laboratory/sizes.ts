/** The sizes that a curve is worked out at when nobody says which. */

const steps = 16;

/**
 * Whole numbers from a thousandth of `all`, but at least `least`, up to `all`, evenly spread on a
 * logarithmic scale, and `present` among them when there is one.
 */
export function curveSizes(all: number, least: number, present: number | null): number[] {
  const low = Math.max(least, all / 1000);
  const high = Math.max(low + 1, all);
  const sizes = new Set<number>();
  for (let step = 0; step < steps; step += 1) {
    sizes.add(Math.round(low * (high / low) ** (step / (steps - 1))));
  }
  if (present !== null && present >= 1) sizes.add(Math.round(present));
  return [...sizes].sort((a, b) => a - b);
}

/** The same as they are asked for. */
export function asSizes(sizes: readonly number[], unit: 'entries' | 'bytes') {
  return sizes.map((size) =>
    unit === 'bytes'
      ? { kind: 'bytes' as const, bytes: size }
      : { kind: 'entries' as const, entries: size },
  );
}
