/** All benchmarks, in the order in which the document tells of them. */

import type { Bench } from './bench.ts';
import caches from './caches.bench.ts';
import growth from './growth.bench.ts';
import kernel from './kernel.bench.ts';
import libraries from './libraries.bench.ts';
import memory from './memory.bench.ts';
import microservice from './microservice.bench.ts';
import reference from './reference.bench.ts';
import replications from './replications.bench.ts';
import seek from './seek.bench.ts';

export const benches: readonly Bench[] = [
  kernel,
  microservice,
  reference,
  libraries,
  caches,
  growth,
  memory,
  replications,
  seek,
];
