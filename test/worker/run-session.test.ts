import { beforeEach, expect, test } from 'vitest';
import type { Frame } from '../../src/protocol/frame.ts';
import { createEngine } from '../browser/mock-engine.ts';
import { RunSession } from '../../src/worker/run-session.ts';

/** A clock that only moves when told, and a queue of what was put off. */
class Bench {
  now = 0;
  readonly frames: Frame[] = [];
  private waiting: { at: number; run: () => void }[] = [];
  readonly session = new RunSession({
    createEngine,
    now: () => this.now,
    soon: (run) => void this.waiting.push({ at: this.now, run }),
    later: (run, ms) => void this.waiting.push({ at: this.now + ms, run }),
    post: (frame) => {
      this.frames.push(frame);
      this.session.frameTaken();
    },
  });

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
}

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  const reply = await bench.session.load('name: any', 'any.yaml', null);
  expect(reply.ok).toBe(true);
});

test('it plays at the speed that was chosen', async () => {
  await bench.session.play();
  bench.run(2000);
  expect(bench.frames.at(-1)!.time).toBeCloseTo(2, 1);
  await bench.session.setSpeed(5);
  bench.run(1000);
  // One frame at this speed is a sixth of a second.
  expect(Math.abs(bench.frames.at(-1)!.time - 7)).toBeLessThan(0.2);
});

test('it sends at most thirty frames a second, and verdicts at most twice', async () => {
  await bench.session.play();
  bench.run(1000);
  expect(bench.frames.length).toBeLessThanOrEqual(30);
  expect(bench.frames.length).toBeGreaterThan(20);
  expect(bench.frames.filter(({ verdicts }) => verdicts !== null).length).toBeLessThanOrEqual(2);
});

test('paused, it sends one last frame and then nothing', async () => {
  await bench.session.play();
  bench.run(500);
  await bench.session.pause();
  const sent = bench.frames.length;
  expect(bench.frames.at(-1)!.state).toBe('paused');
  bench.run(2000);
  expect(bench.frames).toHaveLength(sent);
});

test('time spent in a pause is not made up for', async () => {
  await bench.session.play();
  bench.run(500);
  await bench.session.pause();
  bench.run(10_000);
  await bench.session.play();
  bench.run(500);
  expect(bench.frames.at(-1)!.time).toBeCloseTo(1, 1);
});

test('starting again gives a new run at time zero that goes on playing', async () => {
  await bench.session.play();
  bench.run(500);
  const { run } = bench.frames.at(-1)!;
  await bench.session.restart();
  expect(bench.frames.at(-1)).toMatchObject({ run: run + 1, time: 0, state: 'playing' });
  bench.run(500);
  expect(bench.frames.at(-1)!.time).toBeCloseTo(0.5, 1);
});

test('a text with errors leaves the run as it is', async () => {
  await bench.session.play();
  bench.run(300);
  const reply = await bench.session.load('a: [1', 'broken.yaml', null);
  expect(reply.ok).toBe(false);
  bench.run(300);
  expect(bench.frames.at(-1)!.time).toBeCloseTo(0.6, 1);
});

test('an intervention shows at once even while paused', async () => {
  const target = 'api/node-1';
  expect(await bench.session.intervene({ verb: 'crash', target })).toEqual({ ok: true });
  expect(bench.frames.at(-1)!.happenings.map((one) => one.target)).toContain(target);
  expect(await bench.session.intervene({ verb: 'crash', target: 'nowhere' })).toMatchObject({
    ok: false,
  });
});

test('above the speed of flow no hops are sent and a dot stands for infinitely many', async () => {
  await bench.session.setSpeed(100);
  await bench.session.play();
  bench.run(400);
  expect(bench.frames.at(-1)!.requestsPerDot).toBe(Infinity);
  expect(bench.frames.slice(-3).every(({ hops }) => hops.length === 0)).toBe(true);
});

test('a run goes to its end and says why it is over', async () => {
  await bench.session.finish();
  expect(bench.frames.at(-1)).toMatchObject({ state: 'ended', time: 120 });
  expect(bench.frames.at(-1)!.ending).toContain('end');
});
