import { describe, expect, test } from 'vitest';
import { claimMetrics } from '../../src/scenario/claim-metrics.ts';
import type { Comparator } from '../../src/scenario/claims.ts';
import {
  measure,
  judgeExpectation,
  judgeRequirement,
  verdictOf,
} from '../../src/experiment/verdict.ts';
import type { Measurement } from '../../src/experiment/measurement.ts';
import { clockwork, everything, experimentOf, pairs, queue, withClaims } from './small-designs.ts';

function estimate(value: number, low: number, high: number): Measurement {
  return { value, isExact: false, interval: { low, high }, note: null };
}

function exactly(value: number): Measurement {
  return { value, isExact: true, interval: null, note: null };
}

describe('a requirement with an interval', () => {
  test.each<[Comparator, number, string]>([
    ['<', 9, 'FAIL'],
    ['<', 10, 'FAIL'],
    ['<', 11, 'NOT ENOUGH EVIDENCE'],
    ['<', 13, 'NOT ENOUGH EVIDENCE'],
    ['<', 14, 'NOT ENOUGH EVIDENCE'],
    ['<', 15, 'PASS'],
    ['<=', 14, 'PASS'],
    ['<=', 10, 'NOT ENOUGH EVIDENCE'],
    ['>', 9, 'PASS'],
    ['>', 10, 'NOT ENOUGH EVIDENCE'],
    ['>', 14, 'FAIL'],
    ['>=', 10, 'PASS'],
    ['>=', 14, 'NOT ENOUGH EVIDENCE'],
    ['>=', 15, 'FAIL'],
    ['=', 12, 'NOT ENOUGH EVIDENCE'],
    ['=', 15, 'FAIL'],
    ['!=', 12, 'NOT ENOUGH EVIDENCE'],
    ['!=', 15, 'PASS'],
  ])('of 10 to 14 is held against %s %d: %s', (comparator, value, verdict) => {
    expect(verdictOf(estimate(12, 10, 14), { comparator, value })).toBe(verdict);
  });

  test('without an upper end cannot pass, but it can fail', () => {
    const open = estimate(12, 10, Infinity);
    expect(verdictOf(open, { comparator: '<', value: 1e9 })).toBe('NOT ENOUGH EVIDENCE');
    expect(verdictOf(open, { comparator: '<', value: 10 })).toBe('FAIL');
    expect(verdictOf(open, { comparator: '>=', value: 10 })).toBe('PASS');
  });

  test('of no width is a point', () => {
    const point = estimate(12, 12, 12);
    expect(verdictOf(point, { comparator: '=', value: 12 })).toBe('PASS');
    expect(verdictOf(point, { comparator: '!=', value: 12 })).toBe('FAIL');
    expect(verdictOf(point, { comparator: '<', value: 12 })).toBe('FAIL');
  });
});

test('a fact about the run needs no interval', () => {
  expect(verdictOf(exactly(0), { comparator: '=', value: 0 })).toBe('PASS');
  expect(verdictOf(exactly(1), { comparator: '=', value: 0 })).toBe('FAIL');
});

test('where nothing was measured, or no scatter seen, the evidence is not enough', () => {
  const nothing = { value: NaN, isExact: false, interval: null, note: 'no request ended' };
  const single = { value: 5, isExact: false, interval: null, note: null };
  for (const comparator of ['<', '<=', '>', '>=', '=', '!='] as const) {
    expect(verdictOf(nothing, { comparator, value: 5 })).toBe('NOT ENOUGH EVIDENCE');
    expect(verdictOf(single, { comparator, value: 5 })).toBe('NOT ENOUGH EVIDENCE');
  }
});

/** A metric that only some kinds have is asked of the first of these that has it. */
const subjects: Readonly<Record<string, string>> = {
  database: 'db',
  cache: 'cache',
  cdn: 'near',
  'load-balancer': 'edge',
  service: 'api',
};

/** The design with everything, with prices, stale copies here and there, and a cdn. */
const somewhatMore = everything
  .replace('instances: 3\n', 'instances: 3\n    price: $0.10/hour\n')
  .replace('service: 50us }', 'service: 50us, on-write: none }')
  .replace('    read-from: any', '    read-from: any\n    buffer-pool: 20% of things')
  .replace(
    'data:\n',
    '  visitors: { rate: 50/s, operation: get, to: near, client-cache: { clients: 5, ' +
      'capacity: 20 entries, keeps: [get] } }\ndata:\n',
  )
  .replace(
    'network:',
    '  near: { kind: cdn, origin: edge, caches: [get], data: things, capacity: 100 entries }\nnetwork:',
  );

