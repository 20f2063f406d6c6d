import { describe, expect, test } from 'vitest';
import { costResult } from '../../src/experiment/cost.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { plain } from '../../src/report/paint.ts';
import { textReport } from '../../src/report/text-report.ts';
import { clockwork, experimentOf } from './small-designs.ts';

const shop = `
name: Shop
duration: 100s
traffic:
  app: { rate: 20/s, operation: get, to: front }
data:
  goods: { keys: 100, size: 1KB, stored-in: db, cached-in: [redis] }
components:
  front: { kind: load-balancer, to: api, price: $18.25/month }
  api:
    kind: service
    instances: 2
    price: $0.10/h
    operations: { get: [ { read: goods } ] }
  redis: { kind: cache, nodes: 3, capacity: 50 entries, price: $0.20/h }
  db:
    kind: database
    shards: 2
    replicas: 1
    price: $1/h
requirements:
  - cost <= $5k/month
  - cost of redis < $400/month
expect:
  - cost = $3522.25/month
  - cost of db = $2920/month
`;

function played(text: string) {
  const experiment = experimentOf(text);
  experiment.run.advance(Infinity);
  return experiment;
}

describe('what a design costs', () => {
  const experiment = played(shop);
  const results = resultsOf(experiment);

  test('is the price of a node times its nodes, 730 hours a month', () => {
    expect(results.cost!.components).toEqual({
      front: 18.25,
      api: expect.closeTo(2 * 0.1 * 730, 9),
      redis: expect.closeTo(3 * 0.2 * 730, 9),
      db: expect.closeTo(2 * 2 * 730, 9),
    });
    expect(results.cost!.perMonth).toBeCloseTo(18.25 + 146 + 438 + 2920, 9);
    expect(results.cost!.unpriced).toEqual([]);
  });

  test('can be required and expected', () => {
    expect(results.requirements.map(({ verdict }) => verdict)).toEqual(['PASS', 'FAIL']);
    expect(results.expect.map(({ holds }) => holds)).toEqual([true, true]);
    expect(results.requirements[1]!.measuredText).toBe('$438');
  });

  test('stands in the report', () => {
    expect(textReport(results, plain)).toContain('together: $3,522\n');
  });

  test('does not change the run', () => {
    const without = played(
      shop.replaceAll(/,? ?\n? *price: \$[^,} \n]*/g, '').replace(/requirements[^]*/, ''),
    );
    expect(without.run.hash).toBe(experiment.run.hash);
    expect(costResult(without.run)).toBeNull();
  });
});

test('what has no price is named and not counted', () => {
  const text = shop.replace(', price: $0.20/h', '').replace(/requirements[^]*/, '');
  const { cost } = resultsOf(played(text));
  expect(cost!.unpriced).toEqual(['redis']);
  expect(cost!.perMonth).toBeCloseTo(18.25 + 146 + 2920, 9);
});

test('instances that are switched off are not paid for', () => {
  const scaled = `
name: Scaled
duration: 100s
traffic:
  app: { rate: 10/s, operation: get, to: api }
components:
  api:
    kind: service
    instances: 1
    price: $1/h
    operations: { get: [ { work: 5ms } ] }
faults:
  - { at: 50s, change: api.instances, to: 3 }
`;
  const { cost } = resultsOf(played(scaled));
  // One for half of the time; two more for a little less than the other half: they have to start.
  expect(cost!.perMonth / 730).toBeGreaterThan(1.8);
  expect(cost!.perMonth / 730).toBeLessThan(2);
});

test('a design without prices says nothing of money', () => {
  expect(resultsOf(played(clockwork)).cost).toBeUndefined();
});
