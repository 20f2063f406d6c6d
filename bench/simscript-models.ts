/** M/M/1 and the micro-service model in the npm library simscript: each request an async script. */

import type * as Library from 'simscript';
import { HandHistogram } from './hand-parts.ts';
import type { MicroserviceResult } from './microservice.bench.ts';
import { Sfc32 } from './sfc32.ts';
import type { Popularity } from './simjs-models.ts';

export type Simscript = typeof Library;

/** It gives way to the page between slices, with a function that Node does not have. */
export async function loadSimscript(): Promise<Simscript> {
  const nextFrame = (callback: () => void) => void setImmediate(callback);
  Object.assign(globalThis, { requestAnimationFrame: nextFrame });
  const { default: library } = (await import('simscript')) as unknown as { default: Simscript };
  return library;
}

function finished(simulation: Library.Simulation): Promise<void> {
  return new Promise((resolve) => {
    simulation.finished.addEventListener(() => resolve());
    void simulation.start(true);
  });
}

/** Mean wait in service times, which are the unit of time here. */
export async function singleQueueInSimscript(
  simscript: Simscript,
  customers: number,
): Promise<number> {
  const random = new Sfc32(1);
  let waits = 0;
  const server = new simscript.Queue('server', 1);
  class Gap extends simscript.RandomVar {
    override sample(): number {
      return random.exponential() * 1.25;
    }
  }
  class Customer extends simscript.Entity {
    override async script(): Promise<void> {
      const { simulation } = this;
      const arrival = simulation.timeNow;
      await this.enterQueue(server);
      waits += simulation.timeNow - arrival;
      await this.delay(random.exponential());
      this.leaveQueue(server);
    }
  }
  class SingleQueue extends simscript.Simulation {
    override onStarting(): void {
      super.onStarting();
      this.generateEntities(Customer, new Gap(), customers);
    }
  }
  await finished(new SingleQueue());
  return waits / customers;
}

/** Times in ms. */
export async function microserviceInSimscript(
  simscript: Simscript,
  { zipf, cache }: Popularity,
  requests: number,
): Promise<MicroserviceResult> {
  const random = new Sfc32(7);
  const latencies = new HandHistogram();
  const queues = (name: string, count: number, servers: number) =>
    Array.from({ length: count }, (_, at) => new simscript.Queue(`${name} ${at}`, servers));
  const services = queues('service', 8, 4);
  const shards = queues('shard', 4, 8);
  let hits = 0;
  let turn = 0;
  class Gap extends simscript.RandomVar {
    override sample(): number {
      return random.exponential() / 12.8;
    }
  }
  class Request extends simscript.Entity {
    override async script(): Promise<void> {
      const { simulation } = this;
      const start = simulation.timeNow;
      const key = zipf.draw(random);
      await this.serveAt(services[++turn & 7]!, random.exponential() * 2);
      await this.delay(0.2);
      if (cache.has(key)) {
        hits++;
        cache.touch(key);
      } else {
        await this.serveAt(shards[key & 3]!, random.exponential() * 4);
        if (!cache.has(key)) cache.insert(key);
      }
      latencies.record((simulation.timeNow - start) * 1e6);
    }

    private async serveAt(queue: Library.Queue, time: number): Promise<void> {
      await this.enterQueue(queue);
      await this.delay(time);
      this.leaveQueue(queue);
    }
  }
  class Microservice extends simscript.Simulation {
    override onStarting(): void {
      super.onStarting();
      this.generateEntities(Request, new Gap(), requests);
    }
  }
  await finished(new Microservice());
  return {
    hitRatio: hits / requests,
    mean: latencies.mean / 1e6,
    p50: latencies.quantile(0.5) / 1e6,
    p99: latencies.quantile(0.99) / 1e6,
  };
}
