/** The engine against simulation libraries from npm: the same models in the same run. */

import type { Bench, Sheet } from './bench.ts';
import { HandLru, HandZipf } from './hand-parts.ts';
import { singleQueueByKernel } from './kernel.bench.ts';
import {
  checkMicroservice,
  microserviceByScenario,
  microservicePlan,
} from './microservice.bench.ts';
import type { MicroserviceResult } from './microservice.bench.ts';
import { measure, millionsPerSecond, speedOver } from './rounds.ts';
import type { Contender } from './rounds.ts';
import { loadSimjs, microserviceInSimjs, singleQueueInSimjs } from './simjs-models.ts';
import type { Popularity, Simjs } from './simjs-models.ts';
import {
  loadSimscript,
  microserviceInSimscript,
  singleQueueInSimscript,
} from './simscript-models.ts';
import type { Simscript } from './simscript-models.ts';

interface Libraries {
  readonly simjs: Simjs;
  readonly simscript: Simscript;
}

const SINGLE = 'M/M/1 at 80 % load';
const SERVICE = 'Micro-service model';
const GAMEDAY = 'gameday';
const SIMJS = 'simjs 2.0.3';
const SIMSCRIPT = 'simscript 1.0.37';
const ROWS = [GAMEDAY, SIMJS, SIMSCRIPT];

async function run(sheet: Sheet): Promise<void> {
  const libraries: Libraries = { simjs: await loadSimjs(), simscript: await loadSimscript() };
  await compareSingleQueue(sheet, libraries);
  await compareMicroservice(sheet, libraries);
}

async function compareSingleQueue(sheet: Sheet, { simjs, simscript }: Libraries): Promise<void> {
  const waits = new Map<string, number>();
  const noting = (
    name: string,
    customers: number,
    meanWait: (customers: number) => number | Promise<number>,
  ): Contender => ({
    name,
    run: async () => {
      waits.set(name, await meanWait(customers));
      return customers * 2;
    },
  });
  const measured = await measure(
    [
      noting(GAMEDAY, sheet.size(2_000_000, 200_000), singleQueueByKernel),
      noting(SIMJS, sheet.size(300_000, 30_000), (n) => singleQueueInSimjs(simjs, n)),
      noting(SIMSCRIPT, sheet.size(100_000, 10_000), (n) => singleQueueInSimscript(simscript, n)),
    ],
    sheet.size(5, 1),
  );
  for (const contender of measured) {
    const wait = waits.get(contender.name)!;
    // The standard deviation of the mean wait of 100,000 customers is 0.14 service times.
    if (!sheet.isQuick && Math.abs(wait - 4) > 0.6) {
      throw new Error(`${contender.name}: the mean wait is ${wait}, not about 4.`);
    }
    sheet.row(SINGLE, contender.name, {
      'ns an event': contender.nsEach,
      'M events/s': millionsPerSecond(contender),
      'gameday is faster by': speedOver(measured[0]!, contender),
      'mean wait (exact: 4)': wait,
    });
  }
}

async function compareMicroservice(sheet: Sheet, { simjs, simscript }: Libraries): Promise<void> {
  const seconds = sheet.size(30, 8);
  const plan = microservicePlan(seconds);
  const results = new Map<string, MicroserviceResult>();
  const zipf = new HandZipf(1_000_000, 0.99);
  const warm = (): Popularity => {
    const cache = new HandLru(1_000_000, 100_000);
    for (let key = 99_999; key >= 0; key--) cache.insert(key);
    return { zipf, cache };
  };
  const noting = (
    name: string,
    requests: number,
    model: (requests: number) => MicroserviceResult | Promise<MicroserviceResult>,
  ): Contender => ({
    name,
    run: async () => {
      results.set(name, await model(requests));
      return requests;
    },
  });
  const measured = await measure(
    [
      noting(GAMEDAY, 12_800 * seconds, () => microserviceByScenario(plan)),
      noting(SIMJS, sheet.size(200_000, 30_000), (n) => microserviceInSimjs(simjs, warm(), n)),
      noting(SIMSCRIPT, sheet.size(50_000, 5_000), (n) =>
        microserviceInSimscript(simscript, warm(), n),
      ),
    ],
    sheet.size(3, 1),
  );
  for (const contender of measured) {
    const result = results.get(contender.name)!;
    checkMicroservice(contender.name, result, true);
    sheet.row(SERVICE, contender.name, {
      'ns a request': contender.nsEach,
      'M requests/s': millionsPerSecond(contender),
      'gameday is faster by': speedOver(measured[0]!, contender),
      'hit ratio': result.hitRatio,
      'mean ms': result.mean,
      'p99 ms': result.p99,
    });
  }
}

const bench: Bench = {
  name: 'libraries',
  title: 'Other libraries',
  about:
    'The kernel’s M/M/1 and the micro-service model, written for simulation libraries from ' +
    'npm as their documentation shows, with the random numbers, keys and cache of the loops ' +
    'by hand. The slower ones serve fewer requests; their results are checked all the same, ' +
    'and differ by what a shorter run after a warm start differs. Of the micro-service the ' +
    'libraries keep latencies and hits, while the scenario keeps everything that a report ' +
    'shows. The library simloop is missing because it was not to be had.',
  tables: [
    {
      title: SINGLE,
      rowTitle: 'contender',
      columns: [
        { title: 'ns an event', digits: 0 },
        { title: 'M events/s', digits: 2 },
        { title: 'gameday is faster by', digits: 1 },
        { title: 'mean wait (exact: 4)', digits: 2 },
      ],
      rows: ROWS,
    },
    {
      title: SERVICE,
      rowTitle: 'contender',
      columns: [
        { title: 'ns a request', digits: 0 },
        { title: 'M requests/s', digits: 3 },
        { title: 'gameday is faster by', digits: 1 },
        { title: 'hit ratio', digits: 3 },
        { title: 'mean ms', digits: 2 },
        { title: 'p99 ms', digits: 1 },
      ],
      rows: ROWS,
    },
  ],
  bars: [],
  run,
};

export default bench;
