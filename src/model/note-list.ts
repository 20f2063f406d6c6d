/**
 * A list of notes of so many numbers each, for a log that somebody fetches now and then. A log that
 * holds it in a private field keeps it out of checkpoints: what has been noted is no state of the
 * run.
 */

/** A list that has held more notes than this gives its memory back. */
const SMALL = 50_000;
const FIRST = 64;

export class NoteList {
  /** Notes for which there was no room since the last fetch. */
  dropped = 0;
  numbers: Float64Array;
  private length = 0;
  private readonly width: number;
  private readonly most: number;

  /** `width`: numbers of a note; `most`: notes that are kept until they are fetched. */
  constructor(width: number, most: number) {
    this.width = width;
    this.most = most;
    this.numbers = new Float64Array(FIRST * width);
  }

  /** Where in `numbers` the next note goes; -1 when there is no room for it. */
  next(): number {
    if (this.length >= this.most) {
      this.dropped++;
      return -1;
    }
    const at = this.length++ * this.width;
    if (at + this.width > this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    return at;
  }

  /** The notes since the last call: a view, good until the next note. */
  drain(): Float64Array {
    const notes = this.numbers.subarray(0, this.length * this.width);
    if (this.length > SMALL) this.numbers = new Float64Array(FIRST * this.width);
    this.length = 0;
    this.dropped = 0;
    return notes;
  }
}
