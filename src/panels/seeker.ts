/**
 * Goes to where the reader points: one journey at a time, and of the places wished for meanwhile
 * only the last. A journey that takes long is overtaken instead of waited for.
 */

const patienceMs = 250;

export class Seeker {
  /** Where it is going or will go next, s; null when it is there. */
  destination: number | null = null;
  private wanted: number | null = null;
  private underWay: Promise<void> | null = null;
  private onWish: (() => void) | null = null;
  private readonly go: (seconds: number) => Promise<void>;

  constructor(go: (seconds: number) => Promise<void>) {
    this.go = go;
  }

  /** Resolves when the run is there, or at a place wished for later. */
  seek(seconds: number): Promise<void> {
    this.wanted = seconds;
    this.destination = seconds;
    this.onWish?.();
    this.underWay ??= this.travel().finally(() => {
      this.underWay = null;
      this.destination = null;
    });
    return this.underWay;
  }

  private async travel(): Promise<void> {
    while (this.wanted !== null) {
      const to = this.wanted;
      this.wanted = null;
      // One after the other is the point of it.
      // oxlint-disable-next-line no-await-in-loop
      await this.arrivalOrOvertaking(this.go(to));
    }
  }

  private arrivalOrOvertaking(arrival: Promise<void>): Promise<void> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        if (this.wanted === null) this.onWish = done;
        else done();
      }, patienceMs);
      void arrival.then(done, fail).finally(() => {
        clearTimeout(timer);
        if (this.onWish === done) this.onWish = null;
      });
    });
  }
}
