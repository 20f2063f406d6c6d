// How a session gets from one time to another: by seeking, stepping, searching and following.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Happening } from '../../src/protocol/frame.ts';
import { experimentOf } from '../experiment/gallery.ts';
import { lively, SessionBench, straightHash, textAfter } from './session-bench.ts';

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.with(lively);
});

/** Serves what is put off until the promise is settled. */
async function served<Answer>(promise: Promise<Answer>): Promise<Answer> {
  const turns = { left: 10_000 };
  void promise.finally(() => (turns.left = 0));
  for (; turns.left > 0; turns.left -= 1) {
    bench.run(1);
    await Promise.resolve();
  }
  return promise;
}

describe('a seek', () => {
  test('that takes long goes in slices, says where to, and lets commands in between', async () => {
    bench.lookMs = 6;
    const seeking = bench.session.seek(5);
    bench.run(110);
    expect(bench.last).toMatchObject({ state: 'seeking', seekTarget: 5 });
    expect(bench.last.time).toBeLessThan(5);
    await served(seeking);
    bench.run(40);
    expect(bench.last).toMatchObject({ state: 'paused', seekTarget: null, time: 5 });
    expect(bench.last.hash).toBe(straightHash(lively, 5));
  });

  test('gives way to the next one', async () => {
    bench.lookMs = 6;
    const first = bench.session.seek(5.5);
    bench.run(20);
    const second = bench.session.seek(0.25);
    await first;
    await served(second);
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 0.25, hash: straightHash(lively, 0.25) });
  });

  test('over new ground stops when somebody presses pause', async () => {
    bench.lookMs = 6;
    const seeking = bench.session.seek(5.9);
    bench.run(40);
    await bench.session.pause();
    await seeking;
    expect(bench.last.state).toBe('paused');
    expect(bench.last.time).toBeLessThan(5.9);
    const sent = bench.frames.length;
    bench.run(1000);
    expect(bench.frames).toHaveLength(sent);
  });

  test('beyond the end comes to the end', async () => {
    expect(await bench.seek(99)).toMatchObject({ state: 'ended', time: 6 });
    expect(bench.last.hash).toBe(straightHash(lively));
    expect(await bench.seek(-3)).toMatchObject({ state: 'paused', time: 0 });
  });

  test('may follow loading at once', async () => {
    await bench.session.load(lively, 'again.yaml', null);
    expect(await bench.seek(3.5)).toMatchObject({ time: 3.5, run: 2, branch: 0 });
    expect(bench.last.hash).toBe(straightHash(lively, 3.5));
  });

  test('shows at its end the dots that are on their way, and only there', async () => {
    await bench.seek(1);
    const sent = bench.frames.length;
    await bench.seek(4);
    const withHops = bench.frames.slice(sent).filter(({ hops }) => hops.length > 0);
    expect(withHops).toEqual([bench.last]);
  });
});

describe('a step', () => {
  test('of one event handles one event', async () => {
    await bench.seek(2);
    const { events } = bench.last;
    for (let step = 1; step <= 5; step += 1) {
      await bench.session.step('event');
      bench.run(40);
      expect(bench.last).toMatchObject({ events: events + step, state: 'paused' });
    }
    expect((await bench.seek(3)).hash).toBe(straightHash(lively, 3));
  });

  test('of some time stops playing and goes that far', async () => {
    await bench.session.play();
    bench.run(500);
    const { time } = bench.last;
    await bench.session.step(0.001);
    bench.run(40);
    expect(bench.last.time).toBeCloseTo(time + 0.001, 9);
    expect(bench.last.state).toBe('paused');
    await bench.session.step(-0.2);
    bench.run(40);
    expect(bench.last.time).toBeCloseTo(time - 0.199, 9);
  });
});

