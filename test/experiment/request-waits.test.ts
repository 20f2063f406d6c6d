// Two readers miss the same key at the same instant, and the second waits for the first one's fetch.
import { describe, expect, test } from 'vitest';
import type { RequestTrace } from '../../src/experiment/trace-types.ts';
import { constant, pathOf, spansOf, still, traceOf } from './traces.ts';

describe('the trace of who misses while another fetches shows the wait for that fetch', () => {
  const shop = (components: string, to = 'api') => `
name: Shop
duration: 5s
traffic:
  first: { ${constant}, stop: 150ms, operation: get, to: ${to} }
  second: { ${constant}, stop: 150ms, operation: get, to: ${to} }
data: { goods: { keys: 1, stored-in: db${to === 'api' ? ', cached-in: redis' : ''} } }
components:
  api: { kind: service, workers: 2, operations: { get: [ { read: goods } ] } }
  ${components}
  db: { kind: database, service: { read: 5ms }, workers: 4 }
${still}
`;
  const redis = (words: string) =>
    `redis: { kind: cache, nodes: 1, workers: 2, service: 1ms, capacity: 9 entries, ${words} }`;
  const waitsOf = (trace: RequestTrace) =>
    trace.spans
      .map(({ label }, index) => `${spansOf(trace)[index]!}: ${label}`)
      .filter((line) => line.startsWith('wait'));

  test('of its instance', () => {
    const trace = traceOf(shop(redis('stampede: single-flight')), 2);
    // The other asks the store from 13 to 20 ms.
    expect(waitsOf(trace)).toEqual(["wait api/1 13–20: waits at api/1 for another's fetch"]);
    expect(trace.sentence).toBe('30.0 ms, of which 20.0 ms on the network second > api');
    expect(pathOf(trace)).toContain('wait api/1 7');
  });

  test('of the cache', () => {
    const trace = traceOf(shop(redis('strategy: read-through, stampede: single-flight')), 2);
    expect(waitsOf(trace)).toEqual([
      "wait redis/node-1 12–19: waits at redis/node-1 for another's fetch",
    ]);
  });

  test('until the cache is filled', () => {
    const trace = traceOf(shop(redis('stampede: global-single-flight')), 2);
    // The value is at the other reader at 20 ms, and in the cache 2 ms later.
    expect(waitsOf(trace)).toEqual([
      "wait redis/node-1 12–22: waits at redis/node-1 for another's fetch",
    ]);
  });

  test('with a lease, asking again and again', () => {
    const trace = traceOf(shop(redis('stampede: lease, lease-wait: 4ms')), 2);
    expect(waitsOf(trace)).toEqual([
      "wait api/1 13–17: waits at api/1 for another's fetch",
      "wait api/1 20–24: waits at api/1 for another's fetch",
    ]);
  });

  test('of its point, also when that fails', () => {
    const cdn =
      'edge: { kind: cdn, origin: api, caches: [get], data: goods, timeout: 4ms, capacity: 9 entries,' +
      ' service: 1ms, workers: 2, retries: { attempts: 1 } }';
    const trace = traceOf(shop(cdn, 'edge'), 2);
    expect(trace.outcome).not.toBe('ok');
    expect(waitsOf(trace)).toEqual([
      "wait edge/node-1 11–15: waits at edge/node-1 for another's fetch",
    ]);
  });
});
