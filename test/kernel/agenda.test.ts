import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../../src/kernel/agenda.ts';
import { streamFor } from '../../src/kernel/random.ts';

interface Entry {
  readonly time: number;
  readonly sequence: number;
  readonly owner: number;
  readonly slot: number;
}

/** What a taken event carried: time, owner, kind and the two integers. */
type Taken = readonly number[] | null;

function take(agenda: Agenda): Taken {
  const slot = agenda.take();
  if (slot < 0) return null;
  const { events } = agenda;
  const rest = [events.kind(slot), events.first(slot), events.second(slot)];
  return [events.time(slot), events.owner(slot), ...rest];
}

/** Owner, kind and details that belong together, so that a mixed-up slot shows. */
function detailsOf(owner: number): readonly [number, number, number, number] {
  return [owner, (owner % 60) - 1, -owner, owner * 7];
}

function before(left: Entry, right: Entry): boolean {
  return left.time === right.time ? left.sequence < right.sequence : left.time < right.time;
}

/** The plainest agenda there is: an array kept sorted. */
class SortedArray {
  readonly entries: Entry[] = [];

  add(entry: Entry): void {
    let place = this.entries.length;
    while (place > 0 && before(entry, this.entries[place - 1]!)) place--;
    this.entries.splice(place, 0, entry);
  }
}

/** An agenda beside its oracle; every act is done to both and compared. */
class Pair {
  readonly agenda: Agenda;
  readonly oracle = new SortedArray();
  private readonly reserved: number[] = [];
  private sequence = 0;
  private now = 0;
  private owner = 0;

  constructor(capacity: number) {
    this.agenda = new Agenda(capacity);
  }

  schedule(delay: number): void {
    const owner = ++this.owner;
    const time = this.now + delay;
    const slot = this.agenda.schedule(time, ...detailsOf(owner));
    this.oracle.add({ time, sequence: this.sequence++, owner, slot });
  }

  reserve(): void {
    this.reserved.push(this.agenda.takeSequence());
    this.sequence++;
  }

  scheduleReserved(delay: number): void {
    const sequence = this.reserved.shift();
    if (sequence === undefined) return;
    const owner = ++this.owner;
    const time = this.now + delay;
    const slot = this.agenda.scheduleAs(sequence, time, ...detailsOf(owner));
    this.oracle.add({ time, sequence, owner, slot });
  }

  cancel(which: number): void {
    const { entries } = this.oracle;
    if (entries.length === 0) return;
    const [entry] = entries.splice(which % entries.length, 1);
    this.agenda.cancel(entry!.slot);
  }

  take(): void {
    const first = this.oracle.entries.shift();
    const expected = first === undefined ? null : [first.time, ...detailsOf(first.owner)];
    expect(take(this.agenda)).toEqual(expected);
    if (first !== undefined) this.now = first.time;
  }

  look(): void {
    expect(this.agenda.nextTime()).toBe(this.oracle.entries[0]?.time ?? Infinity);
    expect(this.agenda.size).toBe(this.oracle.entries.length);
  }
}

type Act = (pair: Pair) => void;

