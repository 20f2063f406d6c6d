/**
 * What is known of requests that have lately been drawn, by their number. A table of fixed size:
 * whoever comes to a place takes it over, so a request that is long gone may be forgotten.
 */

/** A power of two, far more than there are dots. */
const PLACES = 1 << 16;

export class RecentRequests {
  private readonly requests = new Float64Array(PLACES);
  private readonly times = new Float64Array(PLACES);
  private readonly details = new Float64Array(PLACES);

  /** A time and one more number are remembered of the request, whose number is at least 1. */
  note(request: number, time: number, detail: number): void {
    const place = request & (PLACES - 1);
    this.requests[place] = request;
    this.times[place] = time;
    this.details[place] = detail;
  }

  knows(request: number): boolean {
    return this.requests[request & (PLACES - 1)] === request;
  }

  /** The time of a request that is known. */
  timeOf(request: number): number {
    return this.times[request & (PLACES - 1)]!;
  }

  /** The other number of a request that is known. */
  detailOf(request: number): number {
    return this.details[request & (PLACES - 1)]!;
  }

  forget(request: number): void {
    if (this.knows(request)) this.requests[request & (PLACES - 1)] = 0;
  }
}
