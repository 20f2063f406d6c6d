// Draws for making scenarios. Everything comes from one stream, so a seed names a scenario.
import { exp, log } from '../../src/kernel/math.ts';
import { streamFor } from '../../src/kernel/random.ts';
import type { Stream } from '../../src/kernel/random.ts';

export class Dice {
  private readonly stream: Stream;

  constructor(seed: number | string) {
    this.stream = streamFor(String(seed), 'swarm', 'choices');
  }

  chance(share: number): boolean {
    return this.stream.uniform() < share;
  }

  /** A number from 0 to below 1. */
  share(): number {
    return this.stream.uniform();
  }

  /** An integer from 0 to n − 1, n up to 2^31. */
  below(n: number): number {
    return this.stream.below(n);
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.stream.below(high - low + 1);
  }

  /** A number from `low` to `high`, both positive; small ones are as likely as large ones. */
  spread(low: number, high: number): number {
    return low * exp(this.stream.uniform() * log(high / low));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.stream.below(list.length)]!;
  }

  /** Those of a list that come up, each with the same chance, in the order of the list. */
  some<T>(list: readonly T[], share: number): T[] {
    return list.filter(() => this.chance(share));
  }

  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.stream.below(last + 1);
      [result[last], result[other]] = [result[other]!, result[last]!];
    }
    return result;
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  /** Positive whole percentages that sum to 100. */
  shares(parts: number): string[] {
    let left = 100;
    return this.times(parts, (index) => {
      const rest = parts - index - 1;
      const share = rest === 0 ? left : this.between(1, Math.max(1, left - rest - 10));
      left -= share;
      return `${share}%`;
    });
  }
}
