import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { NODE_STRIDE } from '../../src/protocol/frame.ts';
import { readNode } from '../../src/protocol/node-reading.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { readNodeRows } from '../../src/worker/live-rows.ts';
import { NodeRows } from '../../src/worker/node-rows.ts';
import type { Asked } from '../../src/worker/questions/asked.ts';
import { answerInside } from '../../src/worker/questions/inside.ts';
import { answerNumber } from '../../src/worker/questions/number.ts';
import { answerSheet } from '../../src/worker/questions/sheet.ts';
import { answerTrace } from '../../src/worker/questions/trace.ts';

function askedAt(name: string, seconds: number): Asked {
  const text = readFileSync(`scenarios/${name}.yaml`, 'utf8');
  const { scenario } = loadScenario(text, { file: name });
  const recording = new Recording(new Experiment(scenario!));
  recording.advance(seconds * 1e9);
  return { recording, text, frontier: seconds };
}

describe('what is inside', () => {
  const asked = askedAt('primary-dies', 22.5);
  const { run } = asked.recording.experiment;

  test('numbers agree with what the frame says of every node, and the hash stays', () => {
    const hash = run.hash;
    const rows = new NodeRows(run.world);
    const numbers = new Float32Array(rows.count * NODE_STRIDE);
    readNodeRows(run.world, rows, numbers);
    let waiting = 0;
    for (const node of run.world.nodes) {
      if (node.station === null) continue;
      const inside = answerInside(asked, { path: node.path })!;
      const reading = readNode(numbers, rows.rowOf(node.id));
      expect(inside.waitingInAll).toBe(reading.queue);
      expect(inside.servedInAll).toBe(reading.busy);
      expect(inside.waiting.length).toBe(Math.min(24, inside.waitingInAll));
      waiting += inside.waitingInAll;
    }
    expect(waiting).toBeGreaterThan(0);
    const all = answerInside(asked, { path: 'api' })!;
    expect(all.servedInAll).toBe(
      run.world.component('api').nodes.reduce((sum, { station }) => sum + station!.busy, 0),
    );
    expect(run.hash).toBe(hash);
  });

  test('whoever is first in line has waited the longest', () => {
    const node = run.world.nodes.find(({ station }) => (station?.queue ?? 0) > 3)!;
    const { waiting } = answerInside(asked, { path: node.path })!;
    const waits = waiting.map(({ sinceMs }) => sinceMs);
    expect(waits).toEqual([...waits].sort((left, right) => right - left));
    expect(waiting.every(({ operation }) => operation !== '')).toBe(true);
  });

  test('whoever waits can be asked for its number, which is that of the very request', () => {
    const path = 'api';
    const { waiting } = answerInside(asked, { path })!;
    const hash = run.hash;
    const time = run.time;
    for (const { origin, operation } of waiting.slice(0, 2)) {
      const request = answerNumber(asked, origin!)!;
      const trace = answerTrace(asked, { request, near: origin!.start })!;
      expect(trace.start).toBeCloseTo(origin!.start, 9);
      expect(trace.operation).toBe(operation);
      expect(trace.end).toBeNull();
    }
    expect(answerNumber(asked, { client: 'people', start: 1.000000001 })).toBeNull();
    expect([run.hash, run.time]).toEqual([hash, time]);
  });

  test('an edge knows who is on the way and who pauses before the next attempt', () => {
    const early = askedAt('primary-dies', 14);
    const inside = answerInside(early, { path: 'api>chats-db' })!;
    expect(inside.waitingInAll).toBeGreaterThan(0);
    expect(inside.facts.find(({ name }) => name === 'retries')!.value).not.toBe('0');
    expect(answerInside(early, { path: 'api>nothing' })).toBeNull();
  });
});

/** Who leaves is drawn, or depends on who comes in. */
const unknowable = new Set('random sampled-lru sampled-lfu segmented-lru w-tiny-lfu'.split(' '));

