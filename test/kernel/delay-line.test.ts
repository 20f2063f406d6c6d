import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayLine } from '../../src/kernel/delay-line.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import type { Owner } from '../../src/kernel/simulation.ts';

/** Kinds of events: an act of the script is due, an alarm, another event. */
const ACT = 0;
const ALARM = 1;
const OTHER = 2;

/** One act at some time: an alarm on a line, an event of one's own, or the end of an alarm. */
interface Act {
  readonly after: number;
  readonly kind: 'alarm' | 'other' | 'cancel';
  readonly line: number;
  readonly which: number;
}

const delays = [0, 10, 25];

/** Sets and cancels alarms, either through delay lines or as plain events of the agenda. */
class Player implements Owner {
  readonly log: string[] = [];
  readonly simulation = new Simulation(1);
  private readonly number: number;
  private readonly lines: readonly DelayLine[] | null;
  private readonly script: readonly Act[];
  private readonly pending: { id: number; line: number; handle: number }[] = [];
  private ids = 0;

  constructor(script: readonly Act[], useLines: boolean) {
    this.number = this.simulation.addOwner(this, 'player');
    this.lines = useLines ? delays.map((delay) => new DelayLine(this.simulation, delay)) : null;
    this.script = script;
    let time = 0;
    for (let index = 0; index < script.length; index++) {
      time += script[index]!.after;
      this.simulation.schedule(time, this.number, ACT, index, 0);
    }
  }

  handle(kind: number, first: number): void {
    this.log.push(`${this.simulation.now} ${kind} ${first}`);
    if (kind === ACT) this.act(this.script[first]!);
    if (kind !== ALARM) return;
    const place = this.pending.findIndex(({ id }) => id === first);
    this.pending.splice(place, 1);
    // Some alarms set the next one, at the very moment at which others may be due.
    if (first % 3 === 0) this.alarm(first % delays.length);
  }

  private act({ kind, line, which }: Act): void {
    if (kind === 'alarm') this.alarm(line);
    else if (kind === 'other') {
      this.simulation.schedule(delays[line]!, this.number, OTHER, ++this.ids, 0);
    } else if (this.pending.length > 0) {
      const [gone] = this.pending.splice(which % this.pending.length, 1);
      if (this.lines === null) this.simulation.cancel(gone!.handle);
      else this.lines[gone!.line]!.cancel(gone!.handle);
    }
  }

  private alarm(line: number): void {
    const id = ++this.ids;
    const { number, simulation } = this;
    const handle =
      this.lines === null
        ? simulation.schedule(delays[line]!, number, ALARM, id, 0)
        : this.lines[line]!.set(number, ALARM, id);
    this.pending.push({ id, line, handle });
  }
}

const script = fc.array(
  fc.record({
    after: fc.constantFrom(0, 0, 1, 5, 10, 25, 40),
    kind: fc.constantFrom<Act['kind']>('alarm', 'alarm', 'other', 'cancel'),
    line: fc.nat(delays.length - 1),
    which: fc.nat(1_000),
  }),
  { maxLength: 150 },
);

function lineOf(delay: number): { simulation: Simulation; line: DelayLine; seen: number[][] } {
  const simulation = new Simulation();
  const seen: number[][] = [];
  const handle = (kind: number, first: number) => seen.push([simulation.now, kind, first]);
  simulation.addOwner({ handle }, 'owner');
  return { simulation, line: new DelayLine(simulation, delay), seen };
}

describe('a delay line', () => {
  it('lets alarms go off exactly as events of the agenda would, with the same hash', () => {
    fc.assert(
      fc.property(script, (acts) => {
        const plain = new Player(acts, false);
        const lines = new Player(acts, true);
        for (const { simulation } of [plain, lines]) simulation.runBefore(5_000, Infinity);
        expect(lines.log).toEqual(plain.log);
        expect(lines.simulation.events).toBe(plain.simulation.events);
        expect(lines.simulation.hash.toString()).toBe(plain.simulation.hash.toString());
      }),
      { numRuns: 400 },
    );
  });

  it('keeps insertion order with events of the agenda due at the same instant', () => {
    const { simulation, line, seen } = lineOf(10);
    line.set(0, 1, 1);
    simulation.schedule(10, 0, 2, 2, 0);
    line.set(0, 1, 3);
    simulation.schedule(10, 0, 2, 4, 0);
    simulation.runBefore(100, Infinity);
    expect(seen.map(([, , first]) => first)).toEqual([1, 2, 3, 4]);
  });

  it('passes over cancelled heads and middles without waking anybody', () => {
    const { simulation, line, seen } = lineOf(10);
    const alarms = [0, 1, 2, 3, 4, 5].map((first) => line.set(0, 0, first));
    for (const gone of [0, 1, 3]) line.cancel(alarms[gone]!);
    simulation.runBefore(100, Infinity);
    expect(seen.map(([, , first]) => first)).toEqual([2, 4, 5]);
    expect(simulation.events).toBe(3);
  });

  it('goes off on time when the alarm it slept for is gone and a later one came', () => {
    const { simulation, line, seen } = lineOf(10);
    line.cancel(line.set(0, 0, 1));
    simulation.runBefore(4, Infinity);
    line.set(0, 0, 2);
    simulation.runBefore(100, Infinity);
    expect(seen).toEqual([[14, 0, 2]]);
  });

  it('keeps one event in the agenda and reuses its entries, however many alarms come and go', () => {
    const { simulation, line } = lineOf(1_000);
    const alarms: number[] = [];
    let most = 0;
    for (let index = 0; index < 200_000; index++) {
      alarms.push(line.set(0, 0, index));
      if (alarms.length > 100) line.cancel(alarms.shift()!);
      most = Math.max(most, simulation.agenda.size);
    }
    expect(most).toBe(1);
    expect(Math.max(...alarms)).toBeLessThan(128);
  });
});
