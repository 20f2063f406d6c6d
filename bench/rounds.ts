/**
 * Compares pieces of work by ratio: they run in turn, round after round, in one process, so that
 * whatever else the machine does falls on all of them. Figures are medians over the rounds, and a
 * ratio is the median of the ratios within each round.
 */

/** What a contender has done when it kept the time itself. */
export interface Done {
  readonly units: number;
  readonly ns: number;
}

export interface Contender {
  readonly name: string;
  /** Does the work and returns how many units it did. */
  readonly run: () => number | Done | Promise<number | Done>;
}

export interface Measured {
  readonly name: string;
  /** Nanoseconds a unit, median: of processor time unless the contender kept another. */
  readonly nsEach: number;
  /** The same for each round. */
  readonly rounds: readonly number[];
}

export async function measure(
  contenders: readonly Contender[],
  rounds: number,
): Promise<Measured[]> {
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const before = process.cpuUsage();
      const done = await contender.run();
      const { user, system } = process.cpuUsage(before);
      // The first round warms the compiler up and is not counted.
      if (round === 0) continue;
      const nsEach =
        typeof done === 'number' ? ((user + system) * 1e3) / done : done.ns / done.units;
      times[index]!.push(nsEach);
    }
  }
  return contenders.map(({ name }, index) => {
    const ownTimes = times[index]!;
    return { name, nsEach: median(ownTimes), rounds: ownTimes };
  });
}

/** How many times as fast as the other one it is. */
export function speedOver(measured: Measured, reference: Measured): number {
  return median(measured.rounds.map((nsEach, round) => reference.rounds[round]! / nsEach));
}

/** Millions of units a second of processor time. */
export function millionsPerSecond({ nsEach }: Measured): number {
  return 1e3 / nsEach;
}

/** Processor time that some work takes, ns. */
export function cpuNsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1e3;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
