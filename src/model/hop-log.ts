/**
 * The hop log notes each message of the sampled requests: from where to where, when it left, when
 * it arrives. The picture is drawn from it. Whether it is on, and how much it samples, never
 * touches the run: sampling is by a hash of the request's number, not by a random stream. What it
 * has noted is no state of the run: a checkpoint does not see it.
 */

import { NoteList } from './note-list.ts';

/** Numbers a hop takes: edge, from node, to node, departure ns, arrival ns, kind, request. */
export const HOP_WIDTH = 7;

export const HopMark = Object.freeze({
  read: 0,
  write: 1,
  replication: 2,
  retry: 3,
  replyOk: 4,
  replyFailed: 5,
  /** A cache had nothing under the key. */
  replyMiss: 6,
  /** A cache had the value. */
  replyHit: 7,
  /** A health check that its node answers. */
  probe: 8,
  /** A health check that fails. */
  probeFailed: 9,
} as const);

/** Hops kept until they are fetched; more are dropped and counted. */
const HOPS_MAX = 20_000;

/** Spreads the numbers of requests evenly over 2^32, the same way at all times. */
export function sampleHash(request: number): number {
  let hash = Math.imul(request ^ (request >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class HopLog {
  /** A request is sampled when the hash of its number is below this, of 2^32; 0: nobody is. */
  private threshold = 0;
  private isMuted = false;
  // Not a property, so a checkpoint that walks the world passes it by.
  readonly #list = new NoteList(HOP_WIDTH, HOPS_MAX);

  /** Hops dropped since the last fetch because nobody fetched them in time. */
  get dropped(): number {
    return this.#list.dropped;
  }

  /** False while nobody looks. */
  get isOn(): boolean {
    return this.threshold > 0;
  }

  /** Samples one request in `ratio`; Infinity turns the log off. */
  sampleOneIn(ratio: number): void {
    this.threshold = ratio === Infinity ? 0 : Math.floor(4294967296 / Math.max(1, ratio));
  }

  /** Nothing is noted any more, until a checkpoint brings back a time before. */
  mute(): void {
    this.isMuted = true;
  }

  /** The request's own number when it is sampled, else 0. Numbers start at 1. */
  markOf(request: number): number {
    if (this.threshold === 0) return 0;
    return sampleHash(request) < this.threshold ? request : 0;
  }

  add(
    edge: number,
    from: number,
    to: number,
    departure: number,
    arrival: number,
    mark: number,
    request: number,
  ): void {
    const list = this.#list;
    const at = this.isMuted ? -1 : list.next();
    if (at < 0) return;
    const { numbers } = list;
    numbers[at] = edge;
    numbers[at + 1] = from;
    numbers[at + 2] = to;
    numbers[at + 3] = departure;
    numbers[at + 4] = arrival;
    numbers[at + 5] = mark;
    numbers[at + 6] = request;
  }

  /**
   * The hops since the last call, `HOP_WIDTH` numbers each; the log is empty afterwards. They are a
   * view into the log, good until the run goes on.
   */
  drain(): Float64Array {
    return this.#list.drain();
  }
}
