import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disciplines } from '../../src/model/discipline.ts';
import { Desk } from './desk.ts';
import type { End, Job, Rules } from './desk.ts';

const names = [...disciplines.values()].filter(({ shared }) => !shared).map(({ name }) => name);

/** The same queue written down as plainly as possible: arrays, searched from end to end. */
class PlainDesk {
  readonly ends: (End | undefined)[] = [];
  private readonly rules: Rules;
  private readonly jobs: readonly Job[];
  private readonly left: number[];
  private waiting: { job: number; since: number; interrupted: boolean }[] = [];
  private serving: { job: number; until: number; order: number }[] = [];
  private events: { time: number; order: number; job: number; kind: string }[] = [];
  private order = 0;
  private now = 0;

  constructor(rules: Rules, jobs: readonly Job[]) {
    this.rules = rules;
    this.jobs = jobs;
    this.left = jobs.map(({ demand }) => demand);
    let time = 0;
    for (const [job, { after }] of jobs.entries()) {
      time += after;
      this.plan(time, job, 'arrival');
    }
    while (this.events.length > 0) this.next();
  }

  private next(): void {
    this.events.sort((one, other) => one.time - other.time || one.order - other.order);
    const { time, order, job, kind } = this.events.shift()!;
    this.now = time;
    if (kind === 'arrival') this.arrive(job);
    else if (kind === 'patience') this.giveUp(job);
    else {
      this.serving = this.serving.filter((entry) => entry.order !== order);
      this.ends[job] = { how: 'served', at: time };
      this.takeNext();
    }
  }

  private arrive(job: number): void {
    const { capacity, discipline, patience, workers } = this.rules;
    if (this.serving.length < workers) return this.start(job);
    const victim = this.serving.reduce((worst, entry) =>
      this.urgency(entry.job) > this.urgency(worst.job) ||
      (this.urgency(entry.job) === this.urgency(worst.job) && entry.order > worst.order)
        ? entry
        : worst,
    );
    if (discipline === 'priority-preemptive' && this.urgency(victim.job) > this.urgency(job)) {
      this.serving = this.serving.filter((entry) => entry !== victim);
      this.events = this.events.filter((event) => event.order !== victim.order);
      this.left[victim.job] = victim.until - this.now;
      this.waiting.unshift({ job: victim.job, since: this.now, interrupted: true });
      return this.start(job);
    }
    if (this.waiting.length >= capacity) {
      this.ends[job] = { how: 'rejected', at: this.now };
      return undefined;
    }
    this.waiting.push({ job, since: this.now, interrupted: false });
    if (patience !== null) this.plan(this.now + patience, job, 'patience');
    return undefined;
  }

  private giveUp(job: number): void {
    const place = this.waiting.findIndex((entry) => entry.job === job && !entry.interrupted);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.ends[job] = { how: 'expired', at: this.now };
  }

  private takeNext(): void {
    if (this.waiting.length === 0) return;
    let best = 0;
    for (let place = 1; place < this.waiting.length; place++) {
      const byUrgency = this.rules.discipline.startsWith('priority');
      const [one, other] = [this.waiting[place]!.job, this.waiting[best]!.job];
      if (this.rules.discipline === 'lifo') best = place;
      else if (byUrgency && this.urgency(one) < this.urgency(other)) best = place;
    }
    const [chosen] = this.waiting.splice(best, 1);
    this.events = this.events.filter(
      (event) => event.kind !== 'patience' || event.job !== chosen!.job,
    );
    this.start(chosen!.job);
  }

  private start(job: number): void {
    const until = this.now + this.left[job]!;
    this.serving.push({ job, until, order: this.order });
    this.plan(until, job, 'end');
  }

  private plan(time: number, job: number, kind: string): void {
    this.events.push({ time, order: this.order++, job, kind });
  }

  private urgency(job: number): number {
    return this.jobs[job]!.priority;
  }
}

const jobs = fc.array(fc.record({ after: fc.nat(40), demand: fc.nat(60), priority: fc.nat(7) }), {
  maxLength: 80,
});
const limits = fc.record({
  workers: fc.integer({ min: 1, max: 4 }),
  capacity: fc.constantFrom(0, 1, 3, 10, Infinity),
  patience: fc.constantFrom(null, null, 0, 15, 50),
});