const bounds = {
  ns: '1ms',
  share: '50%',
  'per-second': '1/s',
  count: '1',
  number: '1',
  money: '$1/month',
} as const;

describe('every metric of the claim language', () => {
  const claims = claimMetrics.flatMap(({ name, subject, needsSubject, kinds, unit }) => {
    const kind = Object.keys(subjects).find((each) => kinds?.includes(each)) ?? 'service';
    const own = { requests: 'both', clients: 'visitors', component: subjects[kind]! }[subject];
    const of = [`${name} of ${own} > ${bounds[unit]}`];
    return needsSubject ? of : [...of, `${name} > ${bounds[unit]}`];
  });
  const { scenario, run, observation } = experimentOf(
    withClaims(somewhatMore, 'requirements', claims),
  );

  test.each(claims.map((text, place) => [text, place] as const))('%s is measured', (_, place) => {
    const claim = scenario.requirements[place]!;
    const measurement = measure({ scenario, run, observation }, claim);
    expect(measurement.note).toBeNull();
    expect(measurement.value).toBeGreaterThanOrEqual(0);
    if (measurement.isExact) expect(measurement.interval).toBeNull();
    else {
      expect(measurement.interval!.low).toBeLessThanOrEqual(measurement.value);
      expect(measurement.interval!.high).toBeGreaterThanOrEqual(measurement.value);
    }
  });

  test('counts, largest values and the ages of stale reads are exact, and nothing else', () => {
    const exact = claimMetrics
      .filter(
        ({ name }) =>
          measure(
            { scenario, run, observation },
            scenario.requirements.find(({ metric }) => metric === name)!,
          ).isExact,
      )
      .map(({ name }) => name);
    const counts = claimMetrics.filter(({ unit }) => unit === 'count').map(({ name }) => name);
    const levels = ['max', 'imbalance', 'instances', 'replication lag', 'cost'];
    const ages = ['p50 stale age', 'p99 stale age', 'max stale age'];
    expect(new Set(exact)).toEqual(new Set([...counts, ...levels, ...ages]));
  });
});

const nameOf = (claim: string) => claim.split(/ (?:of|at|between|before|after) /)[0];

/** Measured values by claim, in the units of claims. */
function values(text: string, metrics: readonly string[]): Record<string, number> {
  const claims = metrics.map((metric) => {
    const { unit } = claimMetrics.find(({ name }) => name === nameOf(metric))!;
    return `${metric} > ${bounds[unit]}`;
  });
  const experiment = experimentOf(withClaims(text, 'expect', claims));
  const measured = experiment.scenario.expect.map((claim) => measure(experiment, claim).value);
  return Object.fromEntries(metrics.map((metric, place) => [metric, measured[place]!]));
}

test('the numbers of a clockwork are those worked out by hand', () => {
  const found = values(clockwork, [
    'offered',
    'ok',
    'failed',
    'availability',
    'goodput',
    'mean',
    'max',
    'attempts',
    'retries',
    'utilisation of api',
    'queue of api',
    'wait of api',
    'waiting probability of api',
    'arrivals of api',
    'max queue of api',
    'imbalance of api',
  ]);
  // Measured from 10 s to 40 s. A request that starts at 10 s counts, one at 40 s does not.
  expect(found).toMatchObject({
    offered: 3_000,
    ok: 3_000,
    failed: 0,
    availability: 1,
    goodput: 100,
    mean: 5e6,
    max: 5e6,
    attempts: 3_000,
    retries: 0,
    'utilisation of api': 0.5,
    'queue of api': 0,
    'wait of api': 0,
    'waiting probability of api': 0,
    'arrivals of api': 3_000,
    'max queue of api': 0,
    'imbalance of api': 1,
  });
});

