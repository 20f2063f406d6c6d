/**
 * Miss ratio of an LRU cache from nothing but how often each key was asked for, as if every look-up
 * were drawn independently. Beside the LRU that was played it tells how much the order of the trace
 * matters: bursts make the real curve lower, loops higher.
 *
 * Source: H. Che, Y. Tung, Z. Wang, Hierarchical web caching systems, 2002; error: C. Fricker, P.
 * Robert, J. Roberts, A versatile and accurate approximation for LRU cache performance, 2012.
 */

import { exp } from '../kernel/math.ts';

/** Keys that were looked up equally often. */
export interface PopularityClass {
  readonly look: number;
  readonly keys: number;
}

/** Halvings of an interval of times; beyond some 60 a double has no more digits. */
const HALVINGS = 64;

/** Classes of keys by their look-ups; keys that were never looked up are left out. */
export function popularityClasses(lookUps: Int32Array, keys: number): readonly PopularityClass[] {
  const classes = new Map<number, number>();
  for (let key = 0; key < keys; key++) {
    const look = lookUps[key]!;
    if (look > 0) classes.set(look, (classes.get(look) ?? 0) + 1);
  }
  return [...classes]
    .map(([look, count]) => ({ look, keys: count }))
    .sort((a, b) => a.look - b.look);
}

/**
 * Look-ups that miss in a cache of `size` entries, as a share of all: in the steady state, or from
 * an empty cache, where the first of each key misses whatever the size.
 */
export function cheMissRatio(
  classes: readonly PopularityClass[],
  size: number,
  from: 'steady' | 'empty',
): number {
  let all = 0;
  let keys = 0;
  for (const each of classes) {
    all += each.look * each.keys;
    keys += each.keys;
  }
  if (all === 0) return 0;
  const time = size >= keys ? Infinity : characteristicTime(classes, all, size);
  let missed = 0;
  for (const { look, keys: count } of classes) {
    const absent = time === Infinity ? 0 : exp((-look / all) * time);
    missed += count * (from === 'steady' ? look * absent : 1 + (look - 1) * absent);
  }
  return missed / all;
}

/** Look-ups after which a key that is not asked for again has left. */
function characteristicTime(
  classes: readonly PopularityClass[],
  all: number,
  size: number,
): number {
  const held = (time: number): number => {
    let sum = 0;
    for (const each of classes) sum += each.keys * (1 - exp((-each.look / all) * time));
    return sum;
  };
  let high = 1;
  while (held(high) < size) high *= 2;
  let low = 0;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (held(middle) < size) low = middle;
    else high = middle;
  }
  return high;
}