describe('running until', () => {
  const firstOf = (of: Happening['kind'] | null, after = 0) => {
    const { run } = experimentOf(lively);
    run.advance(Infinity);
    const { entries } = run.world.timeline;
    return entries.find(({ kind, time }) => time > after && (of === null || kind === of))!;
  };

  test.each([null, 'fault', 'recovery'] as const)(
    'the next happening (%s) stops right after it',
    async (of) => {
      const entry = firstOf(of);
      const reply = await served(bench.session.runUntil({ kind: 'happening', of }));
      bench.run(40);
      expect(reply).toMatchObject({ met: true, text: expect.stringContaining(entry.text) });
      expect(bench.last.time).toBe((entry.time + 1) / 1e9);
      expect(bench.last.hash).toBe(straightHash(lively, bench.last.time));
      expect(bench.last.hops.length).toBeGreaterThan(0);
    },
  );

  test('what is no longer to come is not met, at the end of the run', async () => {
    await bench.seek(5.9);
    const until = { kind: 'happening', of: 'fault' } as const;
    expect(await served(bench.session.runUntil(until))).toMatchObject({ met: false });
    expect(bench.last.state).toBe('ended');
  });

  test('a time comes there', async () => {
    const reply = await served(bench.session.runUntil({ kind: 'time', seconds: 2.345 }));
    bench.run(40);
    expect(reply.met).toBe(true);
    expect(bench.last).toMatchObject({ time: 2.345, hash: straightHash(lively, 2.345) });
  });

  test('a p99 stops at the end of the first window that has it', async () => {
    const { run } = experimentOf(lively);
    run.advance(Infinity);
    const get = run.world.operations.find(({ name }) => name === 'get')!;
    const aboveMs = [...get.windowP99].sort((a, b) => b - a)[20]! / 1e6 - 0.001;
    const window = get.windowP99.findIndex((p99) => p99 / 1e6 > aboveMs);
    const until = { kind: 'p99', operation: 'get', aboveMs } as const;
    expect(await served(bench.session.runUntil(until))).toMatchObject({ met: true });
    bench.run(40);
    expect(bench.last.time).toBe((window + 1) / 10);
  });

  test('a queue stops at the end of a window at which so many wait', async () => {
    const until = { kind: 'queue', component: null, above: 5 } as const;
    const reply = await served(bench.session.runUntil(until));
    bench.run(40);
    expect(reply).toMatchObject({ met: true, text: expect.stringMatching(/requests wait at \w+/) });
    const { run } = experimentOf(lively);
    for (let window = 1; run.ending === null; window += 1) {
      run.advance(window * 1e8);
      const waiting = run.world.components.map(({ nodes }) =>
        nodes.reduce((sum, { station }) => sum + (station?.queue ?? 0), 0),
      );
      if (Math.max(...waiting) > 5) break;
    }
    expect(bench.last.time).toBe(run.time / 1e9);
  });

  test('a failure stops at the very event with which the first request fails', async () => {
    const reply = await served(bench.session.runUntil({ kind: 'failure' }));
    bench.run(40);
    expect(reply.met).toBe(true);
    const { run } = experimentOf(lively);
    const failed = () =>
      run.world.operations.some(({ tally }) =>
        ['failed', 'shed'].some((name) => tally.counts[tally.columns.indexOf(name)]! > 0),
      );
    while (!failed()) run.advance(Infinity, 1);
    // A nanosecond later, when nothing else is due in this one.
    expect(bench.last).toMatchObject({ time: (run.time + 1) / 1e9, hash: run.hash });
    // Up to now is with the nanosecond before, whatever becomes of it in seconds.
    const asked = { from: 0, to: bench.last.time, operation: null, limit: 10 } as const;
    const answer = await bench.session.ask('requests', { ...asked, which: 'failed' });
    expect(answer).toHaveLength(1);
  });

  test('something gives way to pause', async () => {
    bench.lookMs = 6;
    const running = bench.session.runUntil({ kind: 'queue', component: 'api', above: 1e6 });
    bench.run(20);
    expect(bench.last).toMatchObject({ state: 'seeking', seekTarget: null });
    await bench.session.pause();
    expect(await running).toMatchObject({ met: false });
    expect(bench.last.state).toBe('paused');
  });
});

