/** Two sessions side by side, the second led by the frames of the first. */

import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { changedFates } from '../../src/panels/changed-fates.ts';
import { deltasOf } from '../../src/panels/delta.ts';
import { FrameIntake } from '../../src/panels/frame-intake.ts';
import { Lane, type OpenSession } from '../../src/panels/lane.ts';
import { createPageState } from '../../src/panels/page-state.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { alternativeTexts } from '../../src/scenario/alternative-text.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import { RunSession } from '../../src/worker/run-session.ts';

const text = readFileSync('scenarios/primary-dies.yaml', 'utf8');
const file = 'primary-dies.yaml';

/** A session on this thread; frames are sent as a worker sends them, behind the command. */
function openSession(onFrame: (frame: Frame) => void) {
  const session = new RunSession({
    createEngine,
    now: () => performance.now(),
    soon: (callback) => void setImmediate(callback),
    later: (callback, ms) => void setTimeout(callback, ms),
    post: (frame) => {
      setImmediate(() => {
        session.frameTaken();
        onFrame(frame);
      });
    },
  });
  return session;
}

class Pair {
  readonly a = createPageState([]);
  readonly framesA: Frame[] = [];
  readonly framesB: Frame[] = [];
  readonly session: RunSession;
  readonly lane: Lane;
  private readonly intake = new FrameIntake(this.a);

  constructor() {
    this.session = openSession((frame) => {
      if (!this.intake.take(frame, performance.now())) return;
      this.framesA.push(frame);
      void this.lane.follow(frame);
    });
    const open: OpenSession = (onFrame) => {
      const session = openSession((frame) => {
        this.framesB.push(frame);
        onFrame(frame);
      });
      return { session, close: () => void session.pause() };
    };
    this.lane = new Lane(this.a, open);
  }

  async load(textB: string): Promise<void> {
    const reply = await this.session.load(text, file, null);
    if (reply.ok) this.intake.begin(reply.view);
    expect((await this.lane.load(textB, file)).ok).toBe(true);
  }

  /** Both stand at that time. */
  async goTo(seconds: number): Promise<{ readonly a: Frame; readonly b: Frame }> {
    await this.session.seek(seconds);
    await until(() => last(this.framesA)?.time === seconds && last(this.framesB)?.time === seconds);
    return { a: last(this.framesA)!, b: last(this.framesB)! };
  }

  close(): void {
    void this.session.pause();
    this.lane.close();
  }
}

let pair: Pair | null = null;
afterEach(() => pair?.close());

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 5));
  }
}

function last<Item>(items: readonly Item[]): Item | undefined {
  return items[items.length - 1];
}

test('identical texts have identical hashes wherever the second is led, back and forth', async () => {
  pair = new Pair();
  await pair.load(text);
  for (const seconds of [0.4, 3, 13.25, 2, 20, 12]) {
    const { a, b } = await pair.goTo(seconds);
    expect(b.hash).toBe(a.hash);
    expect(b.events).toBe(a.events);
    expect(pair.lane.reached.value).toBe(seconds);
  }
}, 60_000);

test('identical texts differ in no measure and in the fate of no request', async () => {
  pair = new Pair();
  await pair.load(text);
  await pair.goTo(16);
  const deltas = deltasOf({ a: pair.a, b: pair.lane.state }, null);
  expect(deltas.length).toBeGreaterThan(4);
  expect(deltas.map(({ words }) => words)).toEqual(deltas.map(() => 'no difference'));
  const span = { from: 0, to: 16 };
  const found = changedFates(
    await pair.session.ask('fates', span),
    await pair.lane.session.ask('fates', span),
  );
  expect(found.joined).toBeGreaterThan(20_000);
  expect(found).toMatchObject({ alone: 0, largest: [] });
}, 60_000);

test('an alternative parts from the run only where it has to, and fares better', async () => {
  const failFast = alternativeTexts(text).find(({ name }) => name === 'fail-fast')!;
  pair = new Pair();
  await pair.load(failFast.text);
  await pair.goTo(20);
  // The same random streams: the same requests start at the same moments in both.
  const span = { from: 0, to: 20 };
  const found = changedFates(
    await pair.session.ask('fates', span),
    await pair.lane.session.ask('fates', span),
  );
  expect(found.joined).toBeGreaterThan(20_000);
  expect(found.counts.saved).toBeGreaterThan(found.counts.lost);
  const before = deltasOf({ a: pair.a, b: pair.lane.state }, { from: 0, to: 12 });
  expect(before.find(({ name }) => name === 'p99 of open-chat')!.words).toBe('no difference');
  const after = deltasOf({ a: pair.a, b: pair.lane.state }, { from: 13, to: 20 });
  expect(after.find(({ name }) => name === 'p99 of open-chat')!.better).toBe('B');
}, 60_000);

test('while the first plays, the second keeps up and shows the same requests as dots', async () => {
  pair = new Pair();
  await pair.load(text);
  await pair.session.setSpeed(5);
  await pair.session.play();
  await until(() => (last(pair!.framesB)?.time ?? 0) > 4);
  await pair.session.pause();
  await until(() => last(pair!.framesB)!.time === last(pair!.framesA)!.time);
  expect(last(pair.framesB)!.hash).toBe(last(pair.framesA)!.hash);
  const ratios = (frames: readonly Frame[]) => new Set(frames.map((one) => one.requestsPerDot));
  for (const ratio of ratios(pair.framesB.slice(3))) expect(ratios(pair.framesA)).toContain(ratio);
  const playing = pair.framesB.filter(({ state }) => state === 'playing');
  expect(playing.length).toBeGreaterThan(5);
}, 60_000);
