/** M/M/1 and the micro-service model in the npm library simjs, as its documentation shows. */

import { HandHistogram } from './hand-parts.ts';
import type { HandLru, HandZipf } from './hand-parts.ts';
import type { MicroserviceResult } from './microservice.bench.ts';
import { Sfc32 } from './sfc32.ts';
import { MEAN_GAP, MEAN_SERVICE } from './single-queue-by-hand.ts';

type Callback = (request: Request) => void;

interface Request {
  readonly key: number;
  readonly start: number;
}

interface Scheduled {
  done(callback: Callback | (() => void), context?: unknown, request?: Request): void;
}

interface Facility {
  queueStats(): { readonly durationSeries: { average(): number } };
}

interface Entity {
  time(): number;
  setTimer(duration: number): Scheduled;
  useFacility(facility: Facility, duration: number): Scheduled;
}

export interface Simjs {
  readonly Sim: new () => { addEntity(kind: unknown): void; simulate(endTime: number): void };
  readonly Entity: new (simulation: unknown, name?: string) => Entity;
  readonly Facility: {
    readonly FCFS: number;
    new (name: string, discipline: number, servers: number): Facility;
  };
}

/** Its file exports nothing and puts its names on `window`. */
export async function loadSimjs(): Promise<Simjs> {
  const page: { Sim?: Simjs } = {};
  Object.assign(globalThis, { window: page });
  await import('simjs');
  Reflect.deleteProperty(globalThis, 'window');
  return page.Sim!;
}

/** Mean wait in service times. */
export function singleQueueInSimjs(simjs: Simjs, customers: number): number {
  const random = new Sfc32(1);
  const server = new simjs.Facility('server', simjs.Facility.FCFS, 1);
  class Customers extends simjs.Entity {
    arrived = 0;

    start(): void {
      this.setTimer(random.exponential() * MEAN_GAP).done(this.arrive);
    }

    readonly arrive = (): void => {
      this.useFacility(server, random.exponential() * MEAN_SERVICE);
      if (++this.arrived < customers) this.start();
    };
  }
  const simulation = new simjs.Sim();
  simulation.addEntity(Customers);
  simulation.simulate(Infinity);
  return server.queueStats().durationSeries.average() / MEAN_SERVICE;
}

export interface Popularity {
  readonly zipf: HandZipf;
  readonly cache: HandLru;
}

/** Times in ms. */
export function microserviceInSimjs(
  simjs: Simjs,
  { zipf, cache }: Popularity,
  requests: number,
): MicroserviceResult {
  const random = new Sfc32(7);
  const latencies = new HandHistogram();
  const facilities = (count: number, servers: number) =>
    Array.from({ length: count }, () => new simjs.Facility('', simjs.Facility.FCFS, servers));
  const services = facilities(8, 4);
  const shards = facilities(4, 8);
  let hits = 0;
  class Requests extends simjs.Entity {
    arrived = 0;

    start(): void {
      this.setTimer(random.exponential() / 12.8).done(this.arrive);
    }

    readonly arrive = (): void => {
      const request = { key: zipf.draw(random), start: this.time() };
      const service = services[++this.arrived & 7]!;
      this.useFacility(service, random.exponential() * 2).done(this.served, this, request);
      if (this.arrived < requests) this.start();
    };

    readonly served = (request: Request): void => {
      this.setTimer(0.2).done(this.lookedUp, this, request);
    };

    readonly lookedUp = (request: Request): void => {
      if (cache.has(request.key)) {
        hits++;
        cache.touch(request.key);
        this.answer(request);
        return;
      }
      const shard = shards[request.key & 3]!;
      this.useFacility(shard, random.exponential() * 4).done(this.stored, this, request);
    };

    readonly stored = (request: Request): void => {
      if (!cache.has(request.key)) cache.insert(request.key);
      this.answer(request);
    };

    answer({ start }: Request): void {
      latencies.record((this.time() - start) * 1e6);
    }
  }
  const simulation = new simjs.Sim();
  simulation.addEntity(Requests);
  simulation.simulate(Infinity);
  return {
    hitRatio: hits / requests,
    mean: latencies.mean / 1e6,
    p50: latencies.quantile(0.5) / 1e6,
    p99: latencies.quantile(0.99) / 1e6,
  };
}
