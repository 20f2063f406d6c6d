/** Quantiles for 95 % intervals: how many standard errors lie on either side of a mean. */

/** Two-sided 95 % of the normal distribution. */
export const NORMAL_95 = 1.959963984540054;

/** Two-sided 95 % of Student's distribution for 1 to 30 degrees of freedom. Source: any table. */
const STUDENT_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
] as const;

/** Two-sided 95 % of Student's distribution; degrees of freedom ≥ 1, rounded down up to 30. */
export function student95(freedom: number): number {
  if (freedom < 31) return STUDENT_95[Math.max(0, Math.floor(freedom) - 1)]!;
  // First terms of the expansion in 1 / freedom. Source: Abramowitz and Stegun, 1964, 26.7.5.
  return NORMAL_95 + 2.3722712 / freedom + 2.8225011 / (freedom * freedom);
}
