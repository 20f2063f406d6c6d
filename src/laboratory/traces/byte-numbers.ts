/** Decimal numbers as they stand in bytes, read without making text of them. */

const ZERO = 48;

/** A number such as `-12.5` or `1.6e+09` with blanks around it; NaN when it is none. */
export function decimalAt(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let end = to;
  while (at < end && bytes[at]! <= 32) at++;
  while (end > at && bytes[end - 1]! <= 32) end--;
  const isNegative = bytes[at] === 45 && at < end;
  if (isNegative) at++;
  const first = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  let digits = at - first;
  if (at < end && bytes[at] === 46) {
    let unit = 1;
    for (at++; at < end; at++, digits++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      // Beyond 15 digits a double has no room for more.
      if (unit < 1e15) value = value * 10 + digit;
      if (unit < 1e15) unit *= 10;
    }
    value /= unit;
  }
  if (digits === 0) return NaN;
  if (at < end) value *= powerOfTenAt(bytes, at, end);
  return isNegative ? -value : value;
}

/** What `e+09` stands for; NaN when it is something else. */
function powerOfTenAt(bytes: Uint8Array, from: number, to: number): number {
  if ((bytes[from]! | 32) !== 101) return NaN;
  const sign = bytes[from + 1];
  const first = sign === 43 || sign === 45 ? from + 2 : from + 1;
  if (first >= to || to - first > 3) return NaN;
  let exponent = 0;
  for (let at = first; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    exponent = exponent * 10 + digit;
  }
  return 10 ** (sign === 45 ? -exponent : exponent);
}

/** A whole number ≥ 0 of digits only; NaN when it is something else. */
export function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from) return NaN;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
