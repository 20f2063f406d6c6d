/**
 * A retry budget lets retries be a share of first attempts over the last ten seconds, and always a
 * few each second, so that retries cannot multiply the load on something that is failing.
 *
 * Source: Twitter Finagle, RetryBudget: ttl 10 s, minRetriesPerSec 10, percentCanRetry 0.2; the
 * window of ten slots is its WindowedAdder.
 */

const SLOTS = 10;
const SLOT_NS = 1e9;
const RESERVE_A_SECOND = 10;

export class RetryBudget {
  private readonly share: number;
  private readonly slots = new Float64Array(SLOTS);
  private slot = 0;

  /** `share`: retries a first attempt pays for, 0–1. */
  constructor(share: number) {
    this.share = share;
  }

  /** A first attempt was made. */
  deposit(now: number): void {
    this.advance(now);
    this.slots[this.slot % SLOTS]! += this.share;
  }

  /** Takes one retry from the budget; false when it is used up. */
  withdraw(now: number): boolean {
    this.advance(now);
    let balance = RESERVE_A_SECOND * SLOTS;
    for (const slot of this.slots) balance += slot;
    if (balance < 1) return false;
    this.slots[this.slot % SLOTS]! -= 1;
    return true;
  }

  private advance(now: number): void {
    const present = Math.floor(now / SLOT_NS);
    if (present - this.slot >= SLOTS) this.slots.fill(0);
    else for (let slot = this.slot + 1; slot <= present; slot++) this.slots[slot % SLOTS] = 0;
    this.slot = present;
  }
}
