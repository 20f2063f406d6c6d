// A session is a text: whatever a person does to a run while it plays, the text that they are left
// with is the scenario of that very run.
import { beforeEach, describe, expect, test } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import type { Intervention } from '../../src/protocol/session.ts';
import { lively, SessionBench, straightHash, textAfter } from './session-bench.ts';

const hashes = { straight: straightHash(lively), end: 6 };
const kill: Intervention = { verb: 'crash', target: 'api/2' };

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.with(lively);
});

/** Acts by chance, each at the time where the one before has left the run, or far from it. */
async function actByChance(seed: string): Promise<{ text: string; acts: number }> {
  const stream = streamFor(seed, 'session', 'acts');
  const verbs = ['crash', 'restart', 'restart-cold', 'slow', 'partition', 'heal'] as const;
  const targets = ['api', 'api/1', 'api/3', 'redis', 'db/shard-1/primary', 'db'];
  let text = lively;
  let acts = 0;
  for (let round = 0; round < 8; round += 1) {
    if (stream.below(3) === 0) await bench.session.seek(stream.uniform() * 5.5);
    await bench.session.play();
    bench.run(stream.below(600));
    if (stream.below(2) === 0) await bench.session.pause();
    if (stream.below(3) === 0) await bench.session.step('event');
    const verb = verbs[stream.below(verbs.length)]!;
    const target = targets[stream.below(targets.length)]!;
    const reply = await bench.session.intervene({ verb, target });
    if (!reply.ok) continue;
    ({ text } = reply);
    acts += 1;
  }
  return { text, acts };
}

test.each(['1', '2', '3', '4', '5', '6'])(
  'the text of a session that was played by chance (%s) gives its hash',
  { timeout: 60_000 },
  async (seed) => {
    const { text, acts } = await actByChance(seed);
    expect(acts).toBeGreaterThan(3);
    const { time, hash } = await bench.seek(bench.last.time);
    expect(hash).toBe(straightHash(text, time));
    expect(await bench.session.finish()).toBe(straightHash(text));
    for (let act = 0; act < acts; act += 1) textAfter(await bench.session.undo());
    expect(await bench.session.undo()).toMatchObject({ ok: false });
    expect(await bench.session.finish()).toBe(hashes.straight);
    let again = '';
    for (let act = 0; act < acts; act += 1) again = textAfter(await bench.session.redo());
    expect(again).toBe(text);
    expect(await bench.session.redo()).toMatchObject({ ok: false });
    expect(await bench.session.finish()).toBe(straightHash(text));
  },
);

