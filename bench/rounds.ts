/**
 * Compares pieces of work by ratio: they run in turn, round after round, in one process, so that
 * whatever else the machine does falls on all of them. Figures are medians over the rounds.
 */

export interface Contender {
  readonly name: string;
  /** Does the work and returns how many units it did. */
  readonly run: () => number;
}

export interface Measured {
  readonly name: string;
  /** Nanoseconds of processor time a unit, median. */
  readonly nsEach: number;
  /** Units a second, in millions. */
  readonly millionsPerSecond: number;
}

export function measure(contenders: readonly Contender[], rounds: number): Measured[] {
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const before = process.cpuUsage();
      const units = contender.run();
      const { user, system } = process.cpuUsage(before);
      // The first round warms the compiler up and is not counted.
      if (round > 0) times[index]!.push(((user + system) * 1e3) / units);
    }
  }
  return contenders.map(({ name }, index) => {
    const nsEach = median(times[index]!);
    return { name, nsEach, millionsPerSecond: 1e3 / nsEach };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints one line a contender, each with its speed relative to the first. */
export function print(title: string, unit: string, measured: readonly Measured[]): void {
  console.log(title);
  const reference = measured[0]!;
  for (const { name, nsEach, millionsPerSecond } of measured) {
    const ratio = (reference.nsEach / nsEach).toFixed(2);
    console.log(
      `  ${name.padEnd(34)} ${nsEach.toFixed(1).padStart(8)} ns a ${unit}` +
        `  ${millionsPerSecond.toFixed(2).padStart(7)} M/s  ratio ${ratio}`,
    );
  }
}
