/**
 * The hop log notes each message of the sampled requests: from where to where, when it left, when
 * it arrives. The picture is drawn from it. Whether it is on, and how much it samples, never
 * touches the run: sampling is by a hash of the request's number, not by a random stream.
 */

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
  /** Hops dropped since the last fetch because nobody fetched them in time. */
  dropped = 0;
  private hops = new Float64Array(64 * HOP_WIDTH);
  private length = 0;
  /** A request is sampled when the hash of its number is below this, of 2^32; 0: nobody is. */
  private threshold = 0;

  /** False while nobody looks. */
  get isOn(): boolean {
    return this.threshold > 0;
  }

  /** Samples one request in `ratio`; Infinity turns the log off. */
  sampleOneIn(ratio: number): void {
    this.threshold = ratio === Infinity ? 0 : Math.floor(4294967296 / Math.max(1, ratio));
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
    if (this.length >= HOPS_MAX) {
      this.dropped++;
      return;
    }
    const start = this.length++ * HOP_WIDTH;
    if (start + HOP_WIDTH > this.hops.length) {
      const larger = new Float64Array(this.hops.length * 2);
      larger.set(this.hops);
      this.hops = larger;
    }
    this.hops[start] = edge;
    this.hops[start + 1] = from;
    this.hops[start + 2] = to;
    this.hops[start + 3] = departure;
    this.hops[start + 4] = arrival;
    this.hops[start + 5] = mark;
    this.hops[start + 6] = request;
  }

  /**
   * The hops since the last call, `HOP_WIDTH` numbers each; the log is empty afterwards. They are a
   * view into the log, good until the run goes on.
   */
  drain(): Float64Array {
    const hops = this.hops.subarray(0, this.length * HOP_WIDTH);
    this.length = 0;
    this.dropped = 0;
    return hops;
  }
}
