/**
 * Probability laws of non-negative quantities as plain data, the form in which scenarios and plans
 * hold them. Numbers are in the caller's unit.
 */

/**
 * A law. All quantities are finite and not negative; `distributionFault` says what else is asked.
 * `normal` is cut at zero: a negative draw is drawn again, so its mean is a little above the
 * `mean` that shapes it. `hyper-exponential` and `mixture` pick one branch per draw with
 * probability proportional to its weight. `pareto` is type I: P(X > x) = (minimum / x)^shape.
 */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly mean: number }
  | { readonly kind: 'erlang'; readonly stages: number; readonly mean: number }
  | {
      readonly kind: 'hyper-exponential';
      readonly weights: readonly number[];
      readonly means: readonly number[];
    }
  | { readonly kind: 'weibull'; readonly shape: number; readonly mean: number }
  | { readonly kind: 'pareto'; readonly shape: number; readonly minimum: number }
  | {
      readonly kind: 'mixture';
      readonly weights: readonly number[];
      readonly parts: readonly DistributionSpec[];
    }
  | {
      readonly kind: 'empirical';
      readonly values: readonly number[];
      readonly weights?: readonly number[];
    };
