/**
 * Turns the bytes of a key into 64 bits, so that keys need not be kept as text. Two keys that
 * differ may share a hash: among n keys with a chance of about n² / 2⁶⁵, which is 3 in a million
 * for ten million keys. Nothing is gained by keys made to collide: they would only count as one.
 *
 * Source: A. Appleby, MurmurHash3_x86_128, 2011, seed 0; the first 64 of its 128 bits.
 */

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/** Writes the lower half of the hash of `bytes[from, to)` to `into[0]`, the upper to `into[1]`. */
export function hashKey(bytes: Uint8Array, from: number, to: number, into: Int32Array): void {
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let at = from;
  for (; at + 16 <= to; at += 16) {
    h1 ^= Math.imul(rotated(Math.imul(word(bytes, at), C1), 15), C2);
    h1 = (Math.imul((rotated(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotated(Math.imul(word(bytes, at + 4), C2), 16), C3);
    h2 = (Math.imul((rotated(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotated(Math.imul(word(bytes, at + 8), C3), 17), C4);
    h3 = (Math.imul((rotated(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotated(Math.imul(word(bytes, at + 12), C4), 18), C1);
    h4 = (Math.imul((rotated(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  // A word that is not there is 0, which leaves its lane as it is.
  h1 ^= Math.imul(rotated(Math.imul(rest(bytes, at, to), C1), 15), C2);
  h2 ^= Math.imul(rotated(Math.imul(rest(bytes, at + 4, to), C2), 16), C3);
  h3 ^= Math.imul(rotated(Math.imul(rest(bytes, at + 8, to), C3), 17), C4);
  h4 ^= Math.imul(rotated(Math.imul(rest(bytes, at + 12, to), C4), 18), C1);
  const length = to - from;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = ((h1 ^ length) + h2 + h3 + h4) | 0;
  const first = mixed(h1);
  const second = mixed((h2 + h1) | 0);
  const sum = (first + second + mixed((h3 + h1) | 0) + mixed((h4 + h1) | 0)) | 0;
  into[0] = sum;
  into[1] = sum + second;
}

/** Spreads 32 bits over 32 bits, one to one; the last step of MurmurHash3. */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function rotated(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** As `word`, with zeros for the bytes from `to` on. */
function rest(bytes: Uint8Array, at: number, to: number): number {
  if (at + 4 <= to) return word(bytes, at);
  let bits = 0;
  for (let i = to - 1; i >= at; i--) bits = (bits << 8) | bytes[i]!;
  return bits;
}
