/** How the cost of an event or request grows: with what is pending, there, and in flight. */

import { Simulation } from '../src/kernel/simulation.ts';
import type { Owner } from '../src/kernel/simulation.ts';
import { streamFor } from '../src/kernel/random.ts';
import type { WorldPlan } from '../src/model/plan.ts';
import { Run } from '../src/model/run.ts';
import type { Bench, Sheet } from './bench.ts';
import { buildNative } from './native.ts';
import { planOf } from './plans.ts';
import { cpuNsOf, measure } from './rounds.ts';
import type { Contender } from './rounds.ts';
import { Sfc32 } from './sfc32.ts';
import { TypedHeap } from './typed-heap.ts';

const PENDING = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const COMPONENTS = [1, 2, 10, 50, 250, 500];
const IN_FLIGHT = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

const HOLDS = 'The hold model: ns to take the next event and schedule another, by pending events';
const BY_COMPONENTS = 'ns a request, by components';
const BY_FLIGHT = 'ns a request, by requests in flight';
const GROWTH = 'time a hold at a million pending events against a thousand';

const KERNEL = 'kernel';
const BY_HAND = 'typed heap by hand';
const STANDARD = 'C++ std::priority_queue';
const WIDE = 'C++ heap of four';
const ALONE = 'services alone';
const PAIRS = 'balancers with a service each';

async function run(sheet: Sheet): Promise<void> {
  await byPending(sheet);
  await byComponents(sheet);
  await byRequestsInFlight(sheet);
}

async function byPending(sheet: Sheet): Promise<void> {
  const native = buildNative('hold', sheet);
  const kernel = new Map<number, number>();
  for (const pending of PENDING) {
    if (sheet.isQuick && pending > 100_000) continue;
    const holds = sheet.size(2_000_000, 100_000);
    // The agenda sorts in portions, so every event has to be taken once to see the whole cost.
    const contenders: Contender[] = [
      { name: KERNEL, run: holdsInKernel(pending, Math.max(holds, pending)) },
      { name: BY_HAND, run: holdsByHand(pending, holds) },
    ];
    for (const [queue, name] of [STANDARD, WIDE].entries()) {
      if (native !== null) contenders.push({ name, run: () => native(pending, holds, queue) });
    }
    for (const { name, nsEach } of await measure(contenders, pending > 1e6 ? 2 : 5)) {
      sheet.row(HOLDS, count(pending), { [name]: nsEach });
      if (name === KERNEL) kernel.set(pending, nsEach);
    }
  }
  const atMillion = kernel.get(1_000_000);
  if (atMillion !== undefined) sheet.bar(GROWTH, atMillion / kernel.get(1_000)!);
}

function holdsInKernel(pending: number, holds: number): () => number {
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
    simulation.runBefore(Infinity, holds);
    return holds;
  };
}

function holdsByHand(pending: number, holds: number): () => number {
  const heap = new TypedHeap(pending);
  const random = new Sfc32(1);
  for (let event = 0; event < pending; event++) heap.push(random.exponential() * 1e9, 0);
  return () => {
    for (let hold = 0; hold < holds; hold++) {
      const now = heap.topTime;
      heap.pop();
      heap.push(now + random.exponential() * 1e9, 0);
    }
    return holds;
  };
}

/** The same requests a second in all, over more and more components side by side. */
async function byComponents(sheet: Sheet): Promise<void> {
  const seconds = sheet.size(20, 2);
  const requests = 20_000 * seconds;
  const sizes = COMPONENTS.flatMap((components) => [
    { components, column: ALONE, plan: sideBySide(components, false, seconds) },
    ...(components === 1
      ? []
      : [{ components, column: PAIRS, plan: sideBySide(components / 2, true, seconds) }]),
  ]);
  const contenders = sizes.map(({ plan }) => ({
    name: '',
    run: () => {
      const fresh = new Run(plan);
      return { units: requests, ns: cpuNsOf(() => fresh.advance(Infinity)) };
    },
  }));
  const measured = await measure(contenders, sheet.size(3, 1));
  for (const [index, { nsEach }] of measured.entries()) {
    const { components, column } = sizes[index]!;
    sheet.row(BY_COMPONENTS, count(components), { [column]: nsEach });
  }
}

