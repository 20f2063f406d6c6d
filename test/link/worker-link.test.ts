import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Line, LineEvents } from '../../src/link/line.ts';
import { CommandLost, WorkerLink } from '../../src/link/worker-link.ts';
import { sentence, type RecoveryNote } from '../../src/panels/recovery.tsx';
import type { Frame } from '../../src/protocol/frame.ts';
import type { Session } from '../../src/protocol/session.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import { RunSession } from '../../src/worker/run-session.ts';
import { experimentOf } from '../experiment/gallery.ts';

const text = readFileSync('scenarios/primary-dies.yaml', 'utf8');

/** A worker without a thread: the session itself, which can be told to go wrong. */
class Pretended implements Line {
  readonly session: Session;
  private silent = false;
  private readonly events: LineEvents;

  constructor(events: LineEvents) {
    this.events = events;
    const run = new RunSession({
      createEngine,
      now: () => performance.now(),
      soon: (callback) => void setImmediate(callback),
      later: (callback, ms) => void setTimeout(callback, ms),
      post: (frame) => {
        run.frameTaken();
        if (!this.silent) setImmediate(() => events.onFrame(frame));
      },
    });
    this.session = new Proxy(run, {
      get:
        (target, name) =>
        async (...given: unknown[]) => {
          const reply = await Reflect.apply(
            target[name as keyof Session] as () => Promise<unknown>,
            target,
            given,
          );
          return this.silent ? new Promise(() => undefined) : reply;
        },
    });
  }

  ping(): void {
    if (!this.silent) setImmediate(this.events.onAlive);
  }

  close(): void {
    this.hang();
    void this.session.pause();
  }

  hang(): void {
    this.silent = true;
  }

  fail(): void {
    this.events.onFailed('a bug');
  }
}

let lines: Pretended[] = [];
let frames: Frame[] = [];
let notes: (RecoveryNote | null)[] = [];
let link: WorkerLink;

beforeEach(() => {
  lines = [];
  frames = [];
  notes = [];
  link = new WorkerLink({
    open: (events) => {
      const line = new Pretended(events);
      lines.push(line);
      return line;
    },
    onFrame: (frame) => frames.push(frame),
    onNote: (note) => notes.push(note),
  });
});
afterEach(() => link.close());

const line = () => lines.at(-1)!;

