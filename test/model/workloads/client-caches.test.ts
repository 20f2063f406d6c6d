import { describe, expect, it } from 'vitest';
import { Experiment } from '../../../src/experiment/experiment.ts';
import { Recording } from '../../../src/experiment/recording.ts';
import { resultsOf } from '../../../src/experiment/results.ts';
import { traceRequest } from '../../../src/experiment/trace-request.ts';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import { Popularity } from '../../../src/kernel/popularity.ts';
import { streamFor } from '../../../src/kernel/random.ts';
import type { Edge } from '../../../src/model/edge.ts';
import type { Run } from '../../../src/model/run.ts';
import { Population } from '../../../src/model/workloads/population.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import {
  MS,
  SECOND,
  componentAs,
  expectDrained,
  finished,
  operation,
  own,
  runOf,
  total,
} from '../rehearsal.ts';

interface Shape {
  /** The rate, or what a closed loop has instead. */
  readonly load?: string;
  readonly mix?: string;
  /** The group of the caches; an empty text: there are none. */
  readonly caches?: string;
  readonly data?: string;
  readonly traffic?: string;
  readonly faults?: string;
  readonly duration?: number;
  readonly to?: string;
}

const kept = 'client-cache: { clients: 20, capacity: 1000 entries, keeps: [view] }';

function shop(shape: Shape): string {
  const seconds = shape.duration ?? 60;
  return `
name: Clients that keep what they have seen
duration: ${seconds + 10}s
traffic:
  app:
    ${shape.load ?? 'rate: 200/s'}
    stop: ${seconds}s
    to: ${shape.to ?? 'api'}
    mix: ${shape.mix ?? '{ view: 100% }'}
    ${shape.caches ?? kept}
  ${shape.traffic ?? ''}
data: { goods: { keys: 200, stored-in: db, size: 2KB${shape.data ?? ''} } }
components:
  api:
    kind: service
    workers: unlimited
    operations:
      view: [ { read: goods } ]
      list: [ { read: goods } ]
      edit: [ { write: goods } ]
  db: { kind: database, workers: unlimited, connections: unlimited, service: { read: 1ms, write: 1ms } }
network: { clients: 20ms, same-zone: 0s }
faults: [ ${shape.faults ?? ''} ]
`;
}

function caches(run: Run) {
  return componentAs(run, 'app', Population).caches!;
}

function counted(run: Run, column: string): number {
  const { counts, columns } = caches(run).tally;
  return counts[columns.indexOf(column)]!;
}

function calls(run: Run, from = 'app'): number {
  const path = (run.world.paths as Edge[]).find((each) => each.from === from)!;
  return path.tally.counts[path.tally.columns.indexOf('calls')]!;
}

