/**
 * Notices that a worker has fallen silent. Whatever it sends is a sign of life; when nothing comes
 * it is pinged, which it answers between two slices of work. Time during which the page itself did
 * not run (a closed lid, a throttled tab) is no silence of the worker.
 */

export interface HeartbeatOptions {
  readonly ping: () => void;
  /** How long it may be silent at this moment, ms. */
  readonly patienceMs: () => number;
  readonly onSilence: () => void;
}

const lookEveryMs = 250;
/** Without a sign for so long, it is pinged. */
const quietMs = 500;
/** More than this between two looks is the page's own doing. */
const lookMsMax = 2 * lookEveryMs;

export class Heartbeat {
  private readonly options: HeartbeatOptions;
  private readonly timer: ReturnType<typeof setInterval>;
  private lookedMs = performance.now();
  private silentMs = 0;
  private pinged = true;

  constructor(options: HeartbeatOptions) {
    this.options = options;
    this.timer = setInterval(() => this.look(), lookEveryMs);
    options.ping();
  }

  /** Something has been heard. */
  heard(): void {
    this.silentMs = 0;
    this.pinged = false;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const nowMs = performance.now();
    this.silentMs += Math.min(lookMsMax, nowMs - this.lookedMs);
    this.lookedMs = nowMs;
    if (this.silentMs >= this.options.patienceMs()) this.options.onSilence();
    else if (this.silentMs >= quietMs && !this.pinged) {
      this.pinged = true;
      this.options.ping();
    }
  }
}
