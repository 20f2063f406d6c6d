import { beforeEach, expect, test } from 'vitest';
import { SessionBench } from './session-bench.ts';

/** Long enough to be watched for a while. */
const text = `
name: A service on its way
duration: 120s
traffic: { app: { rate: 200/s, to: api } }
components:
  api:
    kind: service
    instances: 3
    workers: 4
    operations: { get: [ { work: exponential(4ms) } ] }
requirements: [ p99 of get < 100ms ]
`;

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.with(text);
});

test('it plays at the speed that was chosen', async () => {
  await bench.session.play();
  bench.run(2000);
  expect(bench.last.time).toBeCloseTo(2, 1);
  await bench.session.setSpeed(5);
  bench.run(1000);
  // One frame at this speed is a sixth of a second.
  expect(Math.abs(bench.last.time - 7)).toBeLessThan(0.2);
});

test('it sends at most thirty frames a second, and verdicts at most twice', async () => {
  await bench.session.play();
  bench.run(1000);
  expect(bench.frames.length).toBeLessThanOrEqual(30);
  expect(bench.frames.length).toBeGreaterThan(20);
  expect(bench.frames.filter(({ verdicts }) => verdicts !== null).length).toBeLessThanOrEqual(2);
});

test('however fast somebody drags through time, it sends at most thirty frames a second', async () => {
  await bench.session.play();
  bench.run(500);
  await bench.session.pause();
  const sent = bench.frames.length;
  for (let place = 0; place < 100; place += 1) {
    await bench.session.seek(place / 200);
    bench.run(10);
  }
  bench.run(50);
  expect(bench.frames.length - sent).toBeLessThanOrEqual(32);
  expect(bench.frames.length - sent).toBeGreaterThan(20);
  expect(bench.last).toMatchObject({ time: 0.495, state: 'paused', seekTarget: null });
});

test('paused, it sends one last frame and then nothing', async () => {
  await bench.session.play();
  bench.run(500);
  await bench.session.pause();
  const sent = bench.frames.length;
  expect(bench.last.state).toBe('paused');
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
  expect(bench.last.time).toBeCloseTo(1, 1);
});

test('going back to the start goes on playing the same run', async () => {
  await bench.session.play();
  bench.run(500);
  const { run, branch } = bench.last;
  expect(await bench.seek(0)).toMatchObject({ run, branch, state: 'playing' });
  expect(bench.last.time).toBeLessThan(0.1);
  bench.run(460);
  expect(bench.last.time).toBeCloseTo(0.5, 1);
  expect(bench.last.frontier).toBeGreaterThanOrEqual(0.5);
});

test('a text with errors leaves the run as it is', async () => {
  await bench.session.play();
  bench.run(300);
  const reply = await bench.session.load('a: [1', 'broken.yaml', null);
  expect(reply.ok).toBe(false);
  bench.run(300);
  expect(bench.last.time).toBeCloseTo(0.6, 1);
});

test('an act shows at once even while paused', async () => {
  const reply = await bench.session.intervene({ verb: 'crash', target: 'api/2' });
  expect(reply).toMatchObject({ ok: true, forkedAt: 0.001, view: null });
  bench.run(40);
  expect(bench.last.happenings.map((one) => one.target)).toContain('api/2');
  expect(bench.last).toMatchObject({ state: 'paused', branch: 1, forkedAt: 0.001 });
  expect(await bench.session.intervene({ verb: 'crash', target: 'nowhere' })).toMatchObject({
    ok: false,
    why: expect.stringContaining('nowhere'),
  });
});

test('a run that is over can be acted on only after going back', async () => {
  await bench.session.finish();
  const act = { verb: 'crash', target: 'api' } as const;
  expect(await bench.session.intervene(act)).toMatchObject({ ok: false });
  await bench.seek(119.5);
  expect(await bench.session.intervene(act)).toMatchObject({ ok: true, forkedAt: 119.501 });
});

test('above the speed of flow no hops are sent and a dot stands for infinitely many', async () => {
  await bench.session.setSpeed(100);
  await bench.session.play();
  bench.run(400);
  expect(bench.last.requestsPerDot).toBe(Infinity);
  expect(bench.frames.slice(-3).every(({ hops }) => hops.length === 0)).toBe(true);
});

test('a picture that stands still after a seek shows requests on their way', async () => {
  expect((await bench.seek(30)).hops.length).toBeGreaterThan(0);
  expect((await bench.seek(10)).hops.length).toBeGreaterThan(0);
});

test('a run goes to its end and says why it is over', async () => {
  await bench.session.finish();
  expect(bench.last).toMatchObject({ state: 'ended', time: 120 });
  expect(bench.last.ending).toContain('end');
});