describe('clients that keep answers', () => {
  it('C53: answer themselves what they have, at once and without a message', () => {
    const run = finished(shop({}));
    const hits = counted(run, 'hits');
    expect(hits + counted(run, 'misses')).toBe(total(run, 'view', 'offered'));
    expect(hits).toBeGreaterThan(5000);
    expect(calls(run)).toBe(counted(run, 'misses'));
    expect(own(run, 'db', 'reads')).toBe(counted(run, 'misses'));
    expect(total(run, 'view', 'ok')).toBe(total(run, 'view', 'offered'));
    expect(total(run, 'view', 'attempts')).toBe(counted(run, 'misses'));
    const { latency } = operation(run, 'view');
    const all = latency.merged(0, latency.closed.length + 1);
    expect(all.min).toBe(0);
    expect(all.countAbove(40 * MS)).toBe(counted(run, 'misses'));
    expectDrained(run);
  });

  it('C53: keep for themselves: with one client more is found than with many', () => {
    const keeping = (clients: number) => {
      const group = kept
        .replace('clients: 20', `clients: ${clients}`)
        .replace('1000 entries', '50 entries');
      const run = finished(shop({ caches: group }));
      // What is asked for again before the first answer is there misses too.
      expect(caches(run).table.entries).toBeLessThanOrEqual(counted(run, 'misses'));
      return counted(run, 'hits');
    };
    const [one, many, most] = [keeping(1), keeping(100), keeping(100_000)];
    expect(one).toBeGreaterThan(many);
    expect(many).toBeGreaterThan(most);
    expect(most).toBeLessThan(100);
  });

  it('C53: keep as many entries or bytes as there is room for, and let the oldest go', () => {
    const entries = kept.replace('1000 entries', '5 entries');
    const bytes = kept.replace('1000 entries', '11KB');
    const one = finished(shop({ caches: entries }));
    const other = finished(shop({ caches: bytes }));
    expect(caches(one).table.entries).toBe(20 * 5);
    expect(counted(one, 'evictions')).toBeGreaterThan(1000);
    expect(counted(one, 'evictions') + 20 * 5).toBeLessThanOrEqual(counted(one, 'fills'));
    // Five records of 2 KB fit into 11 KB, so the runs are the same.
    expect(other.hash).toBe(one.hash);
  });

  it('C53: draw whose request it is from a stream of their own', () => {
    const bare = finished(shop({ caches: '' }));
    const run = finished(shop({}));
    expect(total(run, 'view', 'offered')).toBe(total(bare, 'view', 'offered'));
    const busy = finished(
      shop({ caches: kept.replace('clients:', 'activity: zipf(2), clients:') }),
    );
    // The clients that ask most have nearly everything.
    expect(counted(busy, 'hits')).toBeGreaterThan(counted(run, 'hits'));
    expect(total(busy, 'view', 'offered')).toBe(total(bare, 'view', 'offered'));
  });

  it('C53: of a closed loop have one cache each and think after a hit as after an answer', () => {
    const group = 'client-cache: { capacity: 1000 entries, keeps: [view] }';
    const run = finished(
      shop({ load: 'clients: 10, think: 100ms'.replace(', ', '\n    '), caches: group }),
    );
    const offered = total(run, 'view', 'offered');
    const misses = counted(run, 'misses');
    // A turn lasts 100 ms, and 41 ms longer when something is sent.
    const turns = (10 * 60 * SECOND - misses * 41 * MS) / (100 * MS);
    expect(Math.abs(offered - turns)).toBeLessThanOrEqual(10);
    expect(caches(run).clients).toBe(10);
    expect(caches(run).table.entries).toBe(misses);
    expectDrained(run);
  });

  it('C54: go on with an old copy after a write by others until it expires', () => {
    const traffic = 'staff: { rate: 20/s, stop: 30s, to: api, operation: edit }';
    const forEver = finished(shop({ traffic }));
    const brief = finished(shop({ traffic, caches: kept.replace('keeps', 'ttl: 2s, keeps') }));
    const stale = (run: Run, from: number, to: number) =>
      caches(run).tally.sum('staleReads', from, to);
    expect(counted(forEver, 'invalidations') + counted(forEver, 'expirations')).toBe(0);
    expect(stale(forEver, 0, 30)).toBeGreaterThan(1000);
    expect(stale(forEver, 33, 60)).toBeGreaterThan(1000);
    expect(counted(brief, 'expirations')).toBeGreaterThan(500);
    expect(stale(brief, 0, 30)).toBeGreaterThan(100);
    expect(stale(brief, 33, 60)).toBe(0);
  });

  it('C54: never show an old value where nobody writes', () => {
    expect(counted(finished(shop({})), 'staleReads')).toBe(0);
  });

  it('C54: drop their own copies of what they have written themselves', () => {
    const mix = '{ view: 80%, edit: 20% }';
    const one = finished(
      shop({ load: 'rate: 1/s', mix, caches: kept.replace('clients: 20', 'clients: 1') }),
    );
    // The one client who writes has no old copy, as answers come before its next request.
    expect(counted(one, 'invalidations')).toBeGreaterThan(0);
    expect(counted(one, 'staleReads')).toBe(0);
    const many = finished(shop({ mix }));
    expect(counted(many, 'invalidations')).toBeGreaterThan(20);
    expect(counted(many, 'staleReads')).toBeGreaterThan(500);
    expectDrained(many);
  });

  it('C54: keep answers of each operation apart, and drop all of them after a write', () => {
    const group = kept.replace('[view]', '[view, list]').replace('clients: 20', 'clients: 1');
    const apart = finished(shop({ mix: '{ view: 50%, list: 50% }', caches: group }));
    expect(caches(apart).table.entries).toBeGreaterThan(350);
    expect(caches(apart).table.entries).toBeLessThanOrEqual(400);
    const mix = '{ view: 45%, list: 45%, edit: 10% }';
    const written = finished(shop({ mix, caches: group, load: 'rate: 20/s' }));
    expect(counted(written, 'invalidations')).toBeGreaterThan(total(written, 'edit', 'ok') * 0.6);
  });

  it('C54: keep nothing of what failed, and hits go on when the design is gone', () => {
    const run = finished(shop({ faults: '{ at: 30s, crash: api }' }));
    expect(counted(run, 'fills')).toBe(counted(run, 'misses') - total(run, 'view', 'failed'));
    expect(total(run, 'view', 'failed')).toBeGreaterThan(100);
    const { tally } = operation(run, 'view');
    expect(tally.sum('ok', 32, 60)).toBeGreaterThan(2000);
    expect(tally.sum('ok', 32, 60)).toBe(tally.sum('unsent', 32, 60));
    expectDrained(run);
  });

  it('C54: may ask a cache or a database itself', () => {
    const mix = '{ read: { share: 90%, keys: goods }, write: { share: 10%, keys: goods } }';
    const run = finished(shop({ to: 'db', mix, caches: kept.replace('view', 'read') }));
    expect(counted(run, 'hits')).toBeGreaterThan(1000);
    expect(counted(run, 'invalidations')).toBeGreaterThan(10);
    expectDrained(run);
  });

  it('C53: have another ttl from the moment on at which it changes', () => {
    const group = kept.replace('keeps', 'ttl: 1h, keeps');
    const faults = '{ at: 30s, change: app.client-cache.ttl, to: 500ms }';
    const run = finished(shop({ caches: group, faults }));
    const { tally } = caches(run);
    expect(tally.sum('expirations', 0, 30)).toBe(0);
    expect(tally.sum('expirations', 30, 60)).toBeGreaterThan(0);
  });

  it('C53: are in every checkpoint', () => {
    const run = runOf(shop({ caches: kept.replace('1000 entries', '20 entries') }));
    run.advance(20 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(Infinity);
    const { hash } = run;
    checkpoint.restore();
    expect(run.time).toBeLessThan(30 * SECOND);
    run.advance(Infinity);
    expect(run.hash).toBe(hash);
  });

  it('C53: show in the trace of a request, which ends where it began', () => {
    const text = shop({ caches: kept.replace('clients: 20', 'clients: 1') });
    const { scenario } = loadScenario(text, { file: 'test.yaml' });
    const recording = new Recording(new Experiment(scenario!));
    recording.advance(20 * SECOND);
    const traces = [3000, 3001, 3002, 3003, 3004].map((request) =>
      traceRequest(recording, {
        request,
        near: recording.frontier,
        frontier: recording.frontier,
      })!,
    );
    const hits = traces.filter(({ attempts }) => attempts === 0);
    expect(hits.length).toBeGreaterThan(0);
    for (const { end, outcome, spans, start } of hits) {
      expect(outcome).toBe('ok');
      expect(end).toBe(start);
      expect(spans.filter(({ kind }) => kind === 'call')).toEqual([]);
    }
  });

  it('C53: are in the results and in claims', () => {
    const text = `${shop({})}expect: [client hit ratio of app > 90%, client hits > 3, retries = 0]\n`;
    const { scenario } = loadScenario(text, { file: 'test.yaml' });
    const experiment = new Experiment(scenario!);
    experiment.run.advance(Infinity);
    const { checks, clients, expect: claims } = resultsOf(experiment);
    const { clients: count, fills, hitRatio, hits, misses } = clients!['app']!;
    expect(count).toBe(20);
    expect(hits / (hits + misses)).toBe(hitRatio);
    expect(fills).toBe(misses);
    expect(claims.map(({ measured }) => measured)).toEqual([hitRatio, hits, 0]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('theory of private caches', () => {
  it.each([0.5, 2, 8])('a share λT / (1 + λT) of look-ups hits with a ttl of %s gaps', (gaps) => {
    // Every client asks for every key once in 20 s: λ is the same for all of them.
    const [clients, keys, rate] = [20, 20, 400 / 20];
    const ttl = gaps * 20;
    const text = shop({
      load: `rate: ${rate}/s`,
      duration: 8000,
      caches: `client-cache: { clients: ${clients}, capacity: 1000 entries, ttl: ${ttl}s, keeps: [view] }`,
    })
      .replace('keys: 200', `keys: ${keys}, popularity: uniform`)
      .replace('clients: 20ms', 'clients: 0s')
      .replace('read: 1ms', 'read: 1us');
    const run = finished(text);
    const looked = counted(run, 'hits') + counted(run, 'misses');
    const expected = gaps / (1 + gaps);
    // Four deviations, with the scatter of renewals at its largest, that of a Poisson process.
    expect(Math.abs(counted(run, 'hits') / looked - expected)).toBeLessThan(
      4 * Math.sqrt(expected / looked),
    );
  });

  it('popular keys of busy clients hit as often as λT / (1 + λT) says of each pair', () => {
    const rate = 100;
    const ttl = 30;
    const [clients, keys] = [50, 200];
    const group = `client-cache: { clients: ${clients}, activity: zipf(0.8), capacity: 1000 entries`;
    const text = shop({
      load: `rate: ${rate}/s`,
      duration: 1500,
      caches: `${group}, ttl: ${ttl}s, keeps: [view] }`,
    })
      .replace('clients: 20ms', 'clients: 0s')
      .replace('read: 1ms', 'read: 1us');
    const run = finished(text);
    const who = new Popularity({ kind: 'zipf', exponent: 0.8 }, clients);
    const what = new Popularity({ kind: 'zipf', exponent: 0.99 }, keys);
    let expected = 0;
    for (let client = 0; client < clients; client++) {
      for (let key = 0; key < keys; key++) {
        const share = who.probability(client) * what.probability(key);
        const mean = share * rate * ttl;
        expected += (share * mean) / (1 + mean);
      }
    }
    const looked = counted(run, 'hits') + counted(run, 'misses');
    expect(Math.abs(counted(run, 'hits') / looked - expected)).toBeLessThan(
      4 * Math.sqrt(expected / looked),
    );
  });

  it('clients with little room hit as often as lists in an independent simulation', () => {
    const [clients, room, keys] = [40, 10, 200];
    const group = `client-cache: { clients: ${clients}, capacity: ${room} entries, keeps: [view] }`;
    const run = finished(
      shop({ duration: 500, caches: group })
        .replace('clients: 20ms', 'clients: 0s')
        .replace('read: 1ms', 'read: 1us'),
    );
    const looked = counted(run, 'hits') + counted(run, 'misses');
    const expected = listsHit(clients, room, keys, looked);
    const measured = counted(run, 'hits') / looked;
    expect(Math.abs(measured - expected)).toBeLessThan(4 * Math.sqrt((2 * expected) / looked));
  });
});

/** Hit ratio of lists that are used by independent draws, with random numbers of its own. */
function listsHit(clients: number, room: number, keys: number, requests: number): number {
  const stream = streamFor('independent', 'lists', 'draws');
  const law = new Popularity({ kind: 'zipf', exponent: 0.99 }, keys);
  const lists: number[][] = Array.from({ length: clients }, () => []);
  let hits = 0;
  for (let request = 0; request < requests; request++) {
    const list = lists[stream.below(clients)]!;
    const key = law.draw(stream);
    const place = list.indexOf(key);
    if (place >= 0) {
      hits++;
      list.splice(place, 1);
    } else if (list.length === room) list.shift();
    list.push(key);
  }
  return hits / requests;
}
