// What holds for every single customer of a queue, not only in the mean: the same customers come, and
// the same draws say how much work each brings.
//
// Source: Kiefer, Wolfowitz, On the Theory of Queues with Many Servers, 1955: the vector of work left
// at the servers, in order, grows with every service time.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Run } from '../../src/model/run.ts';
import type { Service } from '../../src/model/components/service/service.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const patient = { timeout: 120_000 };

interface Queue {
  readonly seed: number;
  /** Work as a law of which `factor` scales every time. */
  readonly law: (ns: (microseconds: number) => string) => string;
  readonly arrivals: string;
  readonly rate: number;
  readonly workers: number;
  readonly discipline?: string;
}

const laws: readonly Queue['law'][] = [
  (t) => t(1_000),
  (t) => `exponential(${t(1_000)})`,
  (t) => `uniform(0s, ${t(2_000)})`,
  (t) => `p50=${t(500)} p99=${t(5_000)}`,
  (t) => `normal(${t(1_000)}, ${t(400)})`,
  (t) => `gamma(shape 0.5, mean ${t(1_000)})`,
  (t) => `pareto(shape 2.2, mean ${t(1_000)})`,
  (t) => `mixture(80% ${t(500)}, 20% exponential(${t(3_000)}))`,
];

const queues: fc.Arbitrary<Queue> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  law: fc.constantFrom(...laws),
  arrivals: fc.constantFrom('poisson', 'constant', 'erlang(2)', 'gamma(shape 0.3)'),
  rate: fc.integer({ min: 300, max: 1_300 }),
  workers: fc.integer({ min: 1, max: 4 }),
});

interface Customer {
  readonly arrival: number;
  readonly wait: number;
}

/** The customers of a queue in the order of their service; all work takes `percent` of its time. */
function customersOf(queue: Queue, percent: number): Customer[] {
  const { seed, law, arrivals, rate, workers, discipline = 'fifo' } = queue;
  const text = `name: A queue
seed: ${seed}
duration: 1s
traffic: { clients: { rate: ${rate * workers}/s, arrivals: "${arrivals}", to: server } }
network: { same-zone: 0s }
components:
  server:
    kind: service
    workers: ${workers}
    queue: unlimited
    discipline: ${discipline}
    operations: { serve: [{ work: "${law((us) => `${us * percent * 10}ns`)}" }] }
`;
  const { scenario, diagnostics } = loadScenario(text, { file: 'queue.yaml' });
  expect(diagnostics).toEqual([]);
  const run = new Run(scenario!.plan);
  const customers: Customer[] = [];
  const server = run.world.component('server') as Service;
  const serve = server.serve.bind(server);
  server.serve = (row, node) => {
    const arrival = run.world.calls.start(row);
    customers.push({ arrival, wait: run.time - arrival });
    return serve(row, node);
  };
  run.advance(Infinity);
  return customers;
}

/** Customers of the slower queue who wait longer in the faster one, or are not there. */
function worseOff(faster: readonly Customer[], slower: readonly Customer[]): Customer[] {
  return slower.filter(({ arrival, wait }, index) => {
    const same = faster[index];
    return same === undefined || same.arrival !== arrival || same.wait > wait;
  });
}

test('faster service makes no customer of a first-come queue wait longer', patient, () => {
  fc.assert(
    fc.property(queues, fc.integer({ min: 10, max: 99 }), (queue, percent) => {
      expect(worseOff(customersOf(queue, percent), customersOf(queue, 100))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('another worker makes no customer of a first-come queue wait longer', patient, () => {
  fc.assert(
    fc.property(queues, (queue) => {
      const { rate, workers } = queue;
      // The rate is given by worker, and has to stay the same in all.
      const more = { ...queue, workers: workers + 1, rate: (rate * workers) / (workers + 1) };
      expect(worseOff(customersOf(more, 100), customersOf(queue, 100))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('where the last comes first some wait longer, so the rule says something', () => {
  const queue = { seed: 1, law: laws[1]!, arrivals: 'poisson', rate: 900, workers: 1 };
  const last = { ...queue, discipline: 'lifo' };
  const byArrival = (customers: Customer[]) =>
    customers.sort((left, right) => left.arrival - right.arrival);
  const faster = byArrival(customersOf(last, 70));
  expect(worseOff(faster, byArrival(customersOf(last, 100))).length).toBeGreaterThan(0);
});
