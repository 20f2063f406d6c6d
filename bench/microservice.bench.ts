/** The micro-service model through a scenario file, all metrics on, against a hand-written loop. */

import { readFileSync } from 'node:fs';
import { loadScenario } from '../src/scenario/load.ts';
import type { WorldPlan } from '../src/model/plan.ts';
import { Run } from '../src/model/run.ts';
import type { Bench, Sheet } from './bench.ts';
import { microserviceByHand } from './microservice-by-hand.ts';
import { buildNative } from './native.ts';
import { measure, millionsPerSecond, speedOver } from './rounds.ts';
import type { Contender } from './rounds.ts';

const TABLE = 'Micro-service model, 12,800 requests a simulated second';
const BY_HAND = 'JavaScript by hand, typed arrays';
const SCENARIO = 'scenario file, all metrics on';
const STANDARD = 'C++ by hand, std::priority_queue';
const WIDE = 'C++ by hand, heap of four';
const FLOOR = 'micro-service: speed of the scenario file against the loop by hand';
const GOAL = 'micro-service: the same, the goal';

const RATE = 12_800;

/** What every contender computes. */
export interface MicroserviceResult {
  readonly hitRatio: number;
  /** Latencies in ms. */
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** The plan of bench/microservice.yaml, cut to a number of seconds. */
export function microservicePlan(seconds: number): WorldPlan {
  const file = 'bench/microservice.yaml';
  const options = { file, duration: `${seconds}s` };
  const { scenario, diagnostics } = loadScenario(readFileSync(file, 'utf8'), options);
  if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  return scenario.plan;
}

export function microserviceByScenario(plan: WorldPlan): MicroserviceResult & { events: number } {
  const { world } = finished(plan);
  const { operations, recorder, components, simulation } = world;
  const [operation] = operations;
  const { from, to } = recorder.segmentsOf(recorder.warmUpWindows, recorder.windows);
  const latency = operation!.latency.merged(from, to);
  const cache = components.find(({ kind }) => kind === 'cache')!.tally!;
  const hits = cache.sum('hits', 0, recorder.windows);
  return {
    hitRatio: hits / (hits + cache.sum('misses', 0, recorder.windows)),
    mean: latency.mean / 1e6,
    p50: latency.quantile(0.5) / 1e6,
    p99: latency.quantile(0.99) / 1e6,
    events: simulation.events,
  };
}

function finished(plan: WorldPlan): Run {
  const fresh = new Run(plan);
  fresh.advance(Infinity);
  return fresh;
}

/** Refuses a contender that computes something else. */
export function checkMicroservice(
  name: string,
  result: MicroserviceResult,
  isQuick: boolean,
): void {
  // Four standard deviations of 12,800 requests × 60 s, and more for a short run.
  const slack = isQuick ? 6 : 1;
  const { hitRatio, mean, p50, p99 } = result;
  const fits =
    Math.abs(hitRatio - 0.77) < 0.03 * slack &&
    Math.abs(mean / 3.75 - 1) < 0.05 * slack &&
    Math.abs(p50 / 2.75 - 1) < 0.05 * slack &&
    Math.abs(p99 / 16.6 - 1) < 0.1 * slack;
  if (!fits) throw new Error(`${name} computes something else: ${JSON.stringify(result)}`);
}

async function run(sheet: Sheet): Promise<void> {
  const seconds = sheet.size(60, 8);
  const requests = RATE * seconds;
  const plan = microservicePlan(seconds);
  const native = buildNative('microservice', sheet);
  const results = new Map<string, MicroserviceResult>();
  let events = 0;
  const contenders: Contender[] = [
    {
      name: BY_HAND,
      run: () => {
        results.set(BY_HAND, microserviceByHand(requests));
        return requests;
      },
    },
    {
      name: SCENARIO,
      run: () => {
        const result = microserviceByScenario(plan);
        results.set(SCENARIO, result);
        events = result.events;
        return requests;
      },
    },
  ];
  if (native !== null) {
    for (const [queue, name] of [STANDARD, WIDE].entries()) {
      const compute = () => {
        const result = native(requests, queue);
        results.set(name, result as unknown as MicroserviceResult);
        return result;
      };
      contenders.push({ name, run: compute });
    }
  }
  const measured = await measure(contenders, sheet.size(7, 1));
  const byHand = measured[0]!;
  for (const contender of measured) {
    const result = results.get(contender.name)!;
    checkMicroservice(contender.name, result, sheet.isQuick);
    sheet.row(TABLE, contender.name, {
      'ns a request': contender.nsEach,
      'M requests/s': millionsPerSecond(contender),
      'speed against by hand': speedOver(contender, byHand),
      'hit ratio': result.hitRatio,
      'mean ms': result.mean,
      'p50 ms': result.p50,
      'p99 ms': result.p99,
    });
  }
  const speed = speedOver(measured[1]!, byHand);
  sheet.bar(FLOOR, speed);
  sheet.bar(GOAL, speed);
  sheet.note(`The engine handles ${(events / requests).toFixed(2)} events a request.`);
}

const bench: Bench = {
  name: 'microservice',
  title: 'A micro-service',
  about:
    'A balancer in turn over eight services of four workers, a look-up in an LRU cache of ' +
    '100,000 of 1,000,000 keys (Zipf 0.99), on a miss one of four shards: ' +
    '`bench/microservice.yaml`. The scenario runs with everything that a report shows; the ' +
    'loops by hand count hits and latencies.',
  tables: [
    {
      title: TABLE,
      rowTitle: 'contender',
      columns: [
        { title: 'ns a request', digits: 0 },
        { title: 'M requests/s', digits: 2 },
        { title: 'speed against by hand', digits: 2 },
        { title: 'hit ratio', digits: 4 },
        { title: 'mean ms', digits: 3 },
        { title: 'p50 ms', digits: 3 },
        { title: 'p99 ms', digits: 2 },
      ],
      rows: [BY_HAND, SCENARIO, STANDARD, WIDE],
    },
  ],
  bars: [
    { text: FLOOR, sense: 'at least', bound: 0.4, unit: ' ×', digits: 2 },
    { text: GOAL, sense: 'at least', bound: 0.6, unit: ' ×', digits: 2 },
  ],
  run,
};

export default bench;
