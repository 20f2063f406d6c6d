/**
 * How often eviction policies miss on traces that anybody can make again: whole numbers, counted by
 * two independent programs and to be met exactly. Each trace is played to the store that cache
 * components keep their entries in.
 *
 * Source: the minimal standard generator of S. Park and K. Miller, 1988; L. Belady, R. Nelson,
 * G. Shedler, An anomaly in space-time characteristics of certain programs running in a paging
 * machine, 1969; R. Mattson et al., Evaluation techniques for storage hierarchies, 1970.
 */

import { minstdTrace, misses } from '../model/cache-traces.ts';
import { counted, near } from './finding.ts';
import { bounds, optimum } from './optimum.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase } from './theory-case.ts';

interface Trace {
  readonly id: string;
  readonly policy: string;
  readonly scans: boolean;
  /** Misses with room for 10, 50, 100, 200 and 500 keys; from 50 on where there are four. */
  readonly counts: readonly number[];
}

const ROOM = [10, 50, 100, 200, 500] as const;

/** Counts by a program written for this and by libCacheSim (J. Yang, 2020). */
const traces: readonly Trace[] = [
  {
    id: 'C-MINSTD-LRU',
    policy: 'lru',
    scans: false,
    counts: [78_687, 53_603, 42_305, 30_322, 13_333],
  },
  {
    id: 'C-MINSTD-FIFO',
    policy: 'fifo',
    scans: false,
    counts: [81_542, 59_175, 47_803, 35_404, 16_813],
  },
  {
    id: 'C-MINSTD-CLOCK',
    policy: 'clock',
    scans: false,
    counts: [77_159, 52_191, 40_934, 29_299, 12_945],
  },
  {
    id: 'C-MINSTD-SIEVE',
    policy: 'sieve',
    scans: false,
    counts: [65_132, 42_226, 32_415, 23_716, 11_176],
  },
  {
    id: 'C-MINSTD-LFU',
    policy: 'lfu',
    scans: false,
    counts: [64_045, 43_772, 35_176, 24_568, 11_641],
  },
  {
    id: 'C-MINSTD-SCAN-FIFO',
    policy: 'fifo',
    scans: true,
    counts: [101_631, 79_827, 69_253, 59_226, 47_547],
  },
  {
    id: 'C-MINSTD-SCAN-CLOCK',
    policy: 'clock',
    scans: true,
    counts: [97_302, 73_326, 63_634, 54_826, 41_111],
  },
  {
    id: 'C-MINSTD-SCAN-LFU',
    policy: 'lfu',
    scans: true,
    counts: [84_046, 63_772, 55_174, 44_681, 31_937],
  },
  {
    id: 'C-MINSTD-S3FIFO',
    policy: 's3-fifo',
    scans: false,
    counts: [42_975, 34_067, 25_057, 11_887],
  },
  {
    id: 'C-MINSTD-SCAN-S3FIFO',
    policy: 's3-fifo',
    scans: true,
    counts: [62_948, 53_833, 44_108, 31_667],
  },
];

interface Printed {
  readonly policy: string;
  /** How far the two programs may be apart: half a digit where they do the same. */
  readonly tolerance: number;
  /** Miss ratios without scans and with them, with as much room as the last of `ROOM`. */
  readonly plain: readonly number[];
  readonly scans: readonly number[];
}

const HALF_A_DIGIT = 0.000_05;

/** Miss ratios that libCacheSim (J. Yang, 2020) prints, in four digits. */
const printed: readonly Printed[] = [
  {
    policy: 'arc',
    tolerance: HALF_A_DIGIT,
    plain: [0.6634, 0.4476, 0.3577, 0.2681, 0.1326],
    scans: [0.7191, 0.5384, 0.4613, 0.375, 0.2662],
  },
  {
    policy: '2q',
    tolerance: HALF_A_DIGIT,
    plain: [0.6718, 0.4553, 0.3636, 0.268, 0.1348],
    scans: [0.7263, 0.5458, 0.469, 0.3862, 0.2881],
  },
  {
    policy: 'lirs',
    tolerance: 0.000_2,
    plain: [0.6565, 0.4413, 0.3527, 0.2608, 0.1216],
    scans: [0.7137, 0.5339, 0.4574, 0.3736, 0.2665],
  },
  {
    policy: 's4lru',
    tolerance: 0.002,
    plain: [0.6762, 0.4457, 0.3472, 0.2509, 0.1172],
    scans: [0.7302, 0.5383, 0.4567, 0.3779, 0.2792],
  },
  {
    policy: 'w-tiny-lfu',
    tolerance: 0.01,
    plain: [0.339, 0.2412, 0.1084],
    scans: [0.4502, 0.3676, 0.2631],
  },
];

