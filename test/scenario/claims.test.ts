import { describe, expect, test } from 'vitest';
import { claimMetrics } from '../../src/scenario/claim-metrics.ts';
import { changed, codes, shop, sound } from './example.ts';
import type { Claim } from '../../src/scenario/claims.ts';

/** The one claim of the example, with a component of every kind, so that metrics have a subject. */
function scenarioWith(claim: string): string {
  const keeping = 'client-cache: { clients: 10, capacity: 5 entries, keeps: [look] }';
  const cached = changed(
    shop,
    ['stored-in: items-db', 'stored-in: items-db, cached-in: hot'],
    ['to: shop', 'to: edge, operation: buy'],
    ['buy: [', 'look: [ { read: items } ]\n      buy: ['],
    ['data:\n', `  readers: { rate: 1/s, to: edge, operation: look, ${keeping} }\ndata:\n`],
    ['duration: 1m', `duration: 1m\nrequirements:\n  - ${claim}`],
  );
  const hot =
    'hot: { kind: cache, nodes: 2, capacity: 10% of items, shadow: [200%, s3-fifo 100%] }';
  const near = 'near: { kind: cdn, origin: edge, caches: [look], data: items, capacity: 1GB }';
  return `${cached}  ${hot}\n  edge: { kind: load-balancer, to: shop }\n  ${near}\n`;
}

function claimOf(text: string): Claim {
  return sound(scenarioWith(text)).requirements[0]!;
}

describe('claims', () => {
  test.each<[string, Partial<Claim>]>([
    ['p99 of buy < 120ms', { metric: 'p99', subject: 'buy', comparator: '<', value: 120e6 }],
    ['p99.9 < 1s', { metric: 'p99.9', subject: null, value: 1e9, unit: 'ns' }],
    ['availability >= 99.95%', { metric: 'availability', comparator: '>=', value: 0.9995 }],
    ['goodput>=4k/s', { metric: 'goodput', value: 4_000, unit: 'per-second' }],
    ['failed of shoppers != 0', { metric: 'failed', subjectKind: 'population', comparator: '!=' }],
    ['p99 wait of shop/1 <= 5ms', { metric: 'p99 wait', subject: 'shop/1' }],
    ['waiting probability of hot < 20%', { metric: 'waiting probability', value: 0.2 }],
    ['lost writes = 0', { metric: 'lost writes', subject: null, subjectKind: null, value: 0 }],
    ['promotions of items-db/shard-1 = 1', { subject: 'items-db/shard-1' }],
    ['hit ratio of hot/node-2 > 80%', { subject: 'hot/node-2', subjectKind: 'component' }],
    ['hit ratio of hot with 200% > 80%', { subject: 'hot', shadow: '200%', value: 0.8 }],
    [
      'hit ratio of hot with s3-fifo 100% at 20s > 80%',
      { metric: 'hit ratio', shadow: 's3-fifo 100%', fromNs: 20e9 },
    ],
    ['imbalance of shop < 1.2', { metric: 'imbalance', value: 1.2, unit: 'number' }],
    ['replication lag of items-db < 10ms', { metric: 'replication lag', value: 1e7 }],
  ])('%s', (text, expected) => {
    expect(claimOf(text)).toMatchObject({ text, line: 4, ...expected });
  });

  test.each<[string, number | null, number | null]>([
    ['mean of buy < 1s', null, null],
    ['mean of buy at 20s < 1s', 20e9, 21e9],
    ['mean of buy at 20.9s < 1s', 20e9, 21e9],
    ['mean of buy between 10s and 20s < 1s', 10e9, 20e9],
    ['mean of buy after 30s < 1s', 30e9, null],
    ['mean of buy before 30s < 1s', null, 30e9],
    ['mean between 10s and 1m < 1s', 10e9, 60e9],
  ])('%s looks at the time it names', (text, fromNs, toNs) => {
    expect(claimOf(text)).toMatchObject({ fromNs, toNs });
  });

  test('the second at the very end of a run ends with it', () => {
    expect(claimOf('mean at 59.5s < 1s')).toMatchObject({ fromNs: 59e9, toNs: 60e9 });
  });

  test('the plan cuts its totals at the warm-up and at every time that a claim names', () => {
    const text = changed(scenarioWith('mean of buy between 20s and 30s < 1s'), [
      'duration: 1m',
      'duration: 1m\nwarm-up: 10s\nexpect: [ p50 at 20s < 1s, max after 40s < 9s ]',
    ]);
    expect(sound(text).plan.cutsNs).toEqual([10e9, 20e9, 21e9, 30e9, 40e9]);
  });

  test('every metric can be claimed with a value of its unit, and only with such', () => {
    const values = {
      ns: '5ms',
      share: '5%',
      'per-second': '5/s',
      count: '5',
      number: '5',
      money: '$5/month',
    };
    const subjects: Record<string, string> = {
      cache: 'hot',
      cdn: 'near',
      database: 'items-db',
      service: 'shop',
      'load-balancer': 'edge',
    };
    for (const { name, subject, kinds, unit } of claimMetrics) {
      const who = { requests: 'buy', clients: 'readers', component: 'shop' }[subject];
      const of = kinds === null ? who : subjects[kinds[0]!]!;
      expect(claimOf(`${name} of ${of} < ${values[unit]}`)).toMatchObject({ metric: name, unit });
      expect(codes(scenarioWith(`${name} of ${of} < five`))[0]).toMatch(/^bad-/);
    }
  });

  test('metrics have different names', () => {
    expect(new Set(claimMetrics.map(({ name }) => name)).size).toBe(claimMetrics.length);
  });
});