function sideBySide(units: number, withBalancers: boolean, seconds: number): WorldPlan {
  const traffic: string[] = [];
  const components: string[] = [];
  for (let unit = 1; unit <= units; unit++) {
    const target = withBalancers ? `balancer-${unit}` : `service-${unit}`;
    traffic.push(`  clients-${unit}: { rate: ${20_000 / units}/s, operation: get, to: ${target} }`);
    if (withBalancers) {
      components.push(
        `  balancer-${unit}: { kind: load-balancer, to: service-${unit}, health-check: none }`,
      );
    }
    components.push(
      `  service-${unit}:`,
      '    kind: service',
      '    workers: 100',
      '    queue: unlimited',
      '    operations: { get: [{ work: exponential(2ms) }] }',
    );
  }
  return planOf(`
name: Side by side
seed: 1
duration: ${seconds}s
traffic:
${traffic.join('\n')}
components:
${components.join('\n')}
`);
}

/** Ten thousand requests a second that stay the longer the more there shall be at a time. */
async function byRequestsInFlight(sheet: Sheet): Promise<void> {
  const rate = 10_000;
  const requests = sheet.size(200_000, 20_000);
  const rounds = sheet.size(5, 1);
  for (const inFlight of IN_FLIGHT) {
    if (sheet.isQuick && inFlight > 10_000) continue;
    const stay = inFlight / rate;
    const seconds = Math.ceil(5 * stay + ((rounds + 1) * requests) / rate + 1);
    const crowd = new Run(crowdOf(rate, stay, seconds));
    // After five mean stays all but one in 150 of the places are taken.
    crowd.advance(5 * stay * 1e9);
    const step = () => crowd.advance(crowd.time + (requests / rate) * 1e9);
    const contender = { name: '', run: () => ({ units: requests, ns: cpuNsOf(step) }) };
    const [measured] = await measure([contender], rounds);
    sheet.row(BY_FLIGHT, count(inFlight), {
      'ns a request': measured!.nsEach,
      'in flight at the end': crowd.world.calls.inUse,
    });
  }
}

function crowdOf(rate: number, staySeconds: number, seconds: number): WorldPlan {
  return planOf(`
name: A crowd
seed: 1
duration: ${seconds}s
traffic:
  clients: { rate: ${rate}/s, operation: get, to: service }
components:
  service:
    kind: service
    workers: unlimited
    operations: { get: [{ work: exponential(${staySeconds * 1e6}us) }] }
network: { clients: 0s }
`);
}

/** `1,000,000`. */
function count(value: number): string {
  return value.toLocaleString('en-US');
}

const bench: Bench = {
  name: 'growth',
  title: 'How cost grows',
  about:
    'The hold model takes the next event and schedules one an exponential time later, so that ' +
    'the number of pending events stays. By components: 20,000 requests a second in all, over ' +
    'more and more services side by side, each with clients of its own, alone or behind a ' +
    'balancer of its own; a request makes the same steps however many there are. By requests ' +
    'in flight: 10,000 requests a second that stay from 0.1 ms to 100 s in one service.',
  tables: [
    {
      title: HOLDS,
      rowTitle: 'pending',
      columns: [KERNEL, BY_HAND, STANDARD, WIDE].map((title) => ({ title, digits: 0 })),
      rows: PENDING.map(count),
    },
    {
      title: BY_COMPONENTS,
      rowTitle: 'components',
      columns: [ALONE, PAIRS].map((title) => ({ title, digits: 0 })),
      rows: COMPONENTS.map(count),
      note: 'With many components each window of a simulated second costs something for each.',
    },
    {
      title: BY_FLIGHT,
      rowTitle: 'in flight',
      columns: [
        { title: 'ns a request', digits: 0 },
        { title: 'in flight at the end', digits: 0 },
      ],
      rows: IN_FLIGHT.map(count),
    },
  ],
  bars: [{ text: GROWTH, sense: 'at most', bound: 3, unit: ' ×', digits: 2 }],
  run,
};

export default bench;
