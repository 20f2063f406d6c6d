/**
 * Random streams: one per component and purpose, so that adding a component or stopping a node
 * never shifts the luck of another. The state is a typed array and nothing else, so that a
 * checkpoint is a copy of it; an Int32Array rather than four fields, because Chromium allocates
 * for every write of a 32-bit number to a field.
 *
 * Source: sfc32, C. Doty-Humphrey, PractRand, 2010.
 */
import alea from 'seedrandom/lib/alea.js';
import { assert } from '../base/assert.ts';
import { exp, log } from './math.ts';
import { normalQuantile } from './special-functions.ts';

const TWO_MINUS_32 = 2.3283064365386963e-10;
const TWO_MINUS_24 = 5.960464477539063e-8;

/** Rounds thrown away after seeding; PractRand's own seeding throws 12 away. */
const WARM_UP_ROUNDS = 16;

/**
 * Where the tail of the ziggurat begins and the area of each of its 256 layers.
 *
 * Source: G. Marsaglia, W. Tsang, The ziggurat method for generating random variables, 2000.
 */
const TAIL = 7.69711747013104972;
const AREA = 3.949659822581557e-3;
/** Width of each layer × 2^−24. */
const LAYER_WIDTH = new Float64Array(256);
/** Left of it a point of the layer is below the density for sure. */
const LAYER_INNER = new Float64Array(256);
/** The density at the outer edge of each layer, and 1, its value at zero. */
const LAYER_HEIGHT = new Float64Array(257);
buildZiggurat();

/** A source of random numbers. Two streams of the same state give the same numbers for ever. */
export class Stream {
  /** Three mixed words and a counter: all there is to copy for a checkpoint. */
  readonly state: Int32Array;

  /** Starts from four words as they are; {@link streamFor} is the way to seed from a name. */
  constructor(a: number, b: number, c: number, counter: number) {
    this.state = Int32Array.of(a, b, c, counter);
  }

  /** A whole number from −2^31 to 2^31 − 1, each equally likely. */
  int32(): number {
    const state = this.state;
    const b = state[1]!;
    const c = state[2]!;
    const counter = state[3]!;
    const result = (state[0]! + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + result;
    return result;
  }

  /** A whole number from 0 to 2^32 − 1, each equally likely. */
  uint32(): number {
    return this.int32() >>> 0;
  }

  /** A number strictly between 0 and 1: one of 2^32 equally spaced ones. */
  uniform(): number {
    return ((this.int32() >>> 0) + 0.5) * TWO_MINUS_32;
  }

  /**
   * A whole number from 0 to `n` − 1, each exactly equally likely. `n` is a whole number from 1 to
   * 2^31; another one is a fault of the program.
   *
   * Source: D. Lemire, Fast random integer generation in an interval, 2019.
   */
  below(n: number): number {
    assert(n >= 1 && n <= 2147483648, 'a number is drawn below a bound from 1 to 2^31');
    let word = this.int32() >>> 0;
    let low = Math.imul(word, n) >>> 0;
    if (low < n) {
      const biased = (4294967296 - n) % n;
      while (low < biased) {
        word = this.int32() >>> 0;
        low = Math.imul(word, n) >>> 0;
      }
    }
    // The product may exceed 53 bits; without its exact low word it is a multiple of 2^32 but for
    // a rounding error, which the half removes.
    return ((word * n - low) * TWO_MINUS_32 + 0.5) | 0;
  }

  /**
   * An exponential variable of mean 1, always positive. One word decides layer and place, so
   * within a layer the numbers are 2^−24 of its width apart.
   *
   * Source: G. Marsaglia, W. Tsang, The ziggurat method for generating random variables, 2000.
   * Layer and place use different bits, as J. Doornik asks (2005), and beyond the tail's beginning
   * the law starts anew, so the loop goes on from there instead of taking a logarithm.
   */
  exponential(): number {
    let start = 0;
    for (;;) {
      const word = this.int32();
      const layer = word & 255;
      const x = ((word >>> 8) + 0.5) * LAYER_WIDTH[layer]!;
      if (x < LAYER_INNER[layer]!) return start + x;
      if (layer === 0) start += TAIL;
      else if (isUnderTheDensity(x, layer, this.uniform())) return start + x;
    }
  }

  /**
   * A standard normal variable, from −6.34 to 6.34, where 2^32 equally likely numbers end. One
   * word of the stream each.
   */
  normal(): number {
    return normalQuantile(this.uniform());
  }
}

/**
 * The stream of one `purpose` of one `component` under one `seed`. Different names give unrelated
 * streams; the same names give the same stream. The name of a component may not hold the separator
 * `|`, a fault of the program; a purpose may. So no two pairs of names run together.
 */
export function streamFor(seed: string, component: string, purpose: string): Stream {
  assert(!component.includes('|'), 'the component of a stream holds no separator');
  const generator = alea(`${seed}|${component}|${purpose}`);
  const a = generator.int32();
  const b = generator.int32();
  const c = generator.int32();
  const stream = new Stream(a, b, c, generator.int32());
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) stream.int32();
  return stream;
}

/** The slow path of the ziggurat: a point in the part of a layer that the density cuts. */
function isUnderTheDensity(x: number, layer: number, uniform: number): boolean {
  const outer = LAYER_HEIGHT[layer]!;
  return outer + uniform * (LAYER_HEIGHT[layer + 1]! - outer) < exp(-x);
}

/** Layer 0 is the base with the tail; the others narrow upwards to the density's peak at zero. */
function buildZiggurat(): void {
  let edge = TAIL;
  let height = exp(-TAIL);
  LAYER_WIDTH[0] = (AREA / height) * TWO_MINUS_24;
  LAYER_INNER[0] = TAIL;
  for (let layer = 1; layer < 256; layer += 1) {
    LAYER_WIDTH[layer] = edge * TWO_MINUS_24;
    LAYER_HEIGHT[layer] = height;
    height += AREA / edge;
    edge = layer === 255 ? 0 : -log(height);
    LAYER_INNER[layer] = edge;
  }
  assert(Math.abs(height - 1) < 1e-12, 'the layers of the ziggurat end at the peak of the density');
  LAYER_HEIGHT[256] = 1;
}