describe.each([...evictionPolicies.keys()])('who leaves next by %s', (name) => {
  test('is who leaves', () => {
    const policy = evictionPolicies.get(name)!;
    const draws = streamFor('7', 'test', 'keys');
    const store = new CacheStore(
      { entries: 16, bytes: Infinity },
      policy,
      streamFor('7', 'a', 'b'),
    );
    for (let step = 0; step < 600; step += 1) {
      const key = draws.below(40);
      const slot = store.find(key);
      if (slot >= 0 && draws.below(10) === 0) store.remove(slot);
      else if (slot >= 0) store.touch(slot);
      else store.put(key, 0, 1, Infinity);
    }
    const next = store.leavingNext(12);
    if (unknowable.has(name)) {
      expect(next).toBeNull();
      return;
    }
    expect(next!.length).toBe(12);
    const held = new Set(
      Array.from({ length: 40 }, (_, key) => key).filter((key) => store.find(key) >= 0),
    );
    while (store.size < 16) store.put(1000 + store.size, 0, 1, Infinity);
    const before = store.leavingNext(1)![0]!.key;
    expect(held.has(before) || before >= 1000).toBe(true);
    store.put(2000, 0, 1, Infinity);
    expect(store.find(before)).toBe(-1);
  });
});

describe('the sheet', () => {
  const asked = askedAt('primary-dies', 0);

  test('tells what the file gives from what holds by default', () => {
    const sheet = answerSheet(asked, { path: 'chats-db/shard-2/node-1' })!;
    expect(sheet.kind).toBe('database');
    expect(asked.text.split('\n')[sheet.line! - 1]).toContain('chats-db:');
    const of = (path: string) => sheet.parameters.find((one) => one.path === path)!;
    expect(of('chats-db.failover.detect')).toMatchObject({ value: '5s', given: true });
    expect(of('chats-db.connections')).toMatchObject({ value: '200', given: true });
    expect(of('chats-db.replication').choices).toEqual(['async', 'sync']);
    const redis = answerSheet(asked, { path: 'redis' })!;
    const eviction = redis.parameters.find(({ name }) => name === 'eviction')!;
    expect(eviction).toMatchObject({ value: 'lru', given: false, source: 'memcached: LRU' });
  });

  test('every value that it names can be given back to the file unchanged', () => {
    for (const path of ['people', 'edge', 'api', 'redis', 'chats-db']) {
      const { parameters } = answerSheet(asked, { path })!;
      const given = parameters.filter(({ given: is }) => is);
      expect(given.length).toBeGreaterThan(0);
      const set = given.map((one) => ({ path: one.path, value: one.value }));
      const { scenario, diagnostics } = loadScenario(asked.text, { file: 'x', set });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(scenario!.plan).toEqual(loadScenario(asked.text, { file: 'x' }).scenario!.plan);
    }
  });

  test('shows the value of the latest change, wherever in the list it stands', () => {
    const late = askedAt('primary-dies', 15);
    const changes = [
      '{ at: 12s, change: api.workers, to: 60 }',
      '{ at: 10s, change: api.workers, to: 50 }',
      '{ at: 15s, change: api.workers, to: 70 }',
      '{ at: 13s, change: api.workers, to: 80, for: 1s }',
    ];
    const list = changes.map((change) => `\n  - ${change}`).join('');
    const text = late.text.replace('faults:', `faults:${list}`);
    const { parameters } = answerSheet({ ...late, text }, { path: 'api' })!;
    // That of 15 s strikes when the run goes on.
    expect(parameters.find(({ name }) => name === 'workers')).toMatchObject({ value: '60' });
  });

  test('shows the value that a change has given, from then on and no earlier', () => {
    const late = askedAt('primary-dies', 15);
    const text = late.text.replace(
      'faults:',
      'faults:\n  - { at: 10s, change: api.workers, to: 60 }\n  - { at: 20s, change: api.queue, to: 5 }',
    );
    const { parameters } = answerSheet({ ...late, text }, { path: 'api' })!;
    const of = (path: string) => parameters.find((one) => one.path === path)!.value;
    expect(of('api.workers')).toBe('60');
    expect(of('api.queue')).toBe('100');
    expect(parameters.find((one) => one.path === 'api.workers')!.live).toBe(true);
  });

  test('an edge shows how its caller waits and tries again', () => {
    const sheet = answerSheet(asked, { path: 'api>chats-db' })!;
    const names = sheet.parameters.map(({ path }) => path);
    expect(names).toContain('api.retries.attempts');
    expect(names).toContain('api.timeout');
    expect(names.some((path) => path.includes('workers'))).toBe(false);
    expect(answerSheet(asked, { path: 'nobody' })).toBeNull();
  });
});
