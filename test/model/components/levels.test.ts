import { describe, expect, it } from 'vitest';
import { Cache } from '../../../src/model/components/cache/cache.ts';
import type { Run } from '../../../src/model/run.ts';
import { componentAs, expectDrained, finished, own, runOf, total } from '../rehearsal.ts';

/** One reader behind two caches, who asks so slowly that nothing is in flight at the next request. */
function levels(first: string, second: string, more = ''): string {
  return `
name: Two levels
duration: 200s
traffic: { app: { rate: 50/s, arrivals: constant, stop: 190s, to: api, operation: get } }
data: { goods: { keys: 500, popularity: zipf(0.8), stored-in: db, cached-in: [first, second] } }
components:
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  first: { kind: cache, ${first} }
  second: { kind: cache, ${second} }
  db: { kind: database }
network: { same-zone: 100us, clients: 0s }
${more}
`;
}

function keysIn(run: Run, cache: string): number[] {
  const [store] = componentAs(run, cache, Cache).stores;
  return Array.from({ length: 500 }, (_, key) => key).filter((key) => store!.find(key) >= 0);
}

describe('levels of caches', () => {
  it('C48: two exclusive LRU caches hit exactly where one LRU of both sizes would', () => {
    const text = levels('capacity: 20 entries, inclusion: exclusive', 'capacity: 60 entries');
    const run = finished(text);
    const { keys } = runOf(text).world;
    const goods = keys.dataset('goods');
    const stream = keys.stream('app', goods);
    const recent: number[] = [];
    const hits = { first: 0, second: 0 };
    const asked = own(run, 'first', 'hits') + own(run, 'first', 'misses');
    for (let request = 0; request < asked; request++) {
      const key = goods.draw(stream);
      const place = recent.indexOf(key);
      if (place >= 0) {
        recent.splice(place, 1);
        hits[place < 20 ? 'first' : 'second']++;
      }
      recent.unshift(key);
      recent.length = Math.min(recent.length, 80);
    }
    expect(asked).toBeGreaterThan(9000);
    expect(hits.second).toBeGreaterThan(1000);
    expect(own(run, 'first', 'hits')).toBe(hits.first);
    expect(own(run, 'second', 'hits')).toBe(hits.second);
    expect(own(run, 'db', 'reads')).toBe(asked - hits.first - hits.second);
    expect(keysIn(run, 'first')).toEqual(recent.slice(0, 20).sort((a, b) => a - b));
    expect(keysIn(run, 'second').length).toBe(60);
    expectDrained(run);
  });

  it('C48: an entry is in one of two exclusive caches, and often in both of others', () => {
    const both = (inclusion: string) => {
      const first = `capacity: 50 entries, inclusion: ${inclusion}`;
      const run = finished(levels(first, 'capacity: 100 entries'));
      const second = new Set(keysIn(run, 'second'));
      return keysIn(run, 'first').filter((key) => second.has(key)).length;
    };
    expect(both('exclusive')).toBe(0);
    expect(both('free')).toBeGreaterThan(20);
  });

  it('C48: exclusive caches hold more together than others, so the store is asked less', () => {
    const reads = ['exclusive', 'free'].map((inclusion) =>
      own(
        finished(levels(`capacity: 50 entries, inclusion: ${inclusion}`, 'capacity: 50 entries')),
        'db',
        'reads',
      ),
    );
    expect(reads[0]).toBeLessThan(reads[1]! * 0.95);
  });

  it('C49: a cache takes what was found behind it as often as it promotes', () => {
    const fills = ['100%', '50%', '0%'].map((promote) => {
      const first = `capacity: 20 entries, promote: ${promote}`;
      const run = finished(levels(first, 'capacity: 500 entries'));
      return {
        fills: own(run, 'first', 'fills'),
        behind: own(run, 'second', 'hits'),
        reads: own(run, 'db', 'reads'),
        offered: total(run, 'get', 'offered'),
      };
    });
    const [always, half, never] = fills;
    expect(always!.fills).toBe(always!.behind + always!.reads);
    expect(never!.fills).toBe(never!.reads);
    const taken = (half!.fills - half!.reads) / half!.behind;
    expect(Math.abs(taken - 0.5)).toBeLessThan(0.03);
  });

  it('C49: knows of a value that a cache reads through whether it came from the store', () => {
    const run = finished(
      levels('capacity: 20 entries, promote: 0%', 'capacity: 500 entries, strategy: read-through'),
    );
    expect(own(run, 'first', 'fills')).toBe(own(run, 'db', 'reads'));
    expect(own(run, 'db', 'reads')).toBe(own(run, 'second', 'misses'));
    expectDrained(run);
  });
});