/** Delays of every size: many equal, near, far, and as far as whole numbers reach. */
const delay = fc.oneof(
  fc.constantFrom(0, 0, 1, 5),
  fc.nat(50),
  fc.nat(1_000_000),
  fc.integer({ min: 1_000_000_000, max: 1_000_000_100 }),
  fc.integer({ min: 0, max: 1e12 }).map((ms) => ms * 1_000),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: delay.map(
      (ns): Act =>
        (pair) =>
          pair.schedule(ns),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Act>((pair) => pair.reserve()) },
  {
    weight: 1,
    arbitrary: delay.map(
      (ns): Act =>
        (pair) =>
          pair.scheduleReserved(ns),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat().map(
      (which): Act =>
        (pair) =>
          pair.cancel(which),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Act>((pair) => pair.take()) },
  { weight: 1, arbitrary: fc.constant<Act>((pair) => pair.look()) },
  // Bursts build the ladder, which stands only above some hundreds of events.
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(400), delay, delay).map(([count, start, step]): Act => (pair) => {
      for (let index = 0; index < count; index++) pair.schedule(start + (index % 7) * step);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(300).map((count): Act => (pair) => {
      for (let index = 0; index < count; index++) pair.take();
    }),
  },
);

describe('the agenda', () => {
  it.each([1, 16, 64])(
    'agrees with a sorted array after any acts, from capacity %i',
    (capacity) => {
      fc.assert(
        fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
          const pair = new Pair(capacity);
          for (const one of acts) one(pair);
          pair.look();
          while (pair.oracle.entries.length > 0) pair.take();
          pair.take();
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each([
    ['spread evenly', (draw: number) => Math.floor(draw * 1e9)],
    ['of few different times', (draw: number) => Math.floor(draw * 20) * 1_000],
    [
      'near and far',
      (draw: number) => (draw < 0.5 ? Math.floor(draw * 100) : 1e13 + draw * 2 ** 8),
    ],
    ['over fifteen powers of ten', (draw: number) => Math.floor(1 / (draw + 1e-15))],
  ])('sorts two hundred thousand events %s, a third of them cancelled', (_name, timeOf) => {
    const stream = streamFor('1', 'agenda', 'times');
    const agenda = new Agenda(16);
    const entries: Entry[] = [];
    for (let owner = 0; owner < 200_000; owner++) {
      const time = Math.floor(timeOf(stream.uniform()));
      const slot = agenda.schedule(time, ...detailsOf(owner));
      entries.push({ time, sequence: owner, owner, slot });
    }
    for (const entry of entries) if (entry.owner % 3 === 0) agenda.cancel(entry.slot);
    const left = entries.filter((entry) => entry.owner % 3 !== 0);
    left.sort((one, other) => one.time - other.time || one.sequence - other.sequence);
    expect(agenda.size).toBe(left.length);
    const wrong = left.find((entry) => {
      const [time, owner] = take(agenda)!;
      return time !== entry.time || owner !== entry.owner;
    });
    expect(wrong).toBeUndefined();
    expect(take(agenda)).toBeNull();
  });

  it('holds a hundred and fifty thousand events in order while they come and go', () => {
    const stream = streamFor('2', 'agenda', 'holds');
    const agenda = new Agenda(16);
    const pending = 150_000;
    const log: number[] = [];
    const delayOf = () =>
      stream.uniform() < 0.9 ? stream.below(1_000_000) : 1e10 + stream.below(1_000);
    for (let index = 0; index < pending; index++) agenda.schedule(delayOf(), 0, 0, index, 0);
    const ends = new Float64Array(pending * 4);
    let now = 0;
    for (let hold = 0; hold < pending * 3; hold++) {
      const slot = agenda.take();
      const time = agenda.events.time(slot);
      if (time < now) log.push(hold);
      now = time;
      ends[agenda.events.first(slot)]!++;
      agenda.schedule(now + delayOf(), 0, 0, pending + hold, 0);
    }
    expect(log).toEqual([]);
    while (agenda.size > 0) ends[agenda.events.first(agenda.take())]!++;
    expect(ends.every((times) => times === 1)).toBe(true);
  });

  it('lets events at the same instant go in the order they were scheduled', () => {
    for (const count of [10, 300, 50_000]) {
      const agenda = new Agenda();
      for (let index = 0; index < count; index++) {
        agenda.schedule(1_000, 0, 0, index, 0);
        // Neighbours in time force the instant through every part of the queue.
        agenda.schedule(index % 2 === 0 ? 999 : 1_000_000 + index, 1, 0, 0, 0);
      }
      const order: number[] = [];
      for (let taken = take(agenda); taken !== null; taken = take(agenda)) {
        if (taken[1] === 0) order.push(taken[3]!);
      }
      expect(order).toEqual(Array.from({ length: count }, (_, index) => index));
    }
  });

  it('gives a reserved place among equal times to the event scheduled for it later', () => {
    const agenda = new Agenda();
    agenda.schedule(5, 1, 0, 0, 0);
    const place = agenda.takeSequence();
    agenda.schedule(5, 3, 0, 0, 0);
    agenda.scheduleAs(place, 5, 2, 0, 0, 0);
    expect([take(agenda), take(agenda), take(agenda)].map((taken) => taken![1])).toEqual([1, 2, 3]);
  });

  it('leaves nothing behind when events are cancelled', () => {
    for (const others of [0, 10, 1_000, 20_000]) {
      for (const distance of [1, 1_000_000, 1e12]) {
        const agenda = new Agenda();
        for (let index = 0; index < others; index++) agenda.schedule(1_000 * index, 0, 0, 0, 0);
        if (others > 0) agenda.nextTime();
        const cancelMany = (rounds: number) => {
          for (let round = 0; round < rounds; round++) {
            agenda.cancel(agenda.schedule(distance, 1, 1, round, 0));
          }
        };
        cancelMany(2 * others + 1_000);
        const bytes = agenda.bytes;
        cancelMany(100_000);
        expect(agenda.bytes, `${others} others at ${distance}`).toBeLessThanOrEqual(bytes);
        expect(agenda.size).toBe(others);
      }
    }
  });

  it('stays flat over a million alarms of which each is cancelled before it goes off', () => {
    const agenda = new Agenda();
    let alarm = agenda.schedule(15_000, 1, 0, 0, 0);
    let bytes = 0;
    let wrong = 0;
    for (let time = 0; time < 1_000_000; time++) {
      agenda.schedule(time, 0, 0, 0, 0);
      if (agenda.events.time(agenda.take()) !== time) wrong++;
      agenda.cancel(alarm);
      alarm = agenda.schedule(time + 15_000, 1, 0, 0, 0);
      if (time === 50_000) bytes = agenda.bytes;
    }
    expect(wrong).toBe(0);
    expect(agenda.bytes).toBe(bytes);
    expect(agenda.size).toBe(1);
    expect(agenda.nextTime()).toBe(999_999 + 15_000);
  });

  it('refuses to cancel the same event twice, wherever it waits', () => {
    for (const count of [1, 100, 5_000]) {
      const agenda = new Agenda();
      const slots: number[] = [];
      for (let index = 0; index < count; index++) {
        slots.push(agenda.schedule(index * index, 0, 0, 0, 0));
      }
      agenda.nextTime();
      for (const slot of [slots[0]!, slots[count - 1]!].slice(0, count)) {
        agenda.cancel(slot);
        expect(() => agenda.cancel(slot)).toThrow('Only a pending event can be cancelled');
      }
    }
  });

  it('refuses to cancel an event that was taken', () => {
    const agenda = new Agenda();
    const slot = agenda.schedule(1, 0, 0, 0, 0);
    agenda.schedule(2, 0, 0, 0, 0);
    take(agenda);
    expect(() => agenda.cancel(slot)).toThrow('Only a pending event can be cancelled');
    expect(agenda.size).toBe(1);
  });

  it('is empty again after the last event, and takes new ones', () => {
    const agenda = new Agenda(1);
    expect(agenda.nextTime()).toBe(Infinity);
    expect(take(agenda)).toBeNull();
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 1_000; index++) agenda.schedule(index, round, 0, 0, 0);
      for (let index = 0; index < 1_000; index++) expect(take(agenda)![0]).toBe(index);
      expect(agenda.nextTime()).toBe(Infinity);
      expect(agenda.size).toBe(0);
    }
  });
});
