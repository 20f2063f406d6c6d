// Time has no scale: with all times and gaps so many times as long, the same happens so many times as
// late. Where only constant times are in the design this is exact, to the last nanosecond.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { randomDesign } from '../swarm/random-design.ts';
import { TIMES, booksOf, happeningsOf, runOf } from './books.ts';
import type { Books } from './books.ts';

/** A millisecond, which is the shortest that some parameters may be. */
const UNIT_NS = 1_000_000;

/**
 * Equal shares of a nanosecond are rounded; whether an instance may leave is looked at each second;
 * some caches have clocks and sweeps of their own, as the servers have that they are after.
 */
const UNSCALED =
  /processor-sharing|"change":"\w+\.instances"|segmented-lru|sampled-l[rf]u|"expiry":"active"|hot-keys|warm-rate/;

function scaled(books: Books, factor: number): Books {
  const entries = Object.entries(books).map(([name, counts]) => {
    const times = Object.entries(counts).map(
      ([column, count]) => [column, TIMES.includes(column) ? count * factor : count] as const,
    );
    return [name, Object.fromEntries(times)] as const;
  });
  return Object.fromEntries(entries);
}

/** Ejections and changes tell times in words, which are not scaled so easily. */
function withoutDurations(run: Run): string[] {
  return happeningsOf(run).map((line) =>
    line.replace(/ for \S+ after /, ' after ').replace(/( change of \S+) to .*$/, '$1'),
  );
}

function scaledHappenings(run: Run, factor: number): string[] {
  return withoutDurations(run).map((line) =>
    line.replace(/^\d+/, (time) => String(Number(time) * factor)),
  );
}

test(
  'all times so many times as long make everything so many times as late',
  { timeout: 120_000 },
  () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(2, 3, 10, 1_000),
        (seed, factor) => {
          const design = randomDesign(seed, { constant: true, unitNs: UNIT_NS });
          if (UNSCALED.test(JSON.stringify(design))) return;
          const longer = randomDesign(seed, { constant: true, unitNs: UNIT_NS * factor });
          const short = runOf(design);
          const long = runOf(longer);
          expect(booksOf(long)).toEqual(scaled(booksOf(short), factor));
          expect(withoutDurations(long)).toEqual(scaledHappenings(short, factor));
          expect(long.world.simulation.events).toBe(short.world.simulation.events);
          compared += short.world.simulation.events;
        },
      ),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(30_000);
  },
);
