/** A small random generator for the yardsticks: sfc32, Doty-Humphrey, PractRand, 2010. */

export class Sfc32 {
  private readonly state: Int32Array;

  constructor(seed: number) {
    this.state = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
    for (let round = 0; round < 16; round++) this.uniform();
  }

  /** In [0, 1). */
  uniform(): number {
    const state = this.state;
    const sum = (state[0]! + state[1]! + state[3]!) | 0;
    state[3] = (state[3]! + 1) | 0;
    state[0] = state[1]! ^ (state[1]! >>> 9);
    state[1] = (state[2]! + (state[2]! << 3)) | 0;
    state[2] = (((state[2]! << 21) | (state[2]! >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** A whole number below n. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Exponential with mean one, as one writes it by hand. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }
}
