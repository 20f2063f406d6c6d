/**
 * Heights for labels that stand beside the ends of lines: in the order of the ends, at least one
 * line apart, and together as near to their ends as that allows.
 *
 * Source: M. Ayer et al., An Empirical Distribution Function for Sampling with Incomplete
 * Information, 1955: neighbours that would overlap are pooled and share their mean.
 */

export interface LabelRoom {
  /** Highest and lowest place of a label's middle, px. */
  readonly top: number;
  readonly bottom: number;
  /** Least distance of two middles, px. */
  readonly apart: number;
}

interface Pool {
  /** Wished place of the first of them, which the others follow `apart` below one another. */
  mean: number;
  count: number;
}

/** `wished`: heights of the ends, in any order, px; the answer is in the same order. */
export function labelPlaces(wished: readonly number[], room: LabelRoom): number[] {
  const order = wished.map((_, place) => place).sort((a, b) => wished[a]! - wished[b]!);
  // More labels than there is room for stand closer.
  const apart = Math.min(room.apart, (room.bottom - room.top) / Math.max(1, order.length - 1));
  const pools: Pool[] = [];
  order.forEach((place, rank) => {
    pools.push({ mean: wished[place]! - rank * apart, count: 1 });
    while (pools.length > 1 && pools.at(-1)!.mean < pools.at(-2)!.mean) {
      const { mean, count } = pools.pop()!;
      const above = pools.at(-1)!;
      above.mean = (above.mean * above.count + mean * count) / (above.count + count);
      above.count += count;
    }
  });
  const places: number[] = [];
  const lowest = room.bottom - apart * (order.length - 1);
  let rank = 0;
  for (const { mean, count } of pools) {
    const first = Math.min(lowest, Math.max(room.top, mean));
    for (let one = 0; one < count; one += 1, rank += 1) {
      places[order[rank]!] = first + rank * apart;
    }
  }
  return places;
}
