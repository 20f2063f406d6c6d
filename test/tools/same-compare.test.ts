import { describe, expect, test } from 'vitest';
import { tableOf, troubleIn } from '../../tools/same/compare.mjs';
import type { Column, Job, Outcome } from '../../tools/same/compare.mjs';

const jobs: Job[] = [
  { scenario: 'first', seed: '1', isOwnSeed: true },
  { scenario: 'first', seed: '2', isOwnSeed: false },
];
const golden = 'log:1 exp:2 pow:3';
const one: Outcome = { hash: '00000000000000aa', events: 10 };
const two: Outcome = { hash: '00000000000000bb', events: 20 };
const column = (
  engine: string,
  outcomes: (Outcome | null)[],
  fingerprint: string | null = golden,
) => ({ engine, outcomes, fingerprint }) satisfies Column;
const reference = column('Node 1', [one, two]);

/** What is wrong when this column stands beside the reference. */
const about = (other: Column) => troubleIn(jobs, [reference, other], golden);

describe('engines are the same', () => {
  test('when every hash and the arithmetic agree', () => {
    expect(about(column('Firefox 2', [one, two]))).toEqual([]);
  });

  test('when one of them leaves some runs out, or tells no events', () => {
    expect(about(column('page', [{ ...one, events: null }, null], null))).toEqual([]);
  });
});

describe('it is told', () => {
  test('when a hash differs, with both', () => {
    const [only, ...rest] = about(column('Firefox 2', [one, { ...two, hash: '00000000000000cc' }]));
    expect(rest).toEqual([]);
    expect(only).toBe(
      'first with seed 2 is 00000000000000cc in Firefox 2, 00000000000000bb in Node 1.',
    );
  });

  test('when only the number of events differs', () => {
    expect(about(column('Firefox 2', [{ ...one, events: 11 }, two]))).toHaveLength(1);
  });

  test('when the arithmetic is not the golden one, in whichever engine', () => {
    expect(about(column('Firefox 2', [one, two], 'log:0'))).toHaveLength(1);
    const all = [column('Node 1', [one, two], 'log:0'), column('Firefox 2', [one, two], 'log:0')];
    expect(troubleIn(jobs, all, golden)).toHaveLength(2);
  });

  test('when an engine ran nothing, or there is only one', () => {
    expect(about(column('Firefox 2', [null, null]))).toEqual(['Firefox 2 ran nothing.']);
    expect(troubleIn(jobs, [reference], golden)).toEqual(['There is nothing to compare.']);
  });

  test('when a run has no hash, or no event', () => {
    for (const empty of [null, { hash: '', events: 10 }, { ...one, events: 0 }]) {
      const columns = [column('Node 1', [empty, two]), column('Firefox 2', [empty, two])];
      expect(troubleIn(jobs, columns, golden)).toEqual([
        'first with seed 1 has no hash in Node 1.',
      ]);
    }
  });

  test('when two seeds give one hash, because then a hash says nothing', () => {
    const columns = [column('Node 1', [one, one]), column('Firefox 2', [one, one])];
    expect(troubleIn(jobs, columns, golden)).toEqual([
      'first with seed 2 has the hash of first with seed 1.',
    ]);
  });
});

test('the table marks what differs where it differs', () => {
  const other = column('Firefox 2', [{ ...one, hash: '00000000000000cc' }, null], null);
  const lines = tableOf(jobs, [reference, other], golden).map((line) => line.split(/ {2,}/));
  expect(lines).toEqual([
    ['scenario', 'seed', 'events', 'hash', 'Node 1', 'Firefox 2'],
    ['first', '1', '10', one.hash, 'same', 'DIFFERS: 00000000000000cc 10'],
    ['first', '2', '20', two.hash, 'same', '–'],
    ['log, exp, pow', 'golden', 'same', '–'],
  ]);
});
