import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { Simulation, UNSEEN } from '../../src/kernel/simulation.ts';
import type { Owner } from '../../src/kernel/simulation.ts';

/** Writes down what it is told and lets each event beget others by chance, up to some number. */
class Breeder implements Owner {
  readonly log: string[] = [];
  private readonly simulation: Simulation;
  private readonly number: number;
  private readonly stream = streamFor('7', 'breeder', 'births');
  private readonly alive: number[] = [];
  private left: number;

  constructor(simulation: Simulation, left: number) {
    this.simulation = simulation;
    this.number = simulation.addOwner(this, 'breeder');
    this.left = left;
    for (let index = 0; index < 5; index++) this.bear(index);
  }

  handle(kind: number, first: number, second: number): void {
    const { now } = this.simulation;
    this.log.push(`${now} ${kind} ${first} ${second}`);
    this.alive.splice(this.alive.indexOf(first), 1);
    const births = this.stream.below(3) + (this.alive.length < 3 ? 1 : 0);
    for (let birth = 0; birth < births; birth++) this.bear(this.stream.below(50));
  }

  private bear(delay: number): void {
    if (this.left === 0) return;
    this.alive.push(--this.left);
    const kind = this.stream.below(4);
    this.simulation.schedule(delay, this.number, kind, this.left, this.stream.below(9));
  }
}

function breeding(left: number): { simulation: Simulation; breeder: Breeder } {
  const simulation = new Simulation(1);
  return { simulation, breeder: new Breeder(simulation, left) };
}

describe('the simulation', () => {
  it('shows each event the time at which it is due', () => {
    const simulation = new Simulation();
    const seen: number[] = [];
    const owner = simulation.addOwner({ handle: () => seen.push(simulation.now) }, 'owner');
    for (const delay of [30, 10, 20, 0]) simulation.schedule(delay, owner, 0, 0, 0);
    expect(simulation.runBefore(1_000, Infinity)).toBe(true);
    expect(seen).toEqual([0, 10, 20, 30]);
    expect(simulation.events).toBe(4);
  });

  it('handles what lies before the limit, not at it, and stands at the limit then', () => {
    const { simulation, breeder } = breeding(200);
    expect(simulation.runBefore(30, Infinity)).toBe(true);
    expect(simulation.now).toBe(30);
    expect(breeder.log.length).toBeGreaterThan(0);
    expect(breeder.log.every((line) => Number(line.split(' ')[0]) < 30)).toBe(true);
    const early = breeder.log.length;
    simulation.runBefore(31, Infinity);
    for (const line of breeder.log.slice(early)) expect(line).toMatch(/^30 /);
  });

  it('stops after the given number of events with the clock at the last of them', () => {
    const { simulation, breeder } = breeding(200);
    expect(simulation.runBefore(1e9, 7)).toBe(false);
    expect(breeder.log).toHaveLength(7);
    expect(simulation.now).toBe(Number(breeder.log[6]!.split(' ')[0]));
    expect(simulation.runBefore(1e9, 0)).toBe(false);
    expect(simulation.events).toBe(7);
  });

  it('is through when the last event before the limit was the last one allowed', () => {
    const simulation = new Simulation();
    const owner = simulation.addOwner({ handle: () => undefined }, 'owner');
    for (const delay of [1, 2, 3]) simulation.schedule(delay, owner, 0, 0, 0);
    expect(simulation.runBefore(10, 3)).toBe(true);
    expect(simulation.now).toBe(10);
  });

  it('does the same whatever the slices', () => {
    const straight = breeding(3_000);
    straight.simulation.runBefore(1e9, Infinity);
    expect(straight.simulation.events).toBe(3_000);
    const slice = fc.record({ span: fc.nat(300), events: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(fc.array(slice, { minLength: 1, maxLength: 50 }), (slices) => {
        const { simulation, breeder } = breeding(3_000);
        for (const { span, events } of slices) simulation.runBefore(simulation.now + span, events);
        simulation.runBefore(1e9, Infinity);
        expect(breeder.log).toEqual(straight.breeder.log);
        expect(simulation.hash.toString()).toBe(straight.simulation.hash.toString());
      }),
      { numRuns: 50 },
    );
  });

  it('never turns the clock back, even when asked to run to a time that has passed', () => {
    const { simulation } = breeding(200);
    simulation.runBefore(60, Infinity);
    simulation.runBefore(20, Infinity);
    expect(simulation.now).toBe(60);
  });

  it('refuses an event in the past', () => {
    const { simulation } = breeding(1);
    expect(() => simulation.schedule(-1, 0, 0, 0, 0)).toThrow('cannot lie in the past');
  });

  it('neither counts nor hashes events of bookkeeping', () => {
    const plain = breeding(500);
    plain.simulation.runBefore(1e9, Infinity);
    const { simulation, breeder } = breeding(500);
    let woken = 0;
    const clerk = simulation.addOwner({ handle: () => woken++ }, 'clerk');
    for (let time = 0; time < 100; time++) {
      simulation.agenda.schedule(time, clerk, UNSEEN, 0, 0);
    }
    simulation.runBefore(1e9, Infinity);
    expect(woken).toBe(100);
    expect(simulation.events).toBe(500);
    expect(breeder.log).toEqual(plain.breeder.log);
    expect(simulation.hash.toString()).toBe(plain.simulation.hash.toString());
  });

  it('does not let a cancelled event happen', () => {
    const simulation = new Simulation();
    const seen: number[] = [];
    const handle = (_kind: number, first: number) => seen.push(first);
    const owner = simulation.addOwner({ handle }, 'owner');
    const slots = [1, 2, 3].map((first) => simulation.schedule(first, owner, 0, first, 0));
    simulation.cancel(slots[1]!);
    simulation.runBefore(10, Infinity);
    expect(seen).toEqual([1, 3]);
  });

  it('has a hash that tells owners apart by name and not by when they were added', () => {
    const hashOf = (names: readonly string[], actor: string) => {
      const simulation = new Simulation();
      const numbers = names.map((name) => simulation.addOwner({ handle: () => undefined }, name));
      simulation.schedule(1, numbers[names.indexOf(actor)]!, 0, 0, 0);
      simulation.runBefore(10, Infinity);
      return simulation.hash.toString();
    };
    const many = Array.from({ length: 40 }, (_, index) => `owner-${index}`);
    expect(hashOf(['a', 'b'], 'b')).toBe(hashOf([...many, 'b'], 'b'));
    expect(hashOf(['a', 'b'], 'b')).not.toBe(hashOf(['a', 'b'], 'a'));
  });
});
