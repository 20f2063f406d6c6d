/** M/M/1 as one hand-written loop on typed arrays: arrivals, services, the sum of waits. */

import { Sfc32 } from './sfc32.ts';
import { TypedHeap } from './typed-heap.ts';

/** Mean times in ns: 80 % load. */
export const MEAN_GAP = 1_250_000;
export const MEAN_SERVICE = 1_000_000;

/** Serves that many customers and returns their mean wait in service times. */
export function singleQueueByHand(customers: number): number {
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
  while (served < customers) {
    const now = heap.topTime;
    const kind = heap.topData;
    heap.pop();
    if (kind === 0) {
      arrived++;
      if (arrived < customers) heap.push(now + Math.round(random.exponential() * MEAN_GAP), 0);
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
  return waits / customers / MEAN_SERVICE;
}