describe('finishing', () => {
  test('goes in slices too, sends no frame on its way, and ends with the hash', async () => {
    await bench.seek(1);
    const sent = bench.frames.length;
    bench.lookMs = 6;
    const finishing = bench.session.finish();
    bench.run(40);
    expect(bench.frames).toHaveLength(sent);
    expect(await served(finishing)).toBe(straightHash(lively));
    bench.run(40);
    expect(bench.last).toMatchObject({ state: 'ended', time: 6 });
    expect(bench.frames).toHaveLength(sent + 1);
  });

  test('gives way to an act, which strikes where the run has come to', async () => {
    bench.lookMs = 6;
    const finishing = bench.session.finish();
    bench.run(40);
    const reply = await bench.session.intervene({ verb: 'crash', target: 'api' });
    expect(reply).toMatchObject({ ok: true });
    expect(reply.ok && reply.forkedAt).toBeLessThan(6);
    await finishing;
    bench.lookMs = 0;
    expect(await bench.session.finish()).toBe(straightHash(textAfter(reply)));
  });
});

describe('following another run', () => {
  test('keeps its time, forth and back, and shows every stretch', async () => {
    for (let place = 1; place <= 60; place += 1) {
      await bench.session.follow(place / 30);
      bench.run(1000 / 30);
      expect(bench.last.time).toBeCloseTo(place / 30, 9);
      expect(bench.last.state).toBe('playing');
    }
    expect(bench.frames.slice(-20).every(({ hops }) => hops.length > 0)).toBe(true);
    await bench.session.follow(1.1);
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 1.1, hash: straightHash(lively, 1.1) });
  });

  test('rests when the other one rests', async () => {
    await bench.session.follow(0.5);
    bench.run(1000);
    expect(bench.last.state).toBe('paused');
    const sent = bench.frames.length;
    bench.run(5000);
    expect(bench.frames).toHaveLength(sent);
  });
});

test('a question leaves the run where it is', async () => {
  await bench.session.play();
  bench.run(2500);
  const { time } = bench.last;
  await bench.session.ask('sheet', { path: 'api' });
  await bench.session.ask('requests', { from: 0, to: 2, select: 'slowest', limit: 3 } as never);
  bench.run(40);
  expect(bench.last.time).toBeGreaterThan(time);
  expect(await bench.session.finish()).toBe(straightHash(lively));
});

describe('at the same time a run is the same', () => {
  // Requests of two populations come in the same nanoseconds, and so do all that follow from them.
  const crowded = `
name: Several at once
duration: 20s
traffic:
  one: { rate: 1000/s, arrivals: constant, to: api }
  two: { rate: 1000/s, arrivals: constant, to: api }
  three: { rate: 1000/s, arrivals: constant, to: api }
components: { api: { kind: service, workers: 8, operations: { get: [ { work: 1ms } ] } } }
network: { same-zone: 0s, clients: 0s }
`;

  test('wherever the clock has cut it off as it played, and where another run follows it', async () => {
    const leader = await SessionBench.with(crowded);
    const follower = await SessionBench.with(crowded);
    // Work takes so long that the loop stops for the clock rather than for its target.
    leader.lookMs = 3;
    await leader.session.setSpeed(Infinity);
    await leader.session.play();
    for (let round = 0; round < 12; round += 1) {
      leader.run(11);
      await leader.session.pause();
      const { events, hash, time } = leader.last;
      expect(hash, `at ${time} s`).toBe(straightHash(crowded, time));
      void follower.session.follow(time);
      follower.run(400);
      expect(follower.last).toMatchObject({ events, hash, time });
      await leader.session.play();
    }
    expect(leader.last.time).toBeGreaterThan(1);
    expect(leader.last.time).toBeLessThan(20);
  });

  test('also when it is sought from the middle of a nanosecond', async () => {
    bench = await SessionBench.with(crowded);
    const { hash } = await bench.seek(1);
    await bench.session.step('event');
    bench.run(40);
    expect(bench.last.time).toBe(1);
    expect(bench.last.hash).not.toBe(hash);
    expect(await bench.seek(1)).toMatchObject({ time: 1, hash });
  });
});
