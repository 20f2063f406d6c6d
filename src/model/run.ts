/**
 * A run is a world in motion: built from a plan, advanced as far as one likes, ended by its
 * duration or by a budget. How it is advanced, in one go or in slices, never changes what happens
 * in it. Faults strike from outside the agenda, before the events of their moment.
 */

import { lookUp } from '../base/registry.ts';
import { components } from './components.ts';
import { FaultSchedule } from './fault-schedule.ts';
import type { Box } from './box.ts';
import type { FaultPlan, WorldPlan } from './plan.ts';
import { World } from './world.ts';
import { Population } from './workloads/population.ts';

/** Why a run is over. */
export interface Ending {
  readonly kind: 'duration' | 'events' | 'requests-in-flight';
  /** Simulated time, ns. */
  readonly time: number;
  /** A sentence without a full stop, for people. */
  readonly text: string;
}

/** The number of requests in flight is looked at whenever the count of events is a multiple. */
const CHUNK = 4_096;

export class Run {
  readonly world: World;
  readonly faults: FaultSchedule;
  ending: Ending | null = null;

  /** `capacity`: rows and events to start with; tables grow. */
  constructor(plan: WorldPlan, capacity = 1024) {
    const world = new World(plan, capacity);
    this.world = world;
    for (const { kind, name, parameters } of plan.components) {
      world.addComponent(lookUp(components, kind).create(world, name, parameters));
    }
    for (const population of plan.populations)
      world.addComponent(new Population(world, population));
    for (const component of world.components) (component as Box).connect();
    this.faults = new FaultSchedule(world, plan.faults);
  }

  /** Simulated time, ns. */
  get time(): number {
    return this.world.simulation.now;
  }

  get hash(): string {
    return this.world.simulation.hash.toString();
  }

  /**
   * Advances to `until` ns, or to the end of the run, or until `maxEvents` more events have been
   * handled, whichever comes first. True when `until` or the end was reached.
   */
  advance(until: number, maxEvents = Infinity): boolean {
    const { simulation, recorder, plan } = this.world;
    const target = Math.min(until, plan.durationNs);
    let left = maxEvents;
    while (this.ending === null) {
      const strike = this.faults.nextStrike;
      const limit = Math.min(target, recorder.nextFlush, strike);
      const before = simulation.events;
      const reached = simulation.runBefore(limit, Math.min(left, this.eventsToNextLook()));
      left -= simulation.events - before;
      this.checkBudgets();
      const isLast = limit === plan.durationNs && limit > recorder.windows * recorder.windowNs;
      if (reached && (limit === recorder.nextFlush || isLast)) this.endWindow();
      if (reached && limit === plan.durationNs) this.end('duration', 'the end of the run');
      else if (reached && limit === target) return true;
      else if (left <= 0) return false;
      else if (reached && limit === strike && this.ending === null) {
        this.faults.strike();
        left -= 1;
        this.checkBudgets();
      }
    }
    return true;
  }

  /** Adds a fault to the list; it strikes at its time, which has not passed. */
  intervene(fault: FaultPlan): void {
    this.faults.plan([...this.faults.list, fault]);
  }

  /**
   * Budgets are looked at at fixed counts of events, so that slices cannot change where a run ends.
   */
  private eventsToNextLook(): number {
    const { plan, simulation } = this.world;
    return Math.min(CHUNK - (simulation.events % CHUNK), plan.limits.events - simulation.events);
  }

  private endWindow(): void {
    for (const component of this.world.components) component.settle?.();
    this.world.recorder.flush();
  }

  private checkBudgets(): void {
    const { calls, plan, simulation } = this.world;
    const isLook = simulation.events % CHUNK === 0;
    if (isLook && calls.inUse > plan.limits.requestsInFlight) {
      const limit = plan.limits.requestsInFlight;
      this.end('requests-in-flight', `the limit of ${limit} calls in flight was met`);
    } else if (simulation.events >= plan.limits.events) {
      this.end('events', `the limit of ${plan.limits.events} events was met`);
    }
  }

  private end(kind: Ending['kind'], text: string): void {
    const { simulation, timeline } = this.world;
    this.ending = Object.freeze({ kind, time: simulation.now, text });
    if (kind !== 'duration') timeline.add(simulation.now, 'budget', 'run', `stopped: ${text}`);
  }
}
