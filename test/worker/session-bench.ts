// A session on the real engine, with a clock that only moves when told.
import { expect } from 'vitest';
import type { Frame } from '../../src/protocol/frame.ts';
import type { ActReply } from '../../src/protocol/session.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import { RunSession } from '../../src/worker/run-session.ts';
import { experimentOf } from '../experiment/gallery.ts';

export class SessionBench {
  now = 0;
  /** How far the clock moves whenever somebody looks at it, ms: what work takes. */
  lookMs = 0;
  readonly frames: Frame[] = [];
  private waiting: { at: number; run: () => void }[] = [];
  readonly session = new RunSession({
    createEngine,
    now: () => (this.now += this.lookMs),
    soon: (run) => void this.waiting.push({ at: this.now, run }),
    later: (run, ms) => void this.waiting.push({ at: this.now + ms, run }),
    post: (frame) => {
      this.frames.push(frame);
      this.session.frameTaken();
    },
  });

  static async with(text: string): Promise<SessionBench> {
    const bench = new SessionBench();
    expect(await bench.session.load(text, 'test.yaml', null)).toMatchObject({ ok: true });
    return bench;
  }

  get last(): Frame {
    return this.frames.at(-1)!;
  }

  /** Serves what has been put off for so many ms. */
  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      this.waiting.sort((a, b) => a.at - b.at);
      const next = this.waiting[0];
      if (next === undefined || next.at > end) break;
      this.waiting.shift();
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
  }

  /** Goes to a time, s, and gives the frame that shows it. */
  async seek(seconds: number): Promise<Frame> {
    await this.session.seek(seconds);
    this.run(40);
    return this.last;
  }
}

/** The text of a session after an act that must have been possible. */
export function textAfter(reply: ActReply): string {
  if (!reply.ok) throw new Error(reply.why);
  return reply.text;
}

/** The hash of a text that is run straight to a time, s, or to its end. */
export function straightHash(text: string, seconds = Infinity): string {
  const { run } = experimentOf(text);
  run.advance(Math.round(seconds * 1e9));
  return run.hash;
}

/** A little of everything, over in a moment. */
export const lively = `
name: Short and lively
duration: 6s
traffic:
  app:
    rate: 400/s
    to: edge
    timeout: 100ms
    retries: { attempts: 3, backoff: exponential(5ms) }
    mix: { get: 80%, put: 20% }
data: { goods: { keys: 500, stored-in: db, cached-in: redis } }
components:
  edge: { kind: load-balancer, to: api, policy: two-choices, health-check: { every: 500ms } }
  api:
    kind: service
    instances: 3
    workers: 2
    queue: 10
    operations:
      get: [ { work: exponential(4ms) }, { read: goods } ]
      put: [ { parallel: [ { work: 2ms }, { write: goods } ] } ]
  redis: { kind: cache, capacity: 100 entries, ttl: 1s ±10% }
  db: { kind: database, replicas: 1, lag: exponential(10ms) }
faults:
  - { at: 1s, restart: api/1 }
  - { at: 3s, partition: db/shard-1/primary, for: 1s }
`;
