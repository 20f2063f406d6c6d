import { describe, expect, it } from 'vitest';
import { Cdn } from '../../../src/model/components/cdn/cdn.ts';
import type { Run } from '../../../src/model/run.ts';
import {
  MS,
  componentAs,
  expectDrained,
  finished,
  operation,
  own,
  runOf,
  stationTotal,
  total,
} from '../rehearsal.ts';

interface Shape {
  readonly edge?: string;
  readonly origin?: string;
  readonly traffic?: string;
  readonly mix?: string;
  readonly rate?: string;
  readonly keys?: number;
  readonly faults?: string;
  readonly more?: string;
}

/** Viewers of photos behind a cdn with two points, one in each of two regions. */
function photos(shape: Shape): string {
  const mix = shape.mix ?? '{ view: 100% }';
  return `
name: A cdn
duration: 40s
zones: [home, east, west]
traffic:
  viewers: { rate: ${shape.rate ?? '300/s'}, stop: 30s, to: edge, zone: east, mix: ${mix} }
  ${shape.traffic ?? ''}
data: { photos: { keys: ${shape.keys ?? 500}, size: 10KB, stored-in: db } }
components:
  edge:
    kind: cdn
    origin: ${shape.origin ?? 'api'}
    caches: [view]
    data: photos
    zones: [east, west]
    capacity: 1000 entries
    ${shape.edge ?? ''}
  ${shape.more ?? ''}
  api:
    kind: service
    workers: unlimited
    zones: home
    operations:
      view: [ { read: photos } ]
      upload: [ { write: photos } ]
  db: { kind: database, workers: unlimited, connections: unlimited, zones: home, start-up: 1s }
network: { cross-zone: 40ms, same-zone: 1ms, clients: 5ms }
faults: [ ${shape.faults ?? ''} ]
`;
}

const shield = (more = '') =>
  `shield: { kind: cdn, origin: api, caches: [view], data: photos, zones: home,
    capacity: 1000 entries, ${more} }`;

function entriesOf(run: Run, cdn = 'edge'): number[] {
  return componentAs(run, cdn, Cdn).stores.map(({ size }) => size);
}

function lookUps(run: Run, cdn = 'edge'): number {
  return own(run, cdn, 'hits') + own(run, cdn, 'misses');
}

