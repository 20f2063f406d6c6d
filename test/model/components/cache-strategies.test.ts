// What the strategies of a cache do with writes, expiry and invalidation, at the level of single
// requests; where a number can be worked out by hand, it is.
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import type { Run } from '../../../src/model/run.ts';
import {
  SECOND,
  componentAs,
  expectDrained,
  finished,
  own,
  runOf,
  stationTotal,
  total,
} from '../rehearsal.ts';
import { integral, poisson } from './counted-by-hand.ts';

interface Shape {
  readonly redis?: string;
  readonly data?: string;
  readonly mix?: string;
  readonly rate?: string;
  readonly faults?: string;
  readonly keys?: number;
  readonly capacity?: string;
  readonly db?: string;
  readonly more?: string;
}

/** Readers and writers of a dataset behind one cache. */
function shop(shape: Shape): string {
  return `
name: A cache
duration: 40s
traffic:
  app:
    rate: ${shape.rate ?? '400/s'}
    stop: 30s
    to: api
    timeout: 1s
    mix: ${shape.mix ?? '{ get: 90%, put: 10% }'}
data:
  goods:
    keys: ${shape.keys ?? 200}
    popularity: uniform
    stored-in: db
    cached-in: redis
    ${shape.data ?? ''}
components:
  api:
    kind: service
    workers: unlimited
    operations: { get: [ { read: goods } ], put: [ { write: goods } ] }
  redis: { kind: cache, capacity: ${shape.capacity ?? '1000 entries'}, ${shape.redis ?? ''} }
  db: { kind: database, workers: unlimited, connections: unlimited, ${shape.db ?? ''} }
${shape.more ?? ''}
faults: [ ${shape.faults ?? ''} ]
`;
}

function share(run: Run, part: string, whole: string): number {
  return own(run, 'redis', part) / own(run, 'redis', whole);
}

const reasons = ['Cold', 'Capacity', 'Expired', 'Invalidated', 'Lost', 'Refused'] as const;

function missesBy(run: Run): Record<(typeof reasons)[number], number> {
  const counts = reasons.map((reason) => [reason, own(run, 'redis', `misses${reason}`)]);
  return Object.fromEntries(counts) as Record<(typeof reasons)[number], number>;
}

describe('write-around', () => {
  it('C7: a write goes to the store alone and the copy is deleted', () => {
    const run = finished(shop({ redis: 'strategy: write-around' }));
    expect(own(run, 'db', 'writes')).toBe(total(run, 'put', 'ok'));
    // The node has looked things up and deleted copies, and taken no write.
    const lookUps = own(run, 'redis', 'hits') + own(run, 'redis', 'misses');
    const commands = lookUps + total(run, 'put', 'ok');
    expect(stationTotal(run, 'redis', 'arrivals')).toBe(commands);
    expect(own(run, 'redis', 'invalidations')).toBeGreaterThan(500);
    expectDrained(run);
  });
});