describe('an act', () => {
  test('strikes at the next whole millisecond and is written down there', async () => {
    await bench.seek(2.3456);
    const reply = await bench.session.intervene(kill);
    expect(reply).toMatchObject({ ok: true, forkedAt: 2.346, view: null, redoable: [] });
    expect(reply).toMatchObject({ undoable: ['crash api/2 at 2.346s'] });
    expect(textAfter(reply)).toBe(`${lively}  - { at: 2.346s, crash: api/2 }\n`);
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 2.346000001, branch: 1, forkedAt: 2.346 });
  });

  test('on the millisecond itself strikes at the next one', async () => {
    await bench.seek(2.5);
    expect(await bench.session.intervene(kill)).toMatchObject({ forkedAt: 2.501 });
    expect(await bench.session.intervene(kill)).toMatchObject({ forkedAt: 2.502 });
  });

  test('behind the frontier begins another future, and undo brings the old one back', async () => {
    await bench.seek(5);
    const { hash } = bench.last;
    expect(await bench.seek(2)).toMatchObject({ frontier: 5, branch: 0 });
    const text = textAfter(await bench.session.intervene(kill));
    bench.run(40);
    expect(bench.last.frontier).toBeLessThan(2.1);
    expect((await bench.seek(5)).hash).toBe(straightHash(text, 5));
    expect(bench.last.hash).not.toBe(hash);
    expect(await bench.session.undo()).toMatchObject({
      ok: true,
      text: lively,
      forkedAt: 2.001,
      undoable: [],
      redoable: ['crash api/2 at 2.001s'],
    });
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 5, hash, branch: 2 });
    textAfter(await bench.session.redo());
    bench.run(40);
    expect(bench.last).toMatchObject({ time: 5, hash: straightHash(text, 5), branch: 3 });
  });

  test('ahead of the present can be taken back as well', async () => {
    await bench.seek(4);
    textAfter(await bench.session.intervene(kill));
    await bench.seek(1.5);
    expect(await bench.session.undo()).toMatchObject({ ok: true, forkedAt: 4.001 });
    bench.run(40);
    expect(bench.last.time).toBe(1.5);
    expect(await bench.session.finish()).toBe(hashes.straight);
  });

  test('leaves a run that plays playing', async () => {
    await bench.session.play();
    bench.run(800);
    textAfter(await bench.session.intervene(kill));
    bench.run(500);
    expect(bench.last).toMatchObject({ state: 'playing', branch: 1 });
    expect(bench.last.time).toBeCloseTo(1.3, 1);
  });

  test('that is new takes the place of those that were undone', async () => {
    await bench.seek(1);
    textAfter(await bench.session.intervene(kill));
    textAfter(await bench.session.undo());
    const reply = await bench.session.intervene({ verb: 'slow', target: 'db', factor: 3 });
    expect(textAfter(reply)).toContain('{ at: 1.002s, slow: db, by: 3x }');
    expect(reply).toMatchObject({ redoable: [] });
  });

  test('on something that is not there changes nothing', async () => {
    await bench.seek(1);
    const reply = await bench.session.intervene({ verb: 'slow', target: 'api/9' });
    expect(reply).toMatchObject({ ok: false, why: expect.stringMatching(/^`api` has no part/) });
    expect(await bench.session.undo()).toMatchObject({ ok: false });
    expect(bench.last.branch).toBe(0);
    expect(await bench.session.finish()).toBe(hashes.straight);
  });
});

describe('what frames tell', () => {
  const windowsOf = (branch: number) => {
    const width = 1 + seriesCount;
    const ends: number[] = [];
    for (const frame of bench.frames) {
      if (frame.branch !== branch) continue;
      for (let at = 0; at < frame.windows.length; at += width) ends.push(frame.windows[at]!);
    }
    return ends;
  };
  const tenths = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, place) => (from + place + 1) / 10);
  let seriesCount = 0;
  beforeEach(async () => {
    const reply = await bench.session.load(lively, 'test.yaml', null);
    if (reply.ok) seriesCount = reply.view.series.length;
  });

  test('each window comes once on a branch, and those after a fork come anew', async () => {
    await bench.seek(4);
    await bench.seek(1);
    await bench.seek(3.05);
    textAfter(await bench.session.intervene(kill));
    await bench.seek(2);
    await bench.seek(5);
    textAfter(await bench.session.undo());
    await bench.seek(4);
    expect(windowsOf(0)).toEqual(tenths(0, 40));
    expect(windowsOf(1)).toEqual(tenths(30, 50));
    expect(windowsOf(2)).toEqual(tenths(30, 50));
  });

  test('of two forks between two frames, the first frame after them tells the earlier', async () => {
    await bench.seek(3);
    textAfter(await bench.session.intervene(kill));
    await bench.seek(4);
    // Nothing is served in between, so no frame tells of the second branch.
    textAfter(await bench.session.undo());
    textAfter(await bench.session.intervene(kill));
    bench.run(40);
    expect(bench.last).toMatchObject({ branch: 3, forkedAt: 3.001, time: 4.001000001 });
    await bench.seek(4.5);
    expect(windowsOf(3)).toEqual(tenths(30, 45));
  });

  test('so does each happening', async () => {
    const toldOf = (branch: number) =>
      bench.frames.flatMap((frame) =>
        frame.branch === branch ? frame.happenings.map(({ text }) => text) : [],
      );
    await bench.seek(5);
    const all = toldOf(0);
    expect(all).toEqual(expect.arrayContaining(['restart of api/1']));
    await bench.seek(2);
    textAfter(await bench.session.intervene(kill));
    await bench.seek(1.5);
    await bench.seek(5);
    expect(toldOf(0)).toEqual(all);
    expect(toldOf(1).slice(0, 1)).toEqual(['crash of api/2']);
    expect(new Set(toldOf(1)).size).toBe(toldOf(1).length);
    expect(toldOf(1)).not.toContain('restart of api/1');
  });
});
