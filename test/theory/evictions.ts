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
import { counted } from './finding.ts';
import type { MeasuredCase } from './theory-case.ts';

/** What stands in for a policy that looks into the future. */
const LACKS_OPT = 'the optimal policy, which knows the future: there is none to choose';

interface Trace {
  readonly id: string;
  readonly policy: string;
  readonly scans: boolean;
  /** Misses with room for 10, 50, 100, 200 and 500 keys. */
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
];

export const evictions: readonly MeasuredCase[] = [
  ...traces.map(caseOfTrace),
  {
    id: 'C-BELADY-ANOMALY',
    title: 'More room and more misses',
    about:
      'Twelve requests for five pages: first in, first out misses more often with four frames ' +
      'than with three, least recently used does not. Theory: L. Belady, R. Nelson, G. Shedler, ' +
      '1969.',
    seconds: 0.1,
    lacks: LACKS_OPT,
    measure: () => {
      const trace = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
      return [
        counted('misses of fifo in 3 frames', 9, misses('fifo', 3, trace)),
        counted('misses of fifo in 4 frames', 10, misses('fifo', 4, trace)),
        counted('misses of lru in 3 frames', 10, misses('lru', 3, trace)),
        counted('misses of lru in 4 frames', 8, misses('lru', 4, trace)),
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
    lacks: LACKS_OPT,
    measure: () => {
      const trace = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
      return [
        counted('misses of fifo', 15, misses('fifo', 3, trace)),
        counted('misses of lru', 12, misses('lru', 3, trace)),
      ];
    },
  },
  {
    id: 'C-LOOP',
    title: 'Round and round over more keys than fit',
    about:
      'Ten keys in turn, a thousand requests, room for five: by the time a key is wanted again it ' +
      'has just left. Theory: L. Belady, A study of replacement algorithms, 1966.',
    seconds: 0.1,
    lacks: LACKS_OPT,
    measure: () => {
      const loop = Array.from({ length: 1_000 }, (_, index) => index % 10);
      return [
        counted('hits of lru', 0, loop.length - misses('lru', 5, loop)),
        counted('hits of fifo', 0, loop.length - misses('fifo', 5, loop)),
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
    lacks: LACKS_OPT,
    measure: ({ share }) => {
      const trace = minstdTrace(true);
      const part = trace.slice(0, Math.round(trace.length * share));
      const counts = Array.from({ length: 300 }, (_, index) => misses('lru', index + 1, part));
      const worse = counts.filter((count, index) => index > 0 && count > counts[index - 1]!);
      return [counted('rooms for which lru misses more than with one less', 0, worse.length)];
    },
  },
];

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
      return ROOM.map((entries, index) =>
        counted(`misses with room for ${entries}`, counts[index]!, misses(policy, entries, trace)),
      );
    },
  };
}
