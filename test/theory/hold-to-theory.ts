/**
 * Makes a test of every case. The ordinary suite measures fewer requests than the tolerances speak
 * of and widens these by the root of the ratio, which is how chance shrinks; GAMEDAY_THEORY=full
 * runs every case as it is. GAMEDAY_THEORY_SEED takes another seed than the name of the case.
 */

import { expect, test } from 'vitest';
import { findingsOf, seedOf } from './compare.ts';
import { TOLERATED_DEVIATIONS, holds } from './finding.ts';
import type { Finding } from './finding.ts';
import { isDesign } from './theory-case.ts';
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
    const how = theory.misses === undefined ? 'behaves as theory says' : 'misses as explained';
    test(`${theory.id} ${how}`, { timeout: PATIENCE_MS }, () => {
      const { id } = theory;
      const seed = seedWanted ?? seedOf(theory);
      const findings = findingsOf(theory, { seed, share: isFull ? 1 : ordinaryShare(theory) });
      const judged = findings.filter(
        ({ expected, tolerance, isRelative }) =>
          !isRelative || tolerance <= WIDEST_TOLERANCE * Math.abs(expected),
      );
      const length = isFull ? 'GAMEDAY_THEORY=full ' : '';
      const replay = `${length}GAMEDAY_THEORY_SEED=${seed} npx vitest run test/theory -t '${id} '`;
      expect(judged.length, 'something is compared').toBeGreaterThan(0);
      const misses = judged.filter((finding) => !holds(finding)).map(inWords);
      const message = `Seed ${seed}. Again: ${replay}`;
      if (theory.misses === undefined) expect(misses, message).toEqual([]);
      else
        expect(misses.length, `It holds: its explanation is out of date. ${message}`).not.toBe(0);
    });
  }
}

/** The share of its full length that the ordinary suite runs of a case. */
function ordinaryShare(theory: TheoryCase): number {
  if (!isDesign(theory)) return theory.ordinaryShare ?? 1;
  const { requests, ordinaryRequests = ORDINARY_REQUESTS } = theory;
  return Math.min(1, ordinaryRequests / requests);
}

function inWords({ what, expected, measured, tolerance }: Finding): string {
  const deviations = ((measured - expected) / tolerance) * TOLERATED_DEVIATIONS;
  return `${what}: ${measured} measured, ${expected} ± ${tolerance} in theory, z = ${deviations.toFixed(2)}`;
}
