/** Longer copies of typed arrays, for tables that grow. */

/** A copy of `length` numbers, no fewer than there are; the new ones are 0. */
export function grownInt32(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** A copy of `length` numbers, no fewer than there are; the new ones are 0. */
export function grownFloat64(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}

/** A copy of `length` numbers, no fewer than there are; the new ones are 0. */
export function grownUint8(array: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length);
  larger.set(array);
  return larger;
}
