/** The kernel against a hand-written loop: M/M/1 at 80 % load, two events a customer. */

import { Simulation } from '../src/kernel/simulation.ts';
import type { Owner } from '../src/kernel/simulation.ts';
import { streamFor } from '../src/kernel/random.ts';
import type { Stream } from '../src/kernel/random.ts';
import type { Bench, Sheet } from './bench.ts';
import { buildNative } from './native.ts';
import type { Native } from './native.ts';
import { measure, millionsPerSecond, speedOver } from './rounds.ts';
import type { Contender } from './rounds.ts';
import { MEAN_GAP, MEAN_SERVICE, singleQueueByHand } from './single-queue-by-hand.ts';

const BY_HAND = 'JavaScript by hand, typed heap';
const KERNEL = 'kernel';
const STANDARD = 'C++ by hand, std::priority_queue';
const WIDE = 'C++ by hand, heap of four';
const TABLE = 'M/M/1 at 80 % load';
const FLOOR = 'M/M/1: speed of the kernel against the loop by hand';
const GOAL = 'M/M/1: the same, the goal';

class SingleQueue implements Owner {
  served = 0;
  waits = 0.5;
  private readonly simulation: Simulation;
  private readonly number: number;
  private readonly customers: number;
  private readonly gaps: Stream = streamFor('1', 'queue', 'gaps');
  private readonly services: Stream = streamFor('1', 'queue', 'services');
  private readonly line = new Float64Array(1 << 16);
  private head = 0;
  private tail = 0;
  private busy = false;
  private arrived = 0;

  constructor(simulation: Simulation, customers: number) {
    this.simulation = simulation;
    this.customers = customers;
    this.number = simulation.addOwner(this, 'queue');
    this.arriveLater();
  }

  handle(kind: number): void {
    const { simulation } = this;
    if (kind === 0) {
      if (++this.arrived < this.customers) this.arriveLater();
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

/** Mean wait in service times. */
export function singleQueueByKernel(customers: number): number {
  const simulation = new Simulation();
  const queue = new SingleQueue(simulation, customers);
  simulation.runBefore(Infinity, Infinity);
  if (queue.served !== customers) throw new Error('Not everybody was served.');
  return queue.waits / customers / MEAN_SERVICE;
}

async function run(sheet: Sheet): Promise<void> {
  const customers = sheet.size(2_000_000, 200_000);
  const native = buildNative('single-queue', sheet);
  const waits = new Map<string, number>();
  const noting = (name: string, meanWait: (customers: number) => number): Contender => ({
    name,
    run: () => {
      waits.set(name, meanWait(customers));
      return customers * 2;
    },
  });
  const contenders = [noting(BY_HAND, singleQueueByHand), noting(KERNEL, singleQueueByKernel)];
  if (native !== null) contenders.push(...nativeContenders(native, customers, waits));
  const measured = await measure(contenders, sheet.size(9, 2));
  const byHand = measured[0]!;
  for (const contender of measured) {
    const wait = waits.get(contender.name)!;
    // The standard deviation of the mean wait of two million customers is 0.03 service times.
    if (!sheet.isQuick && Math.abs(wait - 4) > 0.16) {
      throw new Error(`${contender.name}: the mean wait is ${wait}, not about 4.`);
    }
    sheet.row(TABLE, contender.name, {
      'ns an event': contender.nsEach,
      'M events/s': millionsPerSecond(contender),
      'speed against by hand': speedOver(contender, byHand),
      'mean wait (exact: 4)': wait,
    });
  }
  const speed = speedOver(measured[1]!, byHand);
  sheet.bar(FLOOR, speed);
  sheet.bar(GOAL, speed);
}

function nativeContenders(
  native: Native,
  customers: number,
  waits: Map<string, number>,
): Contender[] {
  return [STANDARD, WIDE].map((name, queue) => ({
    name,
    run: () => {
      const result = native(customers, queue);
      waits.set(name, result['meanWait']!);
      return result;
    },
  }));
}

const bench: Bench = {
  name: 'kernel',
  title: 'The kernel',
  about:
    'One queue, one server, exponential times, 80 % load: two events a customer and hardly ' +
    'any event pending, so that what is measured is the cost of an event itself. The loop by ' +
    'hand has its own heap on typed arrays, no owners and no engine.',
  tables: [
    {
      title: TABLE,
      rowTitle: 'contender',
      columns: [
        { title: 'ns an event', digits: 1 },
        { title: 'M events/s', digits: 1 },
        { title: 'speed against by hand', digits: 2 },
        { title: 'mean wait (exact: 4)', digits: 3 },
      ],
      rows: [BY_HAND, KERNEL, STANDARD, WIDE],
    },
  ],
  bars: [
    { text: FLOOR, sense: 'at least', bound: 0.5, unit: ' ×', digits: 2 },
    { text: GOAL, sense: 'at least', bound: 0.6, unit: ' ×', digits: 2 },
  ],
  run,
};

export default bench;
