/**
 * An alias table: picks index i with probability weight[i] / sum of weights in constant time,
 * however many weights there are. It is frozen and never changes after it is built, so a
 * checkpoint does not copy it.
 *
 * Source: A. Walker, 1977; built in linear time after M. Vose, A linear algorithm for generating
 * random numbers with a given distribution, 1991.
 */
import { assert } from '../base/assert.ts';
import type { Stream } from './random.ts';

/** What {@link buildAliasTable} makes: for each of `size` weights a column of two words. */
export interface AliasTable {
  readonly size: number;
  /** At 2i: below which of 2^32 values column i keeps its own index; at 2i + 1: the other index. */
  readonly cells: Uint32Array;
}

const TWO_32 = 4294967296;

/**
 * Builds the table of `weights`: 1 to 2^31 numbers, none negative or infinite, their sum positive
 * and finite; anything else is a fault of the program. Probabilities are kept to 2^−32 / size.
 */
export function buildAliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  let total = 0;
  for (let i = 0; i < size; i += 1) {
    assert(weights[i]! >= 0, 'a weight is not negative');
    total += weights[i]!;
  }
  assert(total > 0 && total < Infinity, 'the sum of the weights is positive and finite');
  const cells = new Uint32Array(2 * size);
  const scaled = new Float64Array(size);
  // Columns short of their share wait at the front of the list, those with too much at the back.
  const waiting = new Int32Array(size);
  let short = 0;
  let long = size;
  for (let i = 0; i < size; i += 1) {
    scaled[i] = (weights[i]! / total) * size;
    if (scaled[i]! < 1) waiting[short++] = i;
    else waiting[--long] = i;
  }
  while (short > 0 && long < size) {
    const poor = waiting[--short]!;
    const rich = waiting[long]!;
    cells[2 * poor] = Math.floor(scaled[poor]! * TWO_32);
    cells[2 * poor + 1] = rich;
    const rest = scaled[rich]! + scaled[poor]! - 1;
    scaled[rich] = rest;
    if (rest < 1) {
      long += 1;
      waiting[short++] = rich;
    }
  }
  // What is left differs from its share by rounding only: each column keeps its own index.
  while (short > 0) keepOwnIndex(cells, waiting[--short]!);
  while (long < size) keepOwnIndex(cells, waiting[long++]!);
  return Object.freeze({ size, cells });
}

/** Draws an index from 0 to size − 1; two words of the stream each. */
export function drawFromAliasTable(table: AliasTable, stream: Stream): number {
  const column = stream.below(table.size);
  const cells = table.cells;
  return stream.uint32() < cells[2 * column]! ? column : cells[2 * column + 1]!;
}

function keepOwnIndex(cells: Uint32Array, column: number): void {
  cells[2 * column] = TWO_32 - 1;
  cells[2 * column + 1] = column;
}
