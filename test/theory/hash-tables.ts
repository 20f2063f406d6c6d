/**
 * Tables and generators that take the place of a ring: the vectors of the jump hash and the tables
 * of Maglev.
 *
 * Source: J. Lamping, E. Veach, A fast, minimal memory, consistent hash algorithm, 2014; D.
 * Eisenbud et al., Maglev: a fast and reliable software network load balancer, 2016.
 */

import { populate, walkOf } from '../../src/model/policies/balancing/maglev.ts';
import type { Walk } from '../../src/model/policies/balancing/maglev.ts';
import { jumpHash } from '../../src/model/policies/sharding/jump.ts';
import { counted, meanOf, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase } from './theory-case.ts';

export const hashTables: readonly MeasuredCase[] = [
  {
    id: 'LB-JUMP',
    title: 'Vectors of the jump hash',
    about:
      'Buckets of keys of 64 bits. Theory: J. Lamping, E. Veach, 2014; the vectors are those of ' +
      'the reference in C++ and of Guava, as the test of go-jump (D. Gryski) lists them.',
    seconds: 0.1,
    measure: measureJumps,
  },
  {
    id: 'LB-MAGLEV-7',
    title: 'A table of seven entries',
    about:
      'Three members with given permutations fill a table of seven; then the second dies. Theory: ' +
      'D. Eisenbud et al., 2016; the table is that of the test of go-maglev (D. Gryski).',
    seconds: 0.1,
    measure: measureSmallTable,
  },
  {
    id: 'LB-MAGLEV-INV',
    title: 'Even tables',
    about:
      'A table of 65,537 entries: members own as many as each other to within one, and few change ' +
      'hands among the others when one dies. Theory: D. Eisenbud et al., 2016; the shares that ' +
      'change hands were simulated by an independent program, to 30 %.',
    seconds: 2,
    measure: measureLargeTables,
  },
];

type JumpRow = readonly [what: string, keys: readonly bigint[], buckets: readonly number[], string];

/** Places in order, for each key with each number of buckets. */
function measureJumps(): Finding[] {
  const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  const rows: readonly JumpRow[] = [
    ['key 0, 1 to 20 buckets', [0n], oneTo(20), '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'],
    ['key 1, 1 to 19 buckets', [1n], oneTo(19), '0 0 0 0 0 0 6 6 6 6 6 6 6 6 6 6 6 17 17'],
    [
      'key 0xdeadbeef, 1 to 19 buckets',
      [0xdeadbeefn],
      oneTo(19),
      '0 1 2 3 3 5 5 5 5 5 5 5 5 5 5 5 16 16 16',
    ],
    [
      'key 0x0ddc0ffeebadf00d, 1 to 19 buckets',
      [0x0ddc0ffeebadf00dn],
      oneTo(19),
      '0 1 2 2 2 2 2 2 2 2 2 2 2 2 2 15 15 15 15',
    ],
    [
      'keys 0 to 19, 100 buckets',
      oneTo(20).map((key) => BigInt(key - 1)),
      [100],
      '0 55 62 8 45 59 86 97 82 59 73 37 17 56 86 21 90 37 38 83',
    ],
    [
      'three large keys, 11 buckets',
      [10863919174838991n, 2016238256797177309n, 1673758223894951030n],
      [11],
      '6 3 5',
    ],
    ['keys 2, 2201 and 2202, 100,001 buckets', [2n, 2201n, 2202n], [100_001], '80343 22152 15018'],
  ];
  return rows.map(([what, keys, buckets, places]) => {
    const found = keys.flatMap((key) => buckets.map((count) => placeOf(key, count)));
    return differing(what, places.split(' ').map(Number), found);
  });
}

function placeOf(key: bigint, buckets: number): number {
  return jumpHash(Number(key >> 32n), Number(key & 0xffffffffn), buckets);
}

function measureSmallTable(): Finding[] {
  const walks = [
    [2, 6],
    [0, 5],
    [1, 3],
  ].map(([first, second]) => ({ offset: first!, skip: (second! - first! + 7) % 7 }));
  return [
    differing('all three live', [1, 2, 0, 2, 0, 1, 0], tableOf(7, walks, [1, 1, 1])),
    differing('the second is dead', [0, 2, 0, 2, 0, 2, 0], tableOf(7, walks, [1, 0, 1])),
  ];
}

function measureLargeTables(): Finding[] {
  const known = [
    [100, 0.00563],
    [1_000, 0.00572],
  ] as const;
  return known.flatMap(([members, expected]) => {
    const size = 65_537;
    const walks = Array.from({ length: members }, (_, index) =>
      walkOf(`server/${index + 1}`, size),
    );
    const everybody = walks.map(() => 1);
    const before = tableOf(size, walks, everybody);
    const owned = Array.from<number>({ length: members }).fill(0);
    for (const owner of before) owned[owner]!++;
    const disrupted = [3, 17, 42, 58, 77].map((dead) => {
      const after = tableOf(
        size,
        walks,
        everybody.map((one, index) => (index === dead ? 0 : one)),
      );
      const others = before.filter((owner) => owner !== dead).length;
      const moved = before.filter((owner, entry) => owner !== dead && after[entry] !== owner);
      return moved.length / others;
    });
    const { mean, interval } = meanOf(disrupted);
    const what = `share of the others' entries that move, 1 of ${members} dead`;
    return [
      counted(`most entries less fewest, ${members} members`, 1, spread(owned)),
      { ...within(0.3, { what, expected, measured: mean, interval }), isEstimate: true },
    ];
  });
}

function tableOf(size: number, walks: readonly Walk[], healthy: readonly number[]): number[] {
  const table = new Uint16Array(size);
  populate(table, walks, healthy);
  return [...table];
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** How many numbers of a list are not the published ones. */
function differing(what: string, expected: readonly number[], found: readonly number[]): Finding {
  const wrong = expected.filter((place, index) => found[index] !== place).length;
  const missing = Math.abs(found.length - expected.length);
  return counted(`${what}: of ${expected.length} places differ`, 0, wrong + missing);
}
