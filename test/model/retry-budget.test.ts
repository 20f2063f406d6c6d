import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../../src/model/retry-budget.ts';
import { SECOND } from './rehearsal.ts';

/** Retries that a budget grants in each second when every first attempt asks for one. */
function granted(share: number, rate: number, seconds: number): number[] {
  const budget = new RetryBudget(share);
  return Array.from({ length: seconds }, (_, second) => {
    let count = 0;
    for (let call = 0; call < rate; call++) {
      const now = second * SECOND + Math.floor((call * SECOND) / rate);
      budget.deposit(now);
      if (budget.withdraw(now)) count++;
    }
    return count;
  });
}

describe('a retry budget', () => {
  it('grants a share of first attempts and ten a second, as Finagle documents (O-FINAGLE)', () => {
    // Finagle's defaults: 20 % of requests and 10 retries a second, over ten seconds. At 1,000
    // requests a second that all fail these are 210 retries a second.
    const last = granted(0.2, 1_000, 60).slice(20);
    const mean = last.reduce((sum, count) => sum + count, 0) / last.length;
    expect(mean).toBeGreaterThan(210 * 0.95);
    expect(mean).toBeLessThan(210 * 1.05);
  });

  it('never grants more than the share and the reserve over any ten seconds', () => {
    for (const share of [0, 0.05, 0.2, 1]) {
      const counts = granted(share, 500, 60);
      for (let start = 0; start + 10 <= counts.length; start++) {
        const sum = counts.slice(start, start + 10).reduce((so, count) => so + count, 0);
        expect(sum, `share ${share} from ${start} s`).toBeLessThanOrEqual(100 + 5_000 * share);
      }
    }
  });

  it('grants its reserve to a caller that hardly calls', () => {
    const budget = new RetryBudget(0);
    let count = 0;
    while (budget.withdraw(0)) count++;
    expect(count).toBe(100);
    expect(budget.withdraw(9.9 * SECOND)).toBe(false);
    expect(budget.withdraw(10 * SECOND)).toBe(true);
  });

  it('forgets what was deposited ten seconds ago, also after a long silence', () => {
    const budget = new RetryBudget(1);
    for (let call = 0; call < 1_000; call++) budget.deposit(0);
    let count = 0;
    while (budget.withdraw(1_000 * SECOND)) count++;
    expect(count).toBe(100);
  });
});