describe('write-back', () => {
  const writes = { redis: 'strategy: write-back, flush-every: 5s', mix: '{ put: 100% }' };

  it('C8: the cache acknowledges a write, and the store has it by the next flush', () => {
    const run = finished(shop(writes));
    expect(own(run, 'redis', 'bufferedWrites')).toBe(total(run, 'put', 'ok'));
    const coalesced = own(run, 'redis', 'coalescedWrites');
    // Every write is sent to the store, or the one that took its place is.
    expect(own(run, 'redis', 'flushes')).toBe(total(run, 'put', 'ok') - coalesced);
    expect(own(run, 'db', 'writes')).toBe(own(run, 'redis', 'flushes'));
    expect(own(run, 'redis', 'lostWrites')).toBe(0);
    expectDrained(run);
  });

  it('C8: writes of one key between two flushes become one: a share 1 − exp(−λT) of keys', () => {
    const flushEvery = 5;
    const perKey = 400 / 1000;
    const run = finished(shop({ ...writes, keys: 1000 }));
    const cycles = 30 / flushEvery;
    const expected = 1000 * cycles * (1 - Math.exp(-perKey * flushEvery));
    // A binomial number of 6,000 draws: its deviation is 22.
    expect(Math.abs(own(run, 'redis', 'flushes') - expected)).toBeLessThan(4 * 22);
  });

  it('C8: begins to write back at once when so many entries wait', () => {
    const run = finished(shop({ ...writes, redis: `${writes.redis}, dirty-limit: 10` }));
    const cache = componentAs(run, 'redis', Cache);
    const most = cache.tally.maximum('dirty', 0, Infinity);
    expect(most).toBeGreaterThanOrEqual(10);
    expect(most).toBeLessThan(20);
  });

  it('C9: reads see the newest acknowledged write, and those that pass the cache by do not', () => {
    const run = finished(
      shop({
        redis: 'strategy: write-back, flush-every: 5s',
        mix: '{ get: 50%, put: 50% }',
        more: '',
      }),
    );
    expect(own(run, 'redis', 'staleReads')).toBe(0);
    const beside = finished(
      shop({ redis: 'strategy: write-back, flush-every: 5s', mix: '{ put: 100% }' }).replace(
        'data:',
        `  auditor:
    { rate: 100/s, stop: 30s, to: db, mix: { read: { share: 100%, keys: goods } } }
data:`,
      ),
    );
    // A key of 200 is written twice a second, so of the 5 s between flushes 4.5 s are stale.
    const stale = own(beside, 'db', 'staleReads') / own(beside, 'db', 'reads');
    const expected = 1 - (1 - Math.exp(-10)) / 10;
    expect(Math.abs(stale - expected)).toBeLessThan(0.05);
  });

  it('C10: a crash loses what was not written back, and no more', () => {
    // Of one key in a million each, no two writes meet: 400 a second for the 2.5 s since 20 s.
    const faults = '{ at: 22500ms, crash: redis, for: 5s }';
    const run = finished(shop({ ...writes, keys: 1_000_000, capacity: '100k entries', faults }));
    const lost = own(run, 'redis', 'lostWrites');
    expect(Math.abs(lost - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    const kept = own(run, 'db', 'writes') + lost;
    const buffered = own(run, 'redis', 'bufferedWrites');
    expect(kept).toBeLessThanOrEqual(buffered);
    expect(kept).toBeGreaterThanOrEqual(buffered - own(run, 'redis', 'coalescedWrites'));
    expect(own(run, 'redis', 'coalescedWrites')).toBeLessThan(40);
    expectDrained(run);
  });

  it('C10: write-through loses nothing in the same crash', () => {
    const run = finished(
      shop({
        redis: 'strategy: write-through',
        mix: '{ put: 100% }',
        faults: '{ at: 22500ms, crash: redis, for: 5s }',
      }),
    );
    expect(own(run, 'redis', 'lostWrites')).toBe(0);
    expect(own(run, 'db', 'writes')).toBeGreaterThanOrEqual(total(run, 'put', 'ok'));
  });

  it('C10: a restart that keeps the memory loses nothing and goes on writing back', () => {
    const faults = '{ at: 22500ms, restart: redis }';
    const run = finished(shop({ ...writes, faults }));
    expect(own(run, 'redis', 'lostWrites')).toBe(0);
    const cache = componentAs(run, 'redis', Cache);
    expect(cache.tally.maximum('dirty', 0, Infinity)).toBeGreaterThan(0);
    expectDrained(run);
  });

  it('C11: a dirty entry that is evicted is written first, and is a hit until then', () => {
    const run = finished(
      shop({
        redis: 'strategy: write-back, flush-every: 5s',
        mix: '{ get: 50%, put: 50% }',
        capacity: '50 entries',
      }),
    );
    expect(own(run, 'redis', 'dirtyEvictions')).toBeGreaterThan(1000);
    expect(own(run, 'redis', 'staleReads')).toBe(0);
    // A write may come while the store is asked; the cache then gives the newer value.
    expect(own(run, 'db', 'staleReads')).toBeLessThan(own(run, 'db', 'reads') / 100);
    expect(own(run, 'redis', 'lostWrites')).toBe(0);
    expectDrained(run);
  });

  it('C11: what the store refuses stays and is written again', () => {
    const faults = '{ at: 12s, crash: db, for: 6s }';
    const run = finished(shop({ ...writes, faults, db: 'start-up: 100ms' }));
    expect(own(run, 'redis', 'failedFlushes')).toBeGreaterThan(100);
    expect(own(run, 'redis', 'lostWrites')).toBe(0);
    expect(total(run, 'put', 'failed')).toBe(0);
    expectDrained(run);
  });
});

describe('the state of strategies', () => {
  it('is in every checkpoint: what follows is the same after going back', () => {
    const strategies = [
      'strategy: write-back, flush-every: 3s, flush-width: 4',
      'strategy: refresh-ahead, ttl: 2s, expiry: active',
      'on-write: message, ttl: 3s, negative-ttl: 2s',
    ];
    for (const redis of strategies) {
      const run = runOf(
        shop({
          redis,
          data: 'absent: 20%',
          mix: '{ get: 50%, put: 50% }',
          capacity: '80 entries',
          faults: '{ at: 14500ms, crash: redis, for: 1s }',
        }),
      );
      run.advance(13.7 * SECOND);
      const checkpoint = new Checkpoint(run);
      run.advance(Infinity);
      const cache = componentAs(run, 'redis', Cache);
      const ends = () => [run.hash, ...cache.tally.counts, cache.staleAges.merged(0, 99).count];
      const first = ends();
      checkpoint.restore();
      run.advance(Infinity);
      expect(ends()).toEqual(first);
    }
  });
});

describe('refresh-ahead', () => {
  const redis = 'strategy: refresh-ahead, ttl: 2s, refresh-at: 50%';

  it('C12: a hit on an entry that is old enough fetches it anew while the reader goes on', () => {
    const run = finished(shop({ redis, mix: '{ get: 100% }', rate: '2000/s' }));
    // Ten reads a second of each key: an entry is read in its second half and never expires.
    expect(own(run, 'redis', 'missesExpired')).toBeLessThan(10);
    const refreshes = own(run, 'redis', 'refreshes');
    expect(own(run, 'db', 'reads')).toBe(own(run, 'redis', 'misses') + refreshes);
    // Half a ttl, then the gap to the next read: 1.1 s a cycle of each key.
    expect(Math.abs(refreshes / ((200 * 30) / 1.1) - 1)).toBeLessThan(0.03);
    expectDrained(run);
  });

  it('C12: what nobody asks for is not fetched', () => {
    const run = finished(shop({ redis, mix: '{ get: 100% }', rate: '20/s' }));
    expect(own(run, 'redis', 'refreshes')).toBeLessThan(own(run, 'redis', 'missesExpired'));
  });
});

describe('expiry', () => {
  it('C13: remembers that there is no record, for as long as it is told', () => {
    const absent = { data: 'absent: 50%', mix: '{ get: 100% }' };
    const without = finished(shop(absent));
    expect(own(without, 'redis', 'absentHits')).toBe(0);
    // Half of all reads ask the store for nothing.
    const asked = own(without, 'db', 'reads') / total(without, 'get', 'ok');
    expect(asked).toBeGreaterThan(0.5);
    for (const strategy of ['cache-aside', 'read-through']) {
      const redis = `negative-ttl: 10s, strategy: ${strategy}`;
      const run = finished(shop({ ...absent, redis }));
      // One read a second of each such key: a hit ratio of λT / (1 + λT).
      const looks = own(run, 'redis', 'absentHits') + own(run, 'redis', 'missesExpired') + 200;
      expect(Math.abs(own(run, 'redis', 'absentHits') / looks - 10 / 11)).toBeLessThan(0.03);
      expectDrained(run);
    }
  });

  it('C13: a write is of a record, whatever key was drawn', () => {
    const run = finished(
      shop({ data: 'absent: 90%', mix: '{ get: 50%, put: 50% }', redis: 'negative-ttl: 10s' }),
    );
    // Beside the cache only a fill that overtakes a delete can bring an old value.
    expect(share(run, 'staleReads', 'hits')).toBeLessThan(0.02);
    expect(own(run, 'redis', 'invalidations')).toBeGreaterThan(100);
  });

  it('C14: active expiry keeps the dead to about a quarter, lazy expiry keeps all of them', () => {
    const shape = { keys: 100_000, capacity: '100k entries', mix: '{ get: 100% }' };
    const runs = ['lazy', 'active'].map((expiry) =>
      finished(shop({ ...shape, redis: `ttl: 5s, expiry: ${expiry}` })),
    );
    const [lazy, active] = runs.map((run) => {
      const store = componentAs(run, 'redis', Cache).stores[0]!;
      return store.size;
    });
    // Nobody has asked for ten seconds: nothing that is alive is left.
    expect(lazy).toBeGreaterThan(9_000);
    expect(active).toBeLessThan(300);
    expect(own(runs[1]!, 'redis', 'sweptExpirations')).toBeGreaterThan(9_000);
  });
});

describe('invalidation', () => {
  it('C15: update puts the new value in, and two writers may do so in the wrong order', () => {
    const calm = finished(shop({ redis: 'on-write: update' }));
    expect(own(calm, 'redis', 'invalidations')).toBe(0);
    expect(own(calm, 'redis', 'missesInvalidated')).toBe(0);
    // One key, forty writes a second, and a way to the cache of very different lengths.
    const race = finished(
      shop({
        redis: 'on-write: update',
        keys: 1,
        more: 'network: { same-zone: exponential(20ms) }',
      }),
    );
    expect(own(race, 'redis', 'olderFills')).toBeGreaterThan(50);
    expect(own(race, 'redis', 'staleReads')).toBeGreaterThan(500);
    const deleting = finished(shop({ keys: 1, more: 'network: { same-zone: exponential(20ms) }' }));
    expect(own(race, 'redis', 'staleReads')).not.toBe(own(deleting, 'redis', 'staleReads'));
  });

  it('C16: a message of the store deletes the copy after its lag', () => {
    const run = finished(
      shop({ redis: 'on-write: message, message-lag: 300ms', mix: '{ get: 95%, put: 5% }' }),
    );
    expect(own(run, 'redis', 'messageDeletes')).toBeGreaterThan(300);
    expect(own(run, 'redis', 'messageDeletes')).toBe(own(run, 'redis', 'invalidations'));
    const cache = componentAs(run, 'redis', Cache);
    const ages = cache.staleAges.merged(0, 99);
    expect(ages.count).toBe(own(run, 'redis', 'staleReads'));
    // What is read before the message comes is stale, and never for longer than the lag, but for
    // a fill that overtakes the message.
    expect(ages.quantile(0.5)).toBeGreaterThan(0.1 * SECOND);
    expect(ages.quantile(0.9)).toBeLessThan(0.31 * SECOND);
  });

  it('C17: counts stale reads by versions behind, as Poisson writes since the fill have it', () => {
    // A copy lives half a second and its key is written eight times a second; a read sees it at an
    // age that is even over that time.
    const run = finished(
      shop({
        redis: 'on-write: none, ttl: 500ms',
        mix: '{ get: 75%, put: 25% }',
        rate: '6400/s',
        keys: 200,
      }),
    );
    const [rate, ttl] = [8, 0.5];
    const mean = (k: number) => integral((age) => poisson(k, rate * age), ttl) / ttl;
    const hits = own(run, 'redis', 'hits');
    const shares = ['staleBy1', 'staleBy2', 'staleBy3OrMore'].map(
      (column) => own(run, 'redis', column) / hits,
    );
    const expected = [mean(1), mean(2), 1 - mean(0) - mean(1) - mean(2)];
    shares.forEach((each, place) => {
      expect(Math.abs(each - expected[place]!)).toBeLessThan(0.01);
    });
    const sum = shares.reduce((left, right) => left + right, 0);
    expect(sum).toBeCloseTo(share(run, 'staleReads', 'hits'), 12);
  });
});

describe('the reasons of misses', () => {
  it('C18: every miss has one, and it is what had become of the key', () => {
    const whole = (run: Run) => Object.values(missesBy(run)).reduce((sum, count) => sum + count);
    const cold = finished(shop({ mix: '{ get: 100% }' }));
    expect(missesBy(cold)).toMatchObject({ Capacity: 0, Expired: 0, Invalidated: 0, Lost: 0 });
    const small = finished(shop({ mix: '{ get: 100% }', capacity: '50 entries' }));
    expect(missesBy(small).Cold).toBeGreaterThanOrEqual(200);
    expect(missesBy(small).Cold).toBeLessThan(230);
    expect(missesBy(small).Capacity).toBeGreaterThan(8_000);
    const old = finished(shop({ mix: '{ get: 100% }', redis: 'ttl: 1s' }));
    // Who comes before it is filled again misses for the same reason.
    const expirations = own(old, 'redis', 'expirations');
    expect(missesBy(old).Expired).toBeGreaterThanOrEqual(expirations);
    expect(missesBy(old).Expired).toBeLessThan(expirations * 1.02);
    const written = finished(shop({}));
    expect(missesBy(written)).toMatchObject({ Capacity: 0, Expired: 0, Lost: 0 });
    expect(missesBy(written).Invalidated).toBeGreaterThan(500);
    const emptied = finished(
      shop({ mix: '{ get: 100% }', faults: '{ at: 15s, restart-cold: redis }' }),
    );
    expect(missesBy(emptied).Lost).toBeGreaterThanOrEqual(195);
    expect(missesBy(emptied)).toMatchObject({ Capacity: 0, Expired: 0, Invalidated: 0 });
    // Two nodes more take over about half of the keys, and have none of them.
    const moved = finished(
      shop({
        mix: '{ get: 100% }',
        redis: 'nodes: 2',
        faults: '{ at: 15s, change: redis.nodes, to: 4 }',
      }),
    );
    expect(missesBy(moved).Lost).toBeGreaterThan(60);
    expect(missesBy(moved).Lost).toBeLessThan(140);
    expect(missesBy(moved)).toMatchObject({ Capacity: 0, Expired: 0, Invalidated: 0 });
    const large = finished(shop({ mix: '{ get: 100% }', capacity: '10KB', data: 'size: 20KB' }));
    expect(missesBy(large).Refused).toBeGreaterThan(11_000);
    for (const run of [cold, small, old, written, emptied, moved, large]) {
      expect(whole(run)).toBe(own(run, 'redis', 'misses'));
    }
  });
});
