/**
 * The fingerprint of a run: a 64-bit hash over every event in its order. Two runs with the same
 * fingerprint were the same run, event by event; the first difference changes all that follows.
 * It guards against accidents, not against forgers.
 *
 * Source: A. Appleby, MurmurHash3 (its mixing constants and finaliser), 2011.
 */

const SEED_FIRST = 0x243f6a88;
/** Source: the first 64 bits of the fraction of π, together with the first seed. */
const SEED_SECOND = 0x85a308d3;

const MIX_FIRST = 0xcc9e2d51;
const MIX_SECOND = 0x1b873593;
const MIX_THIRD = 0xe6546b64;

/** One number seen as its two words. Scratch space, never kept. */
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

export class RunHash {
  /** All the state: two words, copied by a checkpoint. */
  readonly lanes = Int32Array.of(SEED_FIRST, SEED_SECOND);

  /** Adds one event: its time, every bit of it, and three 32-bit integers. */
  event(time: number, a: number, b: number, c: number): void {
    const lanes = this.lanes;
    number[0] = time;
    // Every step is one to one, so two runs that differ go on differing for as long as what follows
    // is equal. The lanes run side by side for the processor's sake and are mixed once an event;
    // the steps are written out because as functions they were not inlined.
    let first = Math.imul(lanes[0]! ^ words[0]!, MIX_FIRST);
    let second = Math.imul(lanes[1]! ^ words[1]!, MIX_FIRST);
    first = (Math.imul((first << 15) | (first >>> 17), MIX_SECOND) + MIX_THIRD) ^ a;
    second = (Math.imul((second << 15) | (second >>> 17), MIX_SECOND) + MIX_THIRD) ^ b;
    first = Math.imul(first, MIX_FIRST);
    second = Math.imul(second, MIX_FIRST);
    first = (Math.imul((first << 15) | (first >>> 17), MIX_SECOND) + MIX_THIRD) ^ c;
    second = Math.imul((second << 15) | (second >>> 17), MIX_SECOND) + MIX_THIRD;
    first = Math.imul(first, MIX_FIRST);
    first = (Math.imul((first << 15) | (first >>> 17), MIX_SECOND) + MIX_THIRD + second) | 0;
    lanes[0] = first;
    lanes[1] = second + first;
  }

  /** The hash of the events so far: 16 hexadecimal digits. Reading it changes nothing. */
  toString(): string {
    let first = this.lanes[0]!;
    let second = this.lanes[1]!;
    first = (first + second) | 0;
    second = (second + first) | 0;
    first = finalised(first);
    second = finalised(second);
    first = (first + second) | 0;
    second = (second + first) | 0;
    return hex(first) + hex(second);
  }
}

function finalised(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
