import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';
import type { Job } from './desk.ts';

const discipline = 'processor-sharing';
/** Each end is rounded up to a whole nanosecond, and delays those after it by as much. */
const ROUNDING = 200;

/** When each job is over if all progress at speed min(1, workers / n), by stepping through time. */
function fluidEnds(jobs: readonly Job[], workers: number): number[] {
  const ends: number[] = [];
  const left = new Map<number, number>();
  let now = 0;
  let next = 0;
  let arrival = jobs[0]?.after ?? Infinity;
  while (next < jobs.length || left.size > 0) {
    const speed = Math.min(1, workers / left.size);
    const nearest = Math.min(...left.values());
    const end = now + nearest / speed;
    const time = Math.min(end, arrival);
    for (const [job, work] of left) left.set(job, work - (time - now) * speed);
    now = time;
    for (const [job, work] of left) {
      if (work > 1e-6) continue;
      left.delete(job);
      ends[job] = now;
    }
    if (time === arrival) {
      left.set(next, jobs[next]!.demand);
      next++;
      arrival = next < jobs.length ? now + jobs[next]!.after : Infinity;
    }
  }
  return ends;
}

const jobs = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 40_000 }),
    demand: fc.integer({ min: 1, max: 60_000 }),
    priority: fc.constant(0),
  }),
  { maxLength: 60 },
);
const workers = fc.integer({ min: 1, max: 5 });

describe('a station in which all share the workers', () => {
  it('ends every job when a fluid that all drink from would', () => {
    fc.assert(
      fc.property(jobs, workers, (list, count) => {
        const rules = { discipline, workers: count, capacity: Infinity, patience: null };
        const desk = new Desk(rules, list).run();
        const expected = fluidEnds(list, count);
        for (const [job, end] of desk.ends.entries()) {
          expect(end!.how).toBe('served');
          expect(Math.abs(end!.at - expected[job]!)).toBeLessThan(ROUNDING);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('obeys Little and the law of utilisation, and is empty in the end', () => {
    fc.assert(
      fc.property(jobs, workers, fc.constantFrom(0, 2, Infinity), (list, count, capacity) => {
        const desk = new Desk({ discipline, workers: count, capacity, patience: null }, list).run();
        const spent = desk.count('waitNs') + desk.count('serviceNs');
        const areas = desk.count('queueArea') + desk.count('busyArea');
        expect(Math.abs(spent - areas)).toBeLessThan(1e-6 * areas + 1e-3);
        const served = list.filter((_, job) => desk.ends[job]!.how === 'served');
        expect(desk.count('completions')).toBe(served.length);
        expect(desk.count('rejections')).toBe(list.length - served.length);
        const demand = served.reduce((sum, job) => sum + job.demand, 0);
        expect(desk.count('serviceNs')).toBeCloseTo(demand, 3);
        expect(Math.abs(desk.count('busyArea') - demand)).toBeLessThan(ROUNDING * list.length + 1);
        expect([desk.station.busy, desk.station.queue, desk.calls.inUse]).toEqual([0, 0, 0]);
      }),
      { numRuns: 200 },
    );
  });

  it('is empty and works on after everything in it was dropped', () => {
    fc.assert(
      fc.property(jobs, workers, fc.nat(800_000), (list, count, moment) => {
        const rules = { discipline, workers: count, capacity: 3, patience: null };
        const desk = new Desk(rules, list).run(moment);
        for (const job of desk.rows.keys()) desk.drop(job);
        expect([desk.station.busy, desk.station.queue, desk.calls.inUse]).toEqual([0, 0, 0]);
        desk.run();
        expect(desk.ends.filter((end) => end !== undefined)).toHaveLength(list.length);
        const spent = desk.count('waitNs') + desk.count('serviceNs');
        const areas = desk.count('queueArea') + desk.count('busyArea');
        expect(Math.abs(spent - areas)).toBeLessThan(1e-6 * areas + 1e-3);
      }),
      { numRuns: 200 },
    );
  });

  it('lets a short job overtake a long one', () => {
    const list = [1_000, 10].map((demand) => ({ after: 1, demand, priority: 0 }));
    const desk = new Desk({ discipline, workers: 1, capacity: 9, patience: null }, list).run();
    expect(desk.ends.map((end) => end!.at)).toEqual([1 + 1_000 + 10, 2 + 20]);
  });

  it('turns away who finds workers and line full', () => {
    const list = [50, 50, 50, 50].map((demand) => ({ after: 1, demand, priority: 0 }));
    const desk = new Desk({ discipline, workers: 1, capacity: 2, patience: null }, list).run();
    expect(desk.ends.map((end) => end!.how)).toEqual(['served', 'served', 'served', 'rejected']);
    expect(desk.station.tally.maxima[0]).toBe(2);
  });

  it('reports unfinished work so that sums and areas agree at any moment', () => {
    const list = [900, 300, 700].map((demand) => ({ after: 100, demand, priority: 0 }));
    for (let moment = 50; moment < 2_000; moment += 50) {
      const rules = { discipline, workers: 2, capacity: 9, patience: null };
      const desk = new Desk(rules, list).run(moment);
      const { serviceNs, waitNs } = desk.station.unfinished();
      expect(desk.count('serviceNs') + serviceNs).toBeCloseTo(desk.count('busyArea'), 0);
      expect(desk.count('waitNs') + waitNs).toBeCloseTo(desk.count('queueArea'), 0);
    }
  });
});
