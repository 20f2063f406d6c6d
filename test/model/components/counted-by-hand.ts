// Sums and integrals with which tests work out what a run should count.

/** The chance of k arrivals where `mean` are expected. */
export function poisson(k: number, mean: number): number {
  let term = Math.exp(-mean);
  for (let index = 1; index <= k; index++) term *= mean / index;
  return term;
}

/** Simpson's rule from 0 to an end. */
export function integral(value: (at: number) => number, end: number): number {
  const steps = 200;
  let sum = value(0) + value(end);
  for (let step = 1; step < steps; step++) {
    sum += (step % 2 === 1 ? 4 : 2) * value((end * step) / steps);
  }
  return (sum * end) / steps / 3;
}
