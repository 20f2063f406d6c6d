/** The smallest of 1, 2, 5, 10, 20 … that is at least `value`. */
export function roundUp(value: number): number {
  let power = 1;
  while (power * 10 < value) power *= 10;
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? power;
}