describe('a cdn', () => {
  it('C40: answers from the copy at a point, and fetches what the point lacks', () => {
    const run = finished(photos({}));
    expect(lookUps(run)).toBe(total(run, 'view', 'offered'));
    expect(own(run, 'edge', 'fills')).toBe(own(run, 'edge', 'originRequests'));
    expect(stationTotal(run, 'db', 'arrivals')).toBe(own(run, 'edge', 'originRequests'));
    // Everything is fetched once and then stays: there is room for all.
    expect(own(run, 'edge', 'fills')).toBe(entriesOf(run)[0]);
    const { latency } = operation(run, 'view');
    const all = latency.merged(0, latency.closed.length + 1);
    // To the point and back, and 0.2 ms there.
    expect(all.min).toBe(2.2 * MS);
    expect(all.max).toBeGreaterThan(80 * MS);
    expectDrained(run);
  });

  it('C40: gives each point contents of its own, and clients the point in their zone', () => {
    const run = finished(
      photos({ traffic: 'others: { rate: 50/s, to: edge, zone: west, operation: view }' }),
    );
    const [east, west] = entriesOf(run);
    expect(east).toBeGreaterThan(west!);
    expect(west).toBeGreaterThan(100);
    const outside = finished(photos({}).replace('zone: east, mix', 'mix'));
    const [first, second] = entriesOf(outside);
    expect(Math.abs(first! - second!)).toBeLessThan(60);
  });

  it('C40: passes on what it may not keep', () => {
    const run = finished(photos({ mix: '{ view: 60%, upload: 40% }' }));
    expect(own(run, 'db', 'writes')).toBe(total(run, 'upload', 'ok'));
    expect(lookUps(run)).toBe(total(run, 'view', 'offered'));
    expect(own(run, 'edge', 'originRequests')).toBe(
      own(run, 'edge', 'fills') + total(run, 'upload', 'offered'),
    );
    expectDrained(run);
  });

  it('C40: counts the bytes that it gives and those that it takes', () => {
    const run = finished(photos({}));
    expect(own(run, 'edge', 'edgeBytes')).toBe(10_000 * total(run, 'view', 'ok'));
    expect(own(run, 'edge', 'originBytes')).toBe(10_000 * own(run, 'edge', 'fills'));
  });

  it('C41: lets all who miss one answer wait for one fetch, unless told not to', () => {
    const hot = { keys: 1, rate: '1k/s', edge: 'ttl: 1s' };
    const together = finished(photos(hot));
    const alone = finished(
      photos({ ...hot, edge: 'ttl: 1s, coalesce: false'.replace(', ', '\n    ') }),
    );
    // Thirty ages of about 1.08 s: a fetch for each.
    expect(own(together, 'edge', 'originRequests')).toBeLessThan(31);
    expect(own(together, 'edge', 'coalesced')).toBeGreaterThan(1000);
    expect(own(together, 'edge', 'misses')).toBe(
      own(together, 'edge', 'coalesced') + own(together, 'edge', 'originRequests'),
    );
    // Alone, each of the 1,000 a second that come within the 81 ms of a fetch fetches as well.
    const each = own(alone, 'edge', 'originRequests') / own(together, 'edge', 'originRequests');
    expect(each).toBeGreaterThan(60);
    expect(each).toBeLessThan(100);
    expectDrained(together);
  });

  it('C41: gives those who waited for a fetch the same bad end', () => {
    const run = finished(
      photos({ keys: 1, edge: 'timeout: 500ms', faults: '{ at: 0s, crash: db }' }),
    );
    expect(total(run, 'view', 'failed')).toBe(total(run, 'view', 'offered'));
    expect(own(run, 'edge', 'coalesced')).toBeGreaterThan(100);
    expectDrained(run);
  });

  it('C42: a shield asks the origin once for what all points lack', () => {
    const west = 'others: { rate: 300/s, stop: 30s, to: edge, zone: west, operation: view }';
    const direct = finished(photos({ traffic: west, edge: 'ttl: 5s' }));
    const shielded = finished(
      photos({ traffic: west, edge: 'ttl: 5s', origin: 'shield', more: shield() }),
    );
    const asked = own(direct, 'edge', 'originRequests');
    expect(stationTotal(direct, 'db', 'arrivals')).toBe(asked);
    expect(lookUps(shielded, 'shield')).toBe(own(shielded, 'edge', 'originRequests'));
    // It keeps everything for good, so each photo is asked for once.
    expect(stationTotal(shielded, 'db', 'arrivals')).toBe(entriesOf(shielded, 'shield')[0]);
    expect(stationTotal(shielded, 'db', 'arrivals')).toBeLessThan(asked / 5);
    expectDrained(shielded);
  });

  const writers = 'writers: { rate: 20/s, stop: 20s, to: api, zone: home, operation: upload }';

  it('C43: leaves copies as they are when a record is written, until they expire', () => {
    const kept = finished(photos({ traffic: writers }));
    const expiring = finished(photos({ traffic: writers, edge: 'ttl: 2s' }));
    expect(own(kept, 'edge', 'invalidations')).toBe(0);
    expect(own(kept, 'edge', 'staleReads')).toBeGreaterThan(3000);
    expect(own(expiring, 'edge', 'staleReads')).toBeLessThan(own(kept, 'edge', 'staleReads') / 3);
    expect(own(expiring, 'edge', 'staleReads')).toBeGreaterThan(50);
  });

  it('C43: purges copies at all points a lag after the write', () => {
    const run = finished(photos({ traffic: writers, edge: 'on-write: invalidate' }));
    const slow = finished(
      photos({ traffic: writers, edge: 'on-write: invalidate\n    message-lag: 3s' }),
    );
    expect(own(run, 'edge', 'invalidations')).toBeGreaterThan(100);
    expect(own(run, 'edge', 'staleReads')).toBeLessThan(own(slow, 'edge', 'staleReads') / 5);
    expect(own(run, 'edge', 'staleReads')).toBeGreaterThan(0);
  });

  it('C43: pushes what is popular at the start, and every new version to every point', () => {
    const pull = finished(photos({ traffic: writers }));
    const push = finished(photos({ traffic: writers, edge: 'fill: push' }));
    expect(entriesOf(runOf(photos({ edge: 'fill: push' })))).toEqual([500, 500]);
    expect(own(push, 'edge', 'misses')).toBe(0);
    expect(own(push, 'edge', 'originRequests')).toBe(0);
    expect(own(push, 'edge', 'pushes')).toBe(2 * total(push, 'upload', 'ok'));
    expect(own(push, 'edge', 'originBytes')).toBe(10_000 * own(push, 'edge', 'pushes'));
    expect(own(push, 'edge', 'staleReads')).toBeLessThan(own(pull, 'edge', 'staleReads') / 5);
    expectDrained(push);
  });

  it('C43: tells a point that cannot be reached nothing, and does not tell it later', () => {
    const cut = '{ at: 1s, partition: [home, east], for: 20s }';
    const run = finished(photos({ traffic: writers, edge: 'fill: push', faults: cut }));
    const [east, west] = componentAs(run, 'edge', Cdn).stores;
    const versions = (store: typeof east) =>
      Array.from({ length: 500 }, (_, key) => store!.versionAt(store!.find(key)));
    const behind = versions(east).filter((version, key) => version < versions(west)[key]!);
    expect(behind.length).toBeGreaterThan(50);
  });

  it('C44: answers with an expired copy while the origin fails, as long as it may', () => {
    const crash = '{ at: 10s, crash: db, for: 15s }';
    const strict = finished(photos({ edge: 'ttl: 2s', faults: crash }));
    const graceful = finished(photos({ edge: 'ttl: 2s\n    stale-if-error: 5s', faults: crash }));
    expect(own(strict, 'edge', 'staleIfError')).toBe(0);
    expect(own(graceful, 'edge', 'staleIfError')).toBeGreaterThan(500);
    const [most, some] = [strict, graceful].map((run) => total(run, 'view', 'failed'));
    expect(most! - some!).toBeGreaterThan(1000);
    // From 7 s after the crash on no copy may be used any more: 8 s with 300 requests each.
    expect(some).toBeGreaterThan(7.5 * 300);
    expectDrained(graceful);
  });

  it('C44: a point that is down is passed over, and loses its copies unless it keeps them', () => {
    const lost = finished(photos({ faults: '{ at: 10s, crash: edge/node-1, for: 10s }' }));
    expect(total(lost, 'view', 'failed')).toBeLessThan(20);
    expect(entriesOf(lost)[1]).toBeGreaterThan(200);
    const kept = finished(photos({ faults: '{ at: 10s, restart: edge/node-1 }' }));
    expect(own(kept, 'edge', 'fills')).toBeLessThan(own(lost, 'edge', 'fills'));
    expectDrained(lost);
  });
});
