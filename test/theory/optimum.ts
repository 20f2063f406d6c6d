/**
 * The fewest misses that any eviction policy could have, on the traces on which policies are
 * counted, by the bound that miss-ratio curves draw.
 *
 * Source: L. Belady, A study of replacement algorithms for a virtual-storage computer, 1966.
 */

import { Belady } from '../../src/laboratory/belady.ts';
import type { BeladyCount } from '../../src/laboratory/belady.ts';
import { minstdTrace } from '../model/cache-traces.ts';
import { counted } from './finding.ts';
import type { MeasuredCase } from './theory-case.ts';

const ROOM = [10, 50, 100, 200, 500] as const;

/** Counts of two independent programs. */
const counts = {
  'C-MINSTD-BELADY': [56_454, 33_653, 24_444, 15_707, 5_690],
  'C-MINSTD-SCAN-BELADY': [76_454, 53_653, 44_444, 35_707, 25_690],
} as const;

export const bounds: readonly MeasuredCase[] = [
  caseOfBound('C-MINSTD-BELADY', false),
  caseOfBound('C-MINSTD-SCAN-BELADY', true),
  {
    id: 'C-OPT-MINI',
    title: 'The optimum on five requests',
    about:
      'A, B, C, A, B with room for two: the best is to pass C by. Theory: the test of the ' +
      'clairvoyant policy of Caffeine’s simulator.',
    seconds: 0.1,
    measure: () => {
      const trace = [1, 2, 3, 1, 2];
      const { misses, evictions, bypasses } = optimum(2, trace, 'bypass');
      return [
        counted('hits', 2, trace.length - misses),
        counted('misses', 3, misses),
        counted('entries that left or were passed by', 1, evictions + bypasses),
      ];
    },
  },
];

/** Fewest misses of a cache of so many entries; with bypass it need not take every entry in. */
export function optimum(
  entries: number,
  trace: readonly number[],
  admission: 'admit-always' | 'bypass' = 'admit-always',
): BeladyCount {
  const numbers = new Map<number, number>();
  const dense = Int32Array.from(trace, (key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
  return new Belady(dense, numbers.size).count(entries, { bypass: admission === 'bypass' });
}

function caseOfBound(id: keyof typeof counts, scans: boolean): MeasuredCase {
  const length = scans ? '120,000 requests with scans' : '100,000 requests';
  return {
    id,
    title: `the optimum on ${length} of a known generator`,
    about:
      'Who is wanted again the latest leaves, and every entry is taken in. Theory: counts of two ' +
      'independent programs; the generator of S. Park and K. Miller, 1988.',
    seconds: 0.2,
    measure: () => {
      const trace = minstdTrace(scans);
      return ROOM.map((entries, index) =>
        counted(
          `misses with room for ${entries}`,
          counts[id][index]!,
          optimum(entries, trace).misses,
        ),
      );
    },
  };
}
