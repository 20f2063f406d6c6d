/** The micro-service model through a scenario file, all metrics on, against a hand-written loop. */

import { readFileSync } from 'node:fs';
import { loadScenario } from '../src/scenario/load.ts';
import { Run } from '../src/model/run.ts';
import { byHand } from './microservice-by-hand.ts';
import { measure, print } from './rounds.ts';

const SECONDS = 60;
const REQUESTS = 12_800 * SECONDS;
const file = 'bench/microservice.yaml';
const { scenario, diagnostics } = loadScenario(readFileSync(file, 'utf8'), { file });
if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 2));
const { plan } = scenario;

const hand = byHand(REQUESTS);
console.log('by hand ', show(hand));
const checked = new Run(plan);
checked.advance(Infinity);
console.log('scenario', show(resultOf(checked)));

let prepared = new Run(plan);
const measured = measure(
  [
    { name: 'by hand', run: () => byHand(REQUESTS).requests },
    {
      name: 'scenario file, metrics on',
      run: () => {
        prepared = new Run(plan);
        prepared.advance(Infinity);
        return REQUESTS;
      },
    },
  ],
  Number(process.env['ROUNDS'] ?? 5),
);
print('Micro-service model', 'request', measured);
console.log(`  events a request: ${(prepared.world.simulation.events / REQUESTS).toFixed(2)}`);

function resultOf(run: Run) {
  const { operations, recorder, components } = run.world;
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
  };
}

function show(result: { hitRatio: number; mean: number; p50: number; p99: number }): string {
  const { hitRatio, mean, p50, p99 } = result;
  const times = `mean ${mean.toFixed(3)} ms  p50 ${p50.toFixed(3)} ms  p99 ${p99.toFixed(2)} ms`;
  return `hit ratio ${hitRatio.toFixed(4)}  ${times}`;
}
