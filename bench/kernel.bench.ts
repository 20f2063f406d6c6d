/** The kernel against a hand-written loop: M/M/1 at 80 % load, two events a customer. */

import { Simulation } from '../src/kernel/simulation.ts';
import type { Owner } from '../src/kernel/simulation.ts';
import { streamFor } from '../src/kernel/random.ts';
import type { Stream } from '../src/kernel/random.ts';
import { measure, print } from './rounds.ts';
import { Sfc32 } from './sfc32.ts';
import { TypedHeap } from './typed-heap.ts';

const CUSTOMERS = 2_000_000;
const MEAN_GAP = 1_250_000;
const MEAN_SERVICE = 1_000_000;

function byHand(): number {
  const heap = new TypedHeap(16);
  const random = new Sfc32(1);
  const line = new Float64Array(1 << 16);
  let head = 0;
  let tail = 0;
  let busy = false;
  let arrived = 0;
  let served = 0;
  let waits = 0;
  heap.push(Math.round(random.exponential() * MEAN_GAP), 0);
  while (served < CUSTOMERS) {
    const now = heap.topTime;
    const kind = heap.topData;
    heap.pop();
    if (kind === 0) {
      arrived++;
      if (arrived < CUSTOMERS) heap.push(now + Math.round(random.exponential() * MEAN_GAP), 0);
      if (busy) line[tail++ & 0xffff] = now;
      else {
        busy = true;
        heap.push(now + Math.round(random.exponential() * MEAN_SERVICE), 1);
      }
    } else {
      served++;
      if (head === tail) busy = false;
      else {
        waits += now - line[head++ & 0xffff]!;
        heap.push(now + Math.round(random.exponential() * MEAN_SERVICE), 1);
      }
    }
  }
  if (waits === 0) throw new Error('Nobody waited.');
  return served * 2;
}

class SingleQueue implements Owner {
  served = 0;
  private readonly simulation: Simulation;
  private readonly number: number;
  private readonly gaps: Stream = streamFor('1', 'queue', 'gaps');
  private readonly services: Stream = streamFor('1', 'queue', 'services');
  private readonly line = new Float64Array(1 << 16);
  private head = 0;
  private tail = 0;
  private busy = false;
  private arrived = 0;
  private waits = 0.5;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.number = simulation.addOwner(this, 'queue');
    this.arriveLater();
  }

  handle(kind: number): void {
    const { simulation } = this;
    if (kind === 0) {
      if (++this.arrived < CUSTOMERS) this.arriveLater();
      if (this.busy) this.line[this.tail++ & 0xffff] = simulation.now;
      else {
        this.busy = true;
        this.serve();
      }
      return;
    }
    this.served++;
    if (this.head === this.tail) this.busy = false;
    else {
      this.waits += simulation.now - this.line[this.head++ & 0xffff]!;
      this.serve();
    }
  }

  private arriveLater(): void {
    const gap = Math.floor(this.gaps.exponential() * MEAN_GAP + 0.5);
    this.simulation.schedule(gap, this.number, 0, 0, 0);
  }

  private serve(): void {
    const time = Math.floor(this.services.exponential() * MEAN_SERVICE + 0.5);
    this.simulation.schedule(time, this.number, 1, 0, 0);
  }
}

function byKernel(): number {
  const simulation = new Simulation();
  const queue = new SingleQueue(simulation);
  simulation.runBefore(Infinity, Infinity);
  if (queue.served !== CUSTOMERS) throw new Error('Not everybody was served.');
  return simulation.events;
}

const measured = measure(
  [
    { name: 'by hand (typed heap)', run: byHand },
    { name: 'kernel', run: byKernel },
  ],
  7,
);
print('M/M/1 at 80 % load', 'event', measured);

/** The hold model: take the next event, schedule one an exponential time later. */
function hold(pending: number, holds: number): () => number {
  const simulation = new Simulation(pending);
  const stream = streamFor('1', 'hold', `${pending}`);
  const owner: Owner = {
    handle(): void {
      simulation.schedule(Math.floor(stream.exponential() * 1e9), 0, 0, 0, 0);
    },
  };
  simulation.addOwner(owner, 'hold');
  for (let event = 0; event < pending; event++) owner.handle(0, 0, 0);
  return () => {
    const before = simulation.events;
    simulation.runBefore(Infinity, holds);
    return simulation.events - before;
  };
}

const sizes = [1e3, 1e4, 1e5, 1e6];
const holds = measure(
  sizes.map((size) => ({ name: `${size} pending`, run: hold(size, 1e6) })),
  5,
);
print('Hold model, by pending events', 'hold', holds);
const growth = holds[3]!.nsEach / holds[0]!.nsEach;
console.log(`  cost at 10^6 pending is ${growth.toFixed(2)} times that at 10^3 (bar: 3)`);