test('of two requests at once the second waits, and is late', () => {
  const found = values(pairs, [
    'ok of get',
    'ok of put',
    'late of put',
    'mean of get',
    'mean of put',
    'max of right',
    'availability of put',
    'availability',
    'wait of api',
    'p50 wait of api',
    'p99 wait of api',
    'waiting probability of api',
    'utilisation of api',
    'queue of api',
    'max queue of api',
  ]);
  expect(found).toMatchObject({
    'ok of put': 0,
    'mean of get': 20e6,
    'mean of put': 40e6,
    'max of right': 40e6,
    'availability of put': 0,
    'wait of api': 10e6,
    'p50 wait of api': 0,
    'waiting probability of api': 0.5,
    'max queue of api': 1,
  });
  expect(found['p99 wait of api']! / 20e6).toBeCloseTo(1, 2);
  expect(found['ok of get']).toBe(found['late of put']);
  expect(found['availability']).toBe(0.5);
  expect(found['utilisation of api']).toBeCloseTo(0.4, 2);
  expect(found['queue of api']).toBeCloseTo(0.2, 2);
});

test('claims about a time look at that time only', () => {
  const found = values(`${clockwork}faults:\n  - { at: 20s, crash: api, for: 5s }\n`, [
    'ok between 11s and 20s',
    'ok at 21s',
    'failed between 20s and 25s',
    'ok before 20s',
    'ok after 31s',
  ]);
  expect(found).toEqual({
    'ok between 11s and 20s': 900,
    'ok at 21s': 0,
    'failed between 20s and 25s': 500,
    'ok before 20s': 1_000,
    'ok after 31s': 900,
  });
});

describe('an expectation', () => {
  const text = withClaims(clockwork, 'expect', ['mean = 5ms', 'mean < 5ms', 'hit ratio > 1%']);
  const experiment = experimentOf(text);
  const judged = experiment.scenario.expect.map((claim) => judgeExpectation(experiment, claim));

  test('compares the measured value itself', () => {
    expect(judged[0]).toMatchObject({
      holds: true,
      measured: 5,
      bound: 5,
      unit: 'ms',
      interval: null,
    });
    expect(judged[1]).toMatchObject({ holds: false, measured: 5 });
  });

  test('does not hold where there is nothing to measure', () => {
    expect(judged[2]).toMatchObject({
      holds: false,
      measured: null,
      note: 'there is no cache or cdn',
    });
  });
});

describe('advice on an undecided requirement', () => {
  const advice = (claim: string) => {
    const experiment = experimentOf(withClaims(queue, 'requirements', [claim]));
    return judgeRequirement(experiment, experiment.scenario.requirements[0]!);
  };

  test('names the length that would settle it, by the square root', () => {
    const { measured, interval } = advice('mean < 1s');
    const bound = measured! + (interval![1]! - measured!) / 2.9;
    const undecided = advice(`mean < ${Math.round(bound * 1e6)}ns`);
    // 2.9² times the 50 s measured and 10 s of warm-up make 430.5 s.
    expect(undecided).toMatchObject({
      verdict: 'NOT ENOUGH EVIDENCE',
      note: 'about 7m20s of run would settle it',
    });
  });

  test('counts on requests, not on their square root, while none has failed', () => {
    // 3.84 requests of doubt divided by 0.01 % are 38,400 requests at 100/s, after the warm-up.
    const experiment = experimentOf(
      withClaims(clockwork, 'requirements', ['availability >= 99.99%']),
    );
    expect(judgeRequirement(experiment, experiment.scenario.requirements[0]!)).toMatchObject({
      measured: 1,
      note: 'about 6m40s of run would settle it',
    });
  });

  test('is honest where a longer run would not help', () => {
    const { note, verdict } = advice('mean between 20s and 22s < 10ms');
    expect(verdict).toBe('NOT ENOUGH EVIDENCE');
    expect(note).toMatch(/other seeds/);
    expect(advice('mean at 20s < 10ms').note).toMatch(/too little/);
    expect(advice('availability >= 100%').note).toMatch(/the bound itself/);
  });
});

test('a population that shares an operation with another has no numbers of its own', () => {
  const text = everything.replace('name: A', 'name: Half a');
  const found = experimentOf(withClaims(text, 'requirements', ['availability of loop > 50%']));
  expect(judgeRequirement(found, found.scenario.requirements[0]!)).toMatchObject({
    verdict: 'NOT ENOUGH EVIDENCE',
    measured: null,
    note: 'get is asked for by other clients too and counted for all of them together',
  });
});
