/**
 * Consistent hashing: shares of members on a ring, keys that move when a member comes, and the bound
 * on the load of a member.
 *
 * Source: D. Karger et al., Consistent hashing and random trees, 1997; V. Mirrokni, M. Thorup, M.
 * Zadimoghaddam, Consistent hashing with bounded loads, 2018.
 */

import { HashRing } from '../../src/model/hash-ring.ts';
import { shardingPolicies } from '../../src/model/sharding.ts';
import { readMetrics } from './compare.ts';
import { counted, meanOf, near, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

interface Ring {
  readonly id: string;
  readonly members: number;
  readonly points: number;
  /** Coefficient of variation of a share, and its relative tolerance over so many rings. */
  readonly expected: number;
  readonly tolerance: number;
  readonly rings: number;
}

const rings: readonly Ring[] = [
  {
    id: 'LB-RING-10-1',
    members: 10,
    points: 1,
    expected: 0.904534033733,
    tolerance: 0.00283,
    rings: 200_000,
  },
  {
    id: 'LB-RING-10-10',
    members: 10,
    points: 10,
    expected: 0.298511157063,
    tolerance: 0.0093,
    rings: 20_000,
  },
  {
    id: 'LB-RING-10-100',
    members: 10,
    points: 100,
    expected: 0.0948209311862,
    tolerance: 0.02456,
    rings: 2_000,
  },
  {
    id: 'LB-RING-10-1000',
    members: 10,
    points: 1_000,
    expected: 0.0299985001125,
    tolerance: 0.04042,
    rings: 200,
  },
  {
    id: 'LB-RING-100-100',
    members: 100,
    points: 100,
    expected: 0.0994937691466,
    tolerance: 0.0195,
    rings: 200,
  },
];

export const hashRings: readonly MeasuredCase[] = [
  ...rings.map(caseOfRing),
  {
    id: 'LB-MOVE',
    title: 'One member more',
    about:
      'Keys that change their place when ten members become eleven: on the ring (200 rings of 100 ' +
      'points a member, 10,000 keys each), by the jump hash (100,000 keys), and by the remainder ' +
      '(one period of 110 keys). Theory: D. Karger et al., 1997; J. Lamping, E. Veach, 2014.',
    seconds: 2,
    ordinaryShare: 0.1,
    measure: measureMoves,
  },
  {
    id: 'LB-BOUNDED',
    title: 'A thousand requests for one key',
    about:
      'A thousand clients ask ten instances for the same key at once; consistent hashing with a ' +
      'load factor of 1.25 never gives one of them more than 125. Theory: V. Mirrokni, M. Thorup, ' +
      'M. Zadimoghaddam, 2018.',
    files: ['lb-bounded'],
    seconds: 1,
    measure: (options) => {
      const [waiting] = readMetrics('lb-bounded', ['max queue of server'], options);
      const most = counted('most requests at one instance', 125, waiting!.measured + 1);
      return [{ ...most, bound: 'at most' }];
    },
  },
];

function caseOfRing({
  id,
  members,
  points,
  expected,
  tolerance,
  rings: count,
}: Ring): MeasuredCase {
  return {
    id,
    title: `A ring of ${members} members with ${points} ${points === 1 ? 'point' : 'points'} each`,
    about:
      `How much the shares of members vary over ${count.toLocaleString('en')} rings. Theory: ` +
      'spacings of points at random; D. Karger et al., 1997.',
    seconds: 3,
    ordinaryShare: Math.min(1, 2_000 / count),
    measure: ({ share }) => {
      const measured = variationOf(members, points, Math.round(count * share));
      const what = 'coefficient of variation of a share';
      return [within(tolerance / Math.sqrt(share), { what, expected, ...measured })];
    },
  };
}

/** Coefficient of variation of a member's share over rings with different names. */
function variationOf(members: number, points: number, count: number) {
  const squares = Array.from({ length: count }, (_, ring) => {
    const shares = new HashRing(namesOf(members, `cache-${ring}`), points).shares(members);
    return shares.reduce((sum, share) => sum + (share * members - 1) ** 2, 0) / members;
  });
  const { mean, interval } = meanOf(squares);
  const [low, high] = interval;
  return {
    measured: Math.sqrt(mean),
    interval: [Math.sqrt(Math.max(0, low)), Math.sqrt(high)] as const,
  };
}

function measureMoves({ share }: MeasureOptions): Finding[] {
  const tolerance = 0.00363636363636 / Math.sqrt(share);
  const expected = 1 / 11;
  const moves = Array.from({ length: Math.round(200 * share) }, (_, family) => {
    const eleven = namesOf(11, `node-${family}`);
    const before = new HashRing(eleven.slice(0, 10), 100);
    const after = new HashRing(eleven, 100);
    return movedShare(
      10_000,
      (key) => before.ownerOf(key),
      (key) => after.ownerOf(key),
    );
  });
  const { mean, interval } = meanOf(moves);
  const byWord = (word: string, keys: number) => {
    const { shardOf } = shardingPolicies.get(word)!;
    return movedShare(
      keys,
      (key) => shardOf(key, keys, 10),
      (key) => shardOf(key, keys, 11),
    );
  };
  const keys = 100_000;
  const jumped = byWord('jump', keys);
  const half = 1.96 * Math.sqrt((jumped * (1 - jumped)) / keys);
  return [
    near(tolerance, { what: 'share moved on the ring', expected, measured: mean, interval }),
    near(tolerance, {
      what: 'share moved by the jump hash',
      expected,
      measured: jumped,
      interval: [jumped - half, jumped + half],
    }),
    counted('share moved by the remainder', 10 / 11, byWord('modulo', 110)),
  ];
}

function movedShare(
  keys: number,
  before: (key: number) => number,
  after: (key: number) => number,
): number {
  let moved = 0;
  for (let key = 0; key < keys; key++) if (before(key) !== after(key)) moved++;
  return moved / keys;
}

function namesOf(count: number, family: string): string[] {
  return Array.from({ length: count }, (_, index) => `${family}/${index + 1}`);
}