export const evictions: readonly MeasuredCase[] = [
  ...traces.map(caseOfTrace),
  caseOfPrinted(false),
  caseOfPrinted(true),
  ...bounds,
  {
    id: 'C-BELADY-ANOMALY',
    title: 'More room and more misses',
    about:
      'Twelve requests for five pages: first in, first out misses more often with four frames ' +
      'than with three, least recently used does not. Theory: L. Belady, R. Nelson, G. Shedler, ' +
      '1969.',
    seconds: 0.1,
    measure: () => {
      const trace = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
      return [
        counted('misses of fifo in 3 frames', 9, misses('fifo', 3, trace)),
        counted('misses of fifo in 4 frames', 10, misses('fifo', 4, trace)),
        counted('misses of lru in 3 frames', 10, misses('lru', 3, trace)),
        counted('misses of lru in 4 frames', 8, misses('lru', 4, trace)),
        counted('misses of the optimum in 3 frames', 7, optimum(3, trace).misses),
        counted('misses of the optimum in 4 frames', 6, optimum(4, trace).misses),
      ];
    },
  },
  {
    id: 'C-SILBERSCHATZ',
    title: 'The string of the textbook',
    about:
      'Twenty requests for pages in three frames. Theory: A. Silberschatz, P. Galvin, G. Gagne, ' +
      'Operating System Concepts, chapter 10.',
    seconds: 0.1,
    measure: () => {
      const trace = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
      return [
        counted('misses of fifo', 15, misses('fifo', 3, trace)),
        counted('misses of lru', 12, misses('lru', 3, trace)),
        counted('misses of the optimum', 9, optimum(3, trace).misses),
      ];
    },
  },
  {
    id: 'C-LOOP',
    title: 'Round and round over more keys than fit',
    about:
      'Ten keys in turn, a thousand requests, room for five: by the time a key is wanted again it ' +
      'has just left. The optimum keeps four ninths, or half when it may let keys pass. ' +
      'Theory: L. Belady, A study of replacement algorithms, 1966.',
    seconds: 0.1,
    measure: () => {
      const loop = Array.from({ length: 1_000 }, (_, index) => index % 10);
      // The optimum fills at the start; over four hundred rounds that no longer shows.
      const rounds = Array.from({ length: 4_000 }, (_, index) => index % 10);
      return [
        counted('hits of lru', 0, loop.length - misses('lru', 5, loop)),
        counted('hits of fifo', 0, loop.length - misses('fifo', 5, loop)),
        near(0.001, {
          what: 'hit ratio of the optimum',
          expected: 4 / 9,
          measured: 1 - optimum(5, rounds).misses / rounds.length,
          interval: null,
        }),
        near(0.002, {
          what: 'hit ratio of the optimum with bypass',
          expected: 0.5,
          measured: 1 - optimum(5, rounds, 'bypass').misses / rounds.length,
          interval: null,
        }),
      ];
    },
  },
  {
    id: 'C-INCLUSION',
    title: 'What a small cache holds, a larger one holds too',
    about:
      'The trace with scans, 120,000 requests, for every room from 1 to 300 entries: one more ' +
      'entry never costs a hit. Theory: R. Mattson et al., Evaluation techniques for storage ' +
      'hierarchies, 1970.',
    seconds: 5,
    ordinaryShare: 0.1,
    measure: ({ share }) => {
      const trace = minstdTrace(true);
      const part = trace.slice(0, Math.round(trace.length * share));
      const counts = Array.from({ length: 300 }, (_, index) => misses('lru', index + 1, part));
      const best = Array.from({ length: 300 }, (_, index) => optimum(index + 1, part).misses);
      return [
        counted('rooms for which lru misses more than with one less', 0, rises(counts)),
        counted('rooms for which the optimum misses more than with one less', 0, rises(best)),
      ];
    },
  },
];

/** Rooms in ascending order, of which one misses more than the one before. */
function rises(counts: readonly number[]): number {
  return counts.filter((count, index) => index > 0 && count > counts[index - 1]!).length;
}

function caseOfTrace({ id, policy, scans, counts }: Trace): MeasuredCase {
  const length = scans ? '120,000 requests with scans' : '100,000 requests';
  const fresh = scans ? ', and after every thousand two hundred keys that never come again' : '';
  return {
    id,
    title: `${policy} on ${length} of a known generator`,
    about:
      `Keys by the law of Zipf, drawn by whole numbers alone${fresh}. Theory: counts of two ` +
      'independent programs; the generator of S. Park and K. Miller, 1988.',
    seconds: 0.2,
    measure: () => {
      const trace = minstdTrace(scans);
      return roomsFor(counts).map((entries, index) => {
        const what = `misses with room for ${entries}`;
        return counted(what, counts[index]!, misses(policy, entries, trace));
      });
    },
  };
}

function caseOfPrinted(scans: boolean): MeasuredCase {
  return {
    id: scans ? 'C-MINSTD-SCAN-OTHERS' : 'C-MINSTD-OTHERS',
    title: `Five more policies on the requests ${scans ? 'with scans' : 'of a known generator'}`,
    about:
      'Miss ratios to half of the last digit that another program prints where the definitions ' +
      'are the same (arc, 2q), and to what the programs differ in where they are not: in lirs a ' +
      'look-up in the queue demotes a key there and none here; in s4lru, whose quarters are ' +
      'rounded, look-ups evict there; w-tiny-lfu counts otherwise. Theory: libCacheSim, J. Yang, ' +
      '2020.',
    seconds: 2,
    measure: () => {
      const trace = minstdTrace(scans);
      return printed.flatMap((one) => {
        const ratios = scans ? one.scans : one.plain;
        return roomsFor(ratios).map((entries, index) => {
          const found = misses(one.policy, entries, trace) / trace.length;
          const what = `miss ratio of ${one.policy} with room for ${entries}`;
          return ratio(what, ratios[index]!, found, one.tolerance);
        });
      });
    },
  };
}

function roomsFor(numbers: readonly number[]): readonly number[] {
  return ROOM.slice(ROOM.length - numbers.length);
}

/** A number that another program prints. */
function ratio(what: string, expected: number, measured: number, tolerance: number): Finding {
  return { ...near(tolerance, { what, expected, measured, interval: null }), isEstimate: true };
}
