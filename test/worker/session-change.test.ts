// Another value of a parameter, from the start or from now on, is another text; the run of it is
// brought to where the old one was.
import { beforeEach, expect, test } from 'vitest';
import { lively, SessionBench, straightHash, textAfter } from './session-bench.ts';

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.with(lively);
});

const fewer = { path: 'api.instances', value: '2', from: 'start' } as const;
const stronger = { path: 'traffic.app.rate', value: '800/s', from: 'now' } as const;

test('a value from the start gives the run of the changed text at the same time', async () => {
  await bench.seek(2.5);
  const reply = await bench.session.change(fewer);
  const text = textAfter(reply);
  expect(text).toContain('instances: 2');
  expect(reply).toMatchObject({ forkedAt: 0, undoable: ['api.instances = 2 from the start'] });
  expect(reply.ok && reply.view?.nodes.filter(({ path }) => path.startsWith('api/'))).toHaveLength(
    2,
  );
  bench.run(40);
  expect(bench.last).toMatchObject({ run: 2, branch: 1, forkedAt: 0, time: 2.5, state: 'paused' });
  expect(bench.last.hash).toBe(straightHash(text, 2.5));
  expect(await bench.session.finish()).toBe(straightHash(text));
});

test('the answer comes before any frame of the new run', async () => {
  await bench.seek(2.5);
  const sent = bench.frames.length;
  const reply = await bench.session.change(fewer);
  expect(reply.ok && reply.view?.run).toBe(2);
  expect(bench.frames).toHaveLength(sent);
});

test('a value from now on strikes at the next millisecond, and the past stays what it was', async () => {
  await bench.seek(2.5);
  const { hash } = bench.last;
  const reply = await bench.session.change(stronger);
  const text = textAfter(reply);
  expect(text).toContain('{ at: 2.501s, change: traffic.app.rate, to: 800/s }');
  // The world as it stands has room for it.
  expect(reply).toMatchObject({ forkedAt: 2.501, view: null });
  bench.run(40);
  expect(bench.last).toMatchObject({ run: 1, branch: 1, time: 2.501000001 });
  expect((await bench.seek(2.5)).hash).toBe(hash);
  expect((await bench.seek(5)).hash).toBe(straightHash(text, 5));
  expect(await bench.session.finish()).toBe(straightHash(text));
});

test('more instances from now on take a world with room for them, and undo takes it away', async () => {
  await bench.seek(2.5);
  const reply = await bench.session.change({ path: 'api.instances', value: '5', from: 'now' });
  const text = textAfter(reply);
  expect(reply.ok && reply.view?.nodes.filter(({ path }) => path.startsWith('api/'))).toHaveLength(
    5,
  );
  bench.run(40);
  expect(bench.last).toMatchObject({ run: 2, branch: 1, forkedAt: 2.501, time: 2.501000001 });
  expect((await bench.seek(5)).hash).toBe(straightHash(text, 5));
  expect(await bench.session.undo()).toMatchObject({ ok: true, text: lively, forkedAt: 2.501 });
  bench.run(40);
  expect(bench.last).toMatchObject({ run: 3, branch: 2, hash: straightHash(lively, 5) });
});

test('acts and changes are undone in their order, whatever was built anew in between', async () => {
  const straight = straightHash(lively);
  const kill = { verb: 'crash', target: 'api/1' } as const;
  await bench.seek(1);
  const texts = [lively, textAfter(await bench.session.intervene(kill))];
  await bench.seek(2);
  texts.push(textAfter(await bench.session.change(stronger)));
  await bench.seek(3);
  texts.push(textAfter(await bench.session.intervene({ verb: 'restart', target: 'redis' })));
  texts.push(textAfter(await bench.session.change({ ...fewer, path: 'api.workers' })));
  await bench.seek(4);
  const { hash } = bench.last;
  for (const text of texts.slice(0, -1).reverse()) {
    expect(textAfter(await bench.session.undo())).toBe(text);
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 4, hash: straightHash(text, 4), state: 'paused' });
  }
  for (const text of texts.slice(1)) {
    expect(textAfter(await bench.session.redo())).toBe(text);
  }
  bench.run(40);
  expect(bench.last).toMatchObject({ time: 4, hash });
  for (const _ of texts.slice(1)) textAfter(await bench.session.undo());
  expect(await bench.session.finish()).toBe(straight);
});

test('what plays goes on playing when it is where it was', async () => {
  await bench.session.play();
  bench.run(1000);
  const { time } = bench.last;
  textAfter(await bench.session.change(fewer));
  bench.run(500);
  expect(bench.last).toMatchObject({ run: 2, state: 'playing' });
  expect(bench.last.time).toBeCloseTo(time + 0.5, 1);
});

test.each([
  ['api.instances', 'many'],
  ['api.colour', '3'],
  ['nowhere.at-all', '3'],
])('a value that is none (%s: %s) changes nothing', async (path, value) => {
  await bench.seek(1);
  for (const from of ['start', 'now'] as const) {
    const reply = await bench.session.change({ path, value, from });
    expect(reply).toMatchObject({ ok: false, why: expect.stringMatching(/^\S.*\.$/) });
  }
  expect(await bench.session.undo()).toMatchObject({ ok: false });
  expect(await bench.session.finish()).toBe(straightHash(lively));
});

test.each([
  ['traffic.app.timeout', '40ms'],
  ['traffic.app.retries', 'none'],
  ['api.workers', '1'],
  ['api.queue', '2'],
  ['api.instances', '2'],
  ['api.timeout', '5ms'],
  ['edge.policy', 'round-robin'],
  ['edge.delay', '2ms'],
  ['redis.capacity', '10 entries'],
  ['redis.ttl', '50ms'],
  ['redis.workers', '1'],
  ['db.lag', '200ms'],
  ['db.apply', '20ms'],
  ['db.workers', '1'],
  ['db.connections', '1'],
])(
  '%s = %s from now on, as it plays, is what its text gives from the start',
  async (path, value) => {
    await bench.session.setDotBudget(2_000);
    await bench.session.play();
    bench.run(1_500);
    const text = textAfter(await bench.session.change({ path, value, from: 'now' }));
    bench.run(1_000);
    await bench.session.pause();
    const { hash, time } = bench.last;
    expect(time).toBeGreaterThan(2);
    expect(hash).toBe(straightHash(text, time));
    expect(hash).not.toBe(straightHash(lively, time));
    expect(await bench.session.finish()).toBe(straightHash(text));
    textAfter(await bench.session.undo());
    expect(await bench.session.finish()).toBe(straightHash(lively));
  },
);