describe.each(names)('a station with the discipline %s', (discipline) => {
  it('serves, rejects and loses the same jobs at the same times as plain arrays do', () => {
    fc.assert(
      fc.property(jobs, limits, (list, rules) => {
        const desk = new Desk({ discipline, ...rules }, list).run();
        expect(desk.ends).toEqual(new PlainDesk({ discipline, ...rules }, list).ends);
        expect([desk.station.busy, desk.station.queue, desk.calls.inUse]).toEqual([0, 0, 0]);
      }),
      { numRuns: 400 },
    );
  });

  it('obeys Little and the law of utilisation: areas equal sums of times', () => {
    fc.assert(
      fc.property(jobs, limits, (list, rules) => {
        const desk = new Desk({ discipline, ...rules }, list).run();
        expect(desk.count('queueArea')).toBe(desk.count('waitNs'));
        expect(desk.count('busyArea')).toBe(desk.count('serviceNs'));
        const served = desk.ends.flatMap((end, job) =>
          end!.how === 'served' ? list[job]!.demand : [],
        );
        expect(desk.count('serviceNs')).toBe(served.reduce((sum, demand) => sum + demand, 0));
        const ways = ['completions', 'rejections', 'expired', 'lost'].map((way) => desk.count(way));
        expect(ways.reduce((sum, way) => sum + way, 0)).toBe(list.length);
        expect(desk.count('started')).toBe(served.length);
        const waits = desk.waits.merged(0, 1);
        expect(waits.count).toBe(served.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is empty and works on after everything in it was dropped', () => {
    fc.assert(
      fc.property(jobs, limits, fc.nat(1_500), (list, rules, moment) => {
        const desk = new Desk({ discipline, ...rules }, list).run(moment);
        for (const job of desk.rows.keys()) desk.drop(job);
        expect([desk.station.busy, desk.station.queue, desk.calls.inUse]).toEqual([0, 0, 0]);
        desk.run();
        expect(desk.ends.filter((end) => end !== undefined)).toHaveLength(list.length);
        expect(desk.count('queueArea')).toBe(desk.count('waitNs'));
        expect(desk.count('busyArea')).toBe(desk.count('serviceNs'));
        const lost = desk.ends.filter((end) => end!.how === 'dropped').length;
        expect(desk.count('lost')).toBe(lost);
      }),
      { numRuns: 200 },
    );
  });
});

/** Jobs that arrive one nanosecond apart at a desk with one worker, by demand and urgency. */
function burstOf(discipline: string, list: readonly (readonly [number, number])[]): Desk {
  const burst = list.map(([demand, priority]) => ({ after: 1, demand, priority }));
  return new Desk({ discipline, workers: 1, capacity: 99, patience: null }, burst).run();
}

describe('a station', () => {
  const four = [
    [100, 3],
    [10, 5],
    [10, 1],
    [10, 5],
  ] as const;

  it('serves in the order of its discipline', () => {
    expect(burstOf('fifo', four).started).toEqual([0, 1, 2, 3]);
    expect(burstOf('lifo', four).started).toEqual([0, 3, 2, 1]);
    expect(burstOf('priority', four).started).toEqual([0, 2, 1, 3]);
  });

  it('interrupts the less urgent, which resumes with what was left', () => {
    const desk = burstOf('priority-preemptive', four);
    expect(desk.ends.map((end) => end!.at)).toEqual([1 + 100 + 10, 121, 13, 131]);
    expect(desk.started).toEqual([0, 2, 1, 3]);
  });

  it('never interrupts for an equal', () => {
    const desk = burstOf('priority-preemptive', [
      [100, 3],
      [10, 3],
    ]);
    expect(desk.ends.map((end) => end!.at)).toEqual([101, 111]);
  });

  it('counts those who waited and notes the longest line of the window', () => {
    const desk = burstOf('fifo', four);
    expect(desk.count('waited')).toBe(3);
    expect(desk.station.tally.maxima[0]).toBe(3);
    const waits = desk.waits.merged(0, 1);
    expect([waits.min, waits.max]).toEqual([0, 100 + 10 + 10 - 3]);
  });

  it('lets nobody wait when there are workers without limit', () => {
    const list = Array.from({ length: 500 }, () => ({ after: 0, demand: 7, priority: 0 }));
    const rules = { discipline: 'fifo', workers: Infinity, capacity: 0, patience: null };
    const desk = new Desk(rules, list).run();
    expect(desk.ends.every((end) => end!.how === 'served' && end!.at === 7)).toBe(true);
    expect(desk.count('busyArea')).toBe(500 * 7);
  });

  it('says what the rows that are still there have waited and been served so far', () => {
    const rules = { discipline: 'fifo', workers: 1, capacity: 9, patience: null };
    const list = [5, 5, 5].map(() => ({ after: 5, demand: 100, priority: 0 }));
    const desk = new Desk(rules, list).run(50);
    expect(desk.station.unfinished()).toEqual({ waitNs: 40 + 35, serviceNs: 45 });
    expect(desk.count('queueArea')).toBe(desk.count('waitNs') + 75);
    expect(desk.count('busyArea')).toBe(desk.count('serviceNs') + 45);
  });
});
