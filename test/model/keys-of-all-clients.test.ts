import { expect, test } from 'vitest';
import { finished, own } from './rehearsal.ts';

function shop(popularity: string): string {
  return `
name: Two ways to the same goods
duration: 3s
traffic:
  web: { rate: 50/s, arrivals: constant, to: api, stop: 2s }
  app: { rate: 50/s, arrivals: constant, to: api, start: 5ms, stop: 2s }
data: { goods: { keys: 250, popularity: "${popularity}", stored-in: db, cached-in: redis } }
components:
  api: { kind: service, workers: unlimited, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, capacity: 100% of goods }
  db: { kind: database, workers: unlimited }
`;
}

test('what goes in turn goes on from one population to the next, and no key comes twice', () => {
  const run = finished(shop('scan'));
  expect(own(run, 'redis', 'hits')).toBe(0);
  expect(own(run, 'redis', 'misses')).toBeGreaterThan(190);
});

test('what moves after so many requests counts those of all populations', () => {
  // The only hot key moves on at every other request: it is asked for twice, once by each.
  const run = finished(shop('drift(0.4%, 100%, every 2)'));
  const hits = own(run, 'redis', 'hits');
  const misses = own(run, 'redis', 'misses');
  expect(hits + misses).toBeGreaterThan(190);
  expect(hits).toBeGreaterThan(misses - 3);
  expect(hits).toBeLessThan(misses + 3);
});
