/**
 * Makes a test of every case. The ordinary suite measures fewer requests than the tolerances speak
 * of and widens these by the root of the ratio, which is how chance shrinks; GAMEDAY_THEORY=full
 * runs every file as it is. GAMEDAY_THEORY_SEED takes another seed than the name of the case.
 */

import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';
import type { TheoryCase } from './theory-case.ts';

const isFull = process.env['GAMEDAY_THEORY'] === 'full';
const seedWanted = process.env['GAMEDAY_THEORY_SEED'];

/** Requests of the ordinary suite where a case does not ask for more. */
const ORDINARY_REQUESTS = 200_000;

/** A wider tolerance would let nearly everything pass: such metrics are left to full length. */
const WIDEST_TOLERANCE = 0.5;

/** Longest time one case may take at full length on a slow machine, ms. */
const PATIENCE_MS = 900_000;

export function holdToTheory(cases: readonly TheoryCase[]): void {
  for (const theory of cases) {
    test(`${theory.id} behaves as theory says`, { timeout: PATIENCE_MS }, () => {
      const { id } = theory;
      const seed = seedWanted ?? id;
      const comparisons = compare(theory, { seed, requests: requestsOf(theory) });
      const judged = comparisons.filter(({ tolerance }) => tolerance <= WIDEST_TOLERANCE);
      const length = isFull ? 'GAMEDAY_THEORY=full ' : '';
      const replay = `${length}GAMEDAY_THEORY_SEED=${seed} npx vitest run test/theory -t '${id} '`;
      expect(judged.length, 'something is compared').toBeGreaterThan(0);
      expect(judged.filter(isMiss).map(inWords), `Seed ${seed}. Again: ${replay}`).toEqual([]);
    });
  }
}

function requestsOf({ requests, ordinaryRequests }: TheoryCase): number {
  return isFull ? requests : Math.min(requests, ordinaryRequests ?? ORDINARY_REQUESTS);
}

/** Written so that NaN is a miss. */
function isMiss({ expected, measured, tolerance }: Comparison): boolean {
  return !(Math.abs(measured / expected - 1) <= tolerance);
}

function inWords({ metric, expected, measured, tolerance, z }: Comparison): string {
  const theory = `${expected} ± ${(tolerance * 100).toPrecision(3)} %`;
  return `${metric}: ${measured} measured, ${theory} in theory, z = ${z.toFixed(2)}`;
}