async function until(condition: () => boolean, withinMs = 8000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${String(condition)}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function loaded(): Promise<void> {
  const reply = await link.session.load(text, 'primary-dies.yaml', null);
  expect(reply.ok).toBe(true);
}

async function arrivedAt(seconds: number): Promise<Frame> {
  await link.session.seek(seconds);
  await until(() => frames.at(-1)?.time === seconds && frames.at(-1)?.state === 'paused');
  return frames.at(-1)!;
}

const backs = () => notes.filter((note) => note?.kind === 'back');

test('a worker that fails is replaced by one in the same state, and the proxy goes on', async () => {
  await loaded();
  const before = await arrivedAt(13.5);
  line().fail();
  await until(() => backs().length === 1);
  expect(lines).toHaveLength(2);
  expect(notes.map((note) => note?.kind)).toEqual(['returning', 'back']);
  expect(notes.at(-1)).toMatchObject({ seconds: 13.5, same: true });
  const after = frames.at(-1)!;
  expect(after).toMatchObject({ time: 13.5, state: 'paused', hash: before.hash });
  expect([after.run, after.branch, after.events]).toEqual([
    before.run,
    before.branch,
    before.events,
  ]);
  const later = await arrivedAt(14);
  link.close();

  const straight = new RunSession({
    createEngine,
    now: () => performance.now(),
    soon: (callback) => void setImmediate(callback),
    later: (callback, ms) => void setTimeout(callback, ms),
    post: (frame) => {
      straight.frameTaken();
      frames.push(frame);
    },
  });
  await straight.load(text, 'primary-dies.yaml', null);
  await straight.seek(14);
  await until(() => frames.at(-1)?.time === 14);
  expect(frames.at(-1)!.hash).toBe(later.hash);
}, 60_000);

test('one that falls silent is replaced after two seconds, and plays on', async () => {
  await loaded();
  await link.session.setSpeed(10);
  await link.session.play();
  await until(() => (frames.at(-1)?.time ?? 0) > 2);
  line().hang();
  const seen = frames.at(-1)!.time;
  const hungMs = performance.now();
  await until(() => notes.length > 0);
  expect(performance.now() - hungMs).toBeGreaterThan(1900);
  expect(performance.now() - hungMs).toBeLessThan(3200);
  await until(() => frames.at(-1)!.time > seen + 1);
  expect(backs()).toMatchObject([{ same: true, seconds: seen }]);
  expect(frames.at(-1)!.state).toBe('playing');
}, 60_000);

test('one that was lost in the middle of an instant comes back to the very event', async () => {
  await loaded();
  // The first nanosecond after a second with two events.
  const { run } = experimentOf(text);
  run.advance(1e9);
  for (let last = -1; last !== run.time;) {
    last = run.time;
    run.advance(Infinity, 1);
  }
  const shared = run.time / 1e9;
  const { events } = await arrivedAt(shared);
  await link.session.step('event');
  await until(() => frames.at(-1)!.events > events);
  const before = frames.at(-1)!;
  expect(before).toMatchObject({ time: shared, events: events + 1 });
  line().fail();
  await until(() => backs().length === 1);
  expect(notes.at(-1)).toMatchObject({ same: true });
  expect(frames.at(-1)).toMatchObject({ events: before.events, hash: before.hash });
}, 60_000);

test('every window reaches the page once, whatever happens to the worker', async () => {
  await loaded();
  await arrivedAt(8);
  await arrivedAt(3.5);
  line().fail();
  await until(() => backs().length === 1);
  await arrivedAt(12);
  const columns = 1 + frameColumns;
  const ends = frames.flatMap(({ windows }) =>
    Array.from(windows).filter((_value, place) => place % columns === 0),
  );
  expect(ends).toEqual(Array.from({ length: 12 }, (_, place) => place + 1));
}, 60_000);

test('a harmless command that was under way is given again, another is refused in words', async () => {
  await loaded();
  await arrivedAt(2);
  line().hang();
  const asked = link.session.results();
  const act = link.session.intervene({ verb: 'crash', target: 'redis' });
  act.catch(() => undefined);
  line().fail();
  await expect(act).rejects.toThrow(CommandLost);
  await expect(act).rejects.toThrow(/please do that again/);
  expect(await asked).toMatchObject({ simulatedSeconds: 2 });
}, 60_000);

test('what was done before can still be undone and done again', async () => {
  await loaded();
  await arrivedAt(2);
  const crash = await link.session.intervene({ verb: 'crash', target: 'redis/node-1' });
  const slow = await link.session.intervene({ verb: 'slow', target: 'redis/node-2' });
  const undone = await link.session.undo();
  const words = (reply: typeof crash) =>
    reply.ok ? [...reply.undoable, '|', ...reply.redoable] : [];
  expect(words(undone)).toEqual([
    expect.stringMatching(/^crash redis\/node-1/),
    '|',
    expect.stringMatching(/^slow redis\/node-2/),
  ]);
  await arrivedAt(4);
  line().fail();
  await until(() => backs().length === 1);
  expect(notes.at(-1)).toMatchObject({ same: true });
  const redone = await link.session.redo();
  expect(redone).toMatchObject({ ok: true, text: slow.ok ? slow.text : '', redoable: [] });
  await link.session.undo();
  const first = await link.session.undo();
  expect(first).toMatchObject({ ok: true, text, undoable: [] });
  if (crash.ok) expect(crash.text).not.toBe(text);
}, 60_000);

test('after three replacements within half a minute it stops, and can be tried again', async () => {
  await loaded();
  const before = await arrivedAt(1.5);
  for (let time = 1; time <= 3; time += 1) {
    line().fail();
    await until(() => backs().length === time);
  }
  line().fail();
  const last = notes.at(-1)!;
  expect(last.kind).toBe('stopped');
  expect(sentence(last)).toBe(
    'The simulation failed: a bug, for the fourth time within half a minute, so it was not ' +
      'started again. Your text is as you left it.',
  );
  expect(lines).toHaveLength(4);
  await expect(link.session.play()).rejects.toThrow('The simulation has stopped');
  if (last.kind === 'stopped') last.again();
  await until(() => backs().length === 4);
  expect(frames.at(-1)).toMatchObject({ time: 1.5, hash: before.hash });
}, 60_000);

test('a scenario that is loaded after it stopped starts it again', async () => {
  await loaded();
  for (let time = 1; time <= 4; time += 1) {
    await until(() => backs().length === time - 1);
    line().fail();
  }
  expect(notes.at(-1)?.kind).toBe('stopped');
  await loaded();
  await arrivedAt(1);
}, 60_000);

test('a closed link refuses commands in words', async () => {
  await loaded();
  link.close();
  await expect(link.session.play()).rejects.toThrow('This run has been closed.');
});

let frameColumns = 0;
beforeEach(() => {
  const reply = createEngine(text, 'primary-dies.yaml', null);
  if (reply.ok) frameColumns = reply.engine.description.series.length;
});
