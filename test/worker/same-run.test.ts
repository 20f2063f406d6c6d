// Whatever a page asks of its worker, and however the clock stutters, a run stays what it is: at
// every speed, through pauses and changes, and when the same worker has run something else before.
import { expect, test } from 'vitest';
import { speeds } from '../../src/panels/actions.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import { RunSession } from '../../src/worker/run-session.ts';
import { experimentOf, galleryNames, galleryText } from '../experiment/gallery.ts';
import { inputs } from '../kernel/math-inputs.ts';
import { lively as text } from './session-bench.ts';

/** A session with a clock that moves on by chance whenever somebody looks at it. */
class Bench {
  readonly draw;
  readonly session;
  last: Frame | null = null;
  private now = 0;
  private waiting: { readonly at: number; readonly run: () => void }[] = [];

  constructor(seed: number) {
    this.draw = inputs(seed);
    this.session = new RunSession({
      createEngine,
      now: () => (this.now += this.draw.unit() < 0.9 ? 0.01 : this.draw.between(0, 9)),
      soon: (run) => void this.waiting.push({ at: this.now, run }),
      later: (run, ms) => void this.waiting.push({ at: this.now + ms, run }),
      post: (frame) => {
        this.last = frame;
        // A page that is busy acknowledges late, or several at once.
        if (this.draw.unit() < 0.8) this.session.frameTaken();
      },
    });
  }

  /** Serves what is waiting for so many ms of its clock, or until nothing is left to do. */
  run(ms: number): void {
    const end = this.now + ms;
    while (this.now < end) {
      this.waiting.sort((a, b) => a.at - b.at);
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.now = Math.max(this.now, next.at);
      next.run();
      this.session.frameTaken();
    }
  }
}

/** Serves the bench until the run is at its end, and gives its hash. */
async function finished(bench: Bench): Promise<string> {
  const turns = { left: 10_000 };
  const hash = bench.session.finish().finally(() => (turns.left = 0));
  for (; turns.left > 0; turns.left -= 1) {
    bench.run(100);
    await Promise.resolve();
  }
  return hash;
}

async function benchWith(seed: number): Promise<Bench> {
  const bench = new Bench(seed);
  expect((await bench.session.load(text, 'lively.yaml', null)).ok).toBe(true);
  return bench;
}

function straightHash(of: string, seed?: string): string {
  const { run } = experimentOf(of, seed === undefined ? {} : { seed });
  run.advance(Infinity);
  return run.hash;
}

const straight = straightHash(text);

test.each(speeds)('at speed %d it ends with the hash of the straight run', async (speed) => {
  const bench = await benchWith(Math.round(speed === Infinity ? 9 : speed * 100));
  await bench.session.setSpeed(speed);
  await bench.session.play();
  bench.run(20_000);
  const played = bench.last!;
  expect(played.time).toBeGreaterThan(0.1);
  // The slowest are far from their end; the rest of the way is as fast as the machine can.
  expect(played.state).toBe(speed < 0.5 ? 'playing' : 'ended');
  expect(await finished(bench)).toBe(straight);
  expect(bench.last).toMatchObject({ state: 'ended', hash: straight });
});

test.each([1, 2, 3, 4, 5])(
  'speeds, pauses, dots and questions that come by chance (%d) leave the hash as it is',
  async (seed) => {
    const bench = await benchWith(seed);
    const { draw, session } = bench;
    const slow = speeds.filter((speed) => speed <= 2);
    const acts: (() => Promise<unknown>)[] = [
      () => session.setSpeed(slow[draw.whole(0, slow.length - 1)]!),
      () => session.setDotBudget(draw.whole(1, 2_000)),
      () => session.pause(),
      () => session.play(),
      () => session.play(),
      () => session.results(),
    ];
    let done = 0;
    for (; bench.last?.state !== 'ended' && done < 2_000; done += 1) {
      await acts[draw.whole(0, acts.length - 1)]!();
      bench.run(draw.between(0, 400));
    }
    expect(done).toBeGreaterThan(20);
    expect(bench.last).toMatchObject({ state: 'ended', hash: straight });
  },
);

test('a run that goes back to its start in the middle ends with the same hash', async () => {
  const bench = await benchWith(6);
  await bench.session.play();
  bench.run(1_700);
  await bench.session.seek(0);
  bench.run(60_000);
  expect(bench.last).toMatchObject({ run: 1, branch: 0, state: 'ended', hash: straight });
});

test(
  'A, B and A again in one worker give the hash of A, of B and of A',
  { timeout: 120_000 },
  async () => {
    const bench = await benchWith(7);
    const hashOf = async (scenario: string, seed: string | null) => {
      expect((await bench.session.load(scenario, 'any.yaml', seed)).ok).toBe(true);
      return finished(bench);
    };
    const others = galleryNames.filter((name) => /^(blind-window|partition)$/.test(name));
    expect(others).toHaveLength(2);
    for (const [place, other] of others.map(galleryText).entries()) {
      const seed = String(place + 20);
      expect(await hashOf(text, null)).toBe(straight);
      expect(await hashOf(other, seed)).toBe(straightHash(other, seed));
      expect(await hashOf(text, null)).toBe(straight);
    }
  },
);

test('what a person breaks changes the hash, and the same again at the same time gives it again', async () => {
  const hashes = [];
  for (let time = 0; time < 2; time += 1) {
    const bench = await benchWith(8 + time);
    await bench.session.intervene({ verb: 'crash', target: 'api/2' });
    hashes.push(await finished(bench));
  }
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]).not.toBe(straight);
});
