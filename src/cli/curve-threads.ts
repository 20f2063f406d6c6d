/**
 * Plays the pieces of a curve in several threads. The main thread reads the trace once and puts
 * each batch into memory that all threads share; a batch is written over only when every thread is
 * done with it, so a slow thread holds the reading up and memory stays what it is.
 */

import { Worker } from 'node:worker_threads';
import { dealt, piecesOf } from '../laboratory/curve-work.ts';
import type { CurveWorkPlan, PieceAnswer } from '../laboratory/curve-work.ts';
import type { Batch, LookUpSource } from '../laboratory/look-ups.ts';
import type { CurveOrder, CurveReply, CurveTask } from './curve-task.ts';

/** Batches that may be on their way at the same time. */
const AHEAD = 4;

export interface CurveThreadsPlan {
  readonly plan: CurveWorkPlan;
  readonly source: LookUpSource;
  readonly workers: number;
  readonly onProgress: (share: number) => void;
  readonly interruption: AbortSignal;
}

/** Answers of all pieces; null when they were interrupted. */
export async function playInThreads(fields: CurveThreadsPlan): Promise<PieceAnswer[] | null> {
  const { plan, source, workers, onProgress, interruption } = fields;
  const threads = dealt(piecesOf(plan), workers).map((pieces) => new CurveThread({ plan, pieces }));
  const stop = () => {
    for (const thread of threads) thread.stop();
  };
  interruption.addEventListener('abort', stop);
  const shelves = Array.from({ length: AHEAD }, () => new Shelf());
  try {
    for (let number = 0; !interruption.aborted; number++) {
      const batch = await source.next();
      if (batch === null) break;
      await Promise.all(threads.map((thread) => thread.isDoneWith(number - AHEAD)));
      const shared = shelves[number % AHEAD]!.put(batch);
      for (const thread of threads) {
        thread.order({ kind: 'batch', batch: shared, bound: source.keys });
      }
      onProgress(source.progress);
    }
    const answers = await Promise.all(threads.map((thread) => thread.answers()));
    return interruption.aborted ? null : answers.flat();
  } finally {
    interruption.removeEventListener('abort', stop);
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

class CurveThread {
  private readonly thread: Worker;
  private done = 0;
  private found: readonly PieceAnswer[] | null = null;
  private failure: Error | null = null;
  private isStopped = false;
  /** Looks again whether what it waits for has come. */
  private wake: () => void = () => undefined;

  constructor(fields: Omit<CurveTask, 'kind'>) {
    const task: CurveTask = { kind: 'gameday-curves', ...fields };
    // The whole command line is one file, and the thread is told what it is for by its task.
    this.thread = new Worker(new URL(import.meta.url), { workerData: task });
    this.thread.on('message', (reply: CurveReply) => {
      if (reply.kind === 'done') this.done++;
      else this.found = reply.answers;
      this.wake();
    });
    this.thread.on('error', (error) => {
      this.failure = error;
      this.wake();
    });
  }

  order(order: CurveOrder): void {
    this.thread.postMessage(order, []);
  }

  /** Comes true once the batch of this number has been played. */
  isDoneWith(number: number): Promise<void> {
    return this.until(() => this.done > number);
  }

  async answers(): Promise<readonly PieceAnswer[]> {
    this.order({ kind: 'end' });
    await this.until(() => this.found !== null);
    return this.found ?? [];
  }

  /** Nobody waits for it any longer. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  end(): Promise<unknown> {
    return this.thread.terminate();
  }

  private until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.wake = () => {
        if (this.failure !== null) reject(this.failure);
        else if (this.isStopped || isSo()) resolve();
      };
      this.wake();
    });
  }
}

/** Shared memory for one batch. */
class Shelf {
  private keys: Int32Array<SharedArrayBuffer> = sharedInt32(0);
  private sizes: Int32Array<SharedArrayBuffer> = sharedInt32(0);
  private ops: Uint8Array<SharedArrayBuffer> = new Uint8Array(new SharedArrayBuffer(0));

  put({ count, keys, sizes, ops }: Batch): Batch {
    if (this.keys.length < count) {
      this.keys = sharedInt32(count);
      this.sizes = sharedInt32(count);
      this.ops = new Uint8Array(new SharedArrayBuffer(count));
    }
    this.keys.set(keys.subarray(0, count));
    if (sizes !== null) this.sizes.set(sizes.subarray(0, count));
    if (ops !== null) this.ops.set(ops.subarray(0, count));
    return {
      count,
      keys: this.keys,
      sizes: sizes === null ? null : this.sizes,
      times: null,
      ops: ops === null ? null : this.ops,
    };
  }
}

function sharedInt32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}
