import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { CallTable } from '../../src/model/call-table.ts';
import { SingleFlight } from '../../src/model/single-flight.ts';
import { KINDS, NOTE_WIDTH, NoteKind, SpanLog, traceOf } from '../../src/model/span-log.ts';
import type { Run } from '../../src/model/run.ts';
import { runOf } from './rehearsal.ts';

const text = `
name: Noted
duration: 4s
traffic: { app: { rate: 100/s, to: api, operation: get, timeout: 30ms, retries: { attempts: 2, backoff: none } } }
data: { goods: { keys: 100, stored-in: db, cached-in: redis } }
components:
  api: { kind: service, instances: 2, workers: 1, operations: { get: [ { work: exponential(5ms) }, { read: goods } ] } }
  redis: { kind: cache, capacity: 20 entries }
  db: { kind: database }
network: { clients: 1ms }
`;

function notesOf(run: Run): Float64Array[] {
  const notes = run.world.calls.spans.drain();
  return Array.from({ length: notes.length / NOTE_WIDTH }, (_, index) =>
    notes.slice(index * NOTE_WIDTH, (index + 1) * NOTE_WIDTH),
  );
}

function played(prepare: (run: Run) => void): Run {
  const run = runOf(text);
  prepare(run);
  run.advance(Infinity);
  return run;
}

describe('the span log', () => {
  it('is empty when nobody is watched', () => {
    expect(notesOf(played(() => undefined))).toEqual([]);
  });

  it('notes a request from its beginning to its end, and nothing of others', () => {
    const notes = notesOf(played((run) => run.world.calls.spans.watchOnly(7)));
    expect(new Set(notes.map((note) => note[2]))).toEqual(new Set([7]));
    const kinds = notes.map((note) => note[1]! % KINDS);
    expect(kinds[0]).toBe(NoteKind.begin);
    expect(kinds.filter((kind) => kind === NoteKind.end)).toHaveLength(1);
    const times = notes.map((note) => note[0]!);
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });

  it('notes beginnings and ends alone when no more is asked for', () => {
    const run = played(({ world }) => world.calls.spans.watchOneIn(1, false));
    const notes = notesOf(run);
    const count = (kind: number) => notes.filter((note) => note[1] === kind).length;
    expect(count(NoteKind.begin)).toBe(run.world.requestsSoFar);
    const inFlight = run.world.operations[0]!.inFlight;
    expect(count(NoteKind.end)).toBe(run.world.requestsSoFar - inFlight);
    expect(notes).toHaveLength(count(NoteKind.begin) + count(NoteKind.end));
  });

  it('notes who waits for the fetch of another until that lands, or its own turn comes', () => {
    const calls = new CallTable(8);
    const flight = new SingleFlight(calls, true);
    calls.spans.watchOneIn(1);
    const [leader, next, last] = [1, 2, 3].map((node) => {
      const row = calls.open();
      calls.setNode(row, node);
      calls.setAccessKey(row, 7);
      calls.setTrace(row, -node);
      return row;
    }) as [number, number, number];
    expect([leader, next, last].map((row) => flight.join(row))).toEqual([true, false, false]);
    expect(flight.crashed(1)).toEqual([next]);
    expect(flight.land(next)).toEqual([last]);
    const notes = calls.spans.drain();
    const kindsAndRows = [0, 1, 2, 3].map((at) =>
      Array.from(notes.slice(at * NOTE_WIDTH + 1, at * NOTE_WIDTH + 4)),
    );
    expect(notes).toHaveLength(4 * NOTE_WIDTH);
    expect(kindsAndRows).toEqual([
      [NoteKind.waits, 2, next],
      [NoteKind.waits, 3, last],
      [NoteKind.goesOn, 2, next],
      [NoteKind.goesOn, 3, last],
    ]);
  });

  it('watches those whose numbers hash low, so a smaller sample is part of a larger', () => {
    const log = new SpanLog();
    const watched = (oneIn: number) => {
      log.watchOneIn(oneIn);
      return Array.from({ length: 10_000 }, (_, index) => index + 1).filter((one) =>
        log.watches(one),
      );
    };
    expect(watched(1)).toHaveLength(10_000);
    const some = watched(10);
    expect(Math.abs(some.length - 1_000)).toBeLessThan(4 * Math.sqrt(1_000));
    expect(some).toEqual(expect.arrayContaining(watched(20)));
    expect(watched(Infinity)).toEqual([]);
  });

  it('keeps what nobody fetches up to a limit, counts the rest, and starts anew', () => {
    const log = new SpanLog();
    log.watchOneIn(1);
    for (let row = 0; row < 1_000_100; row++) log.note(NoteKind.queued, 1, row);
    expect(log.dropped).toBe(100);
    const notes = log.drain();
    expect(notes).toHaveLength(1_000_000 * NOTE_WIDTH);
    expect(notes[notes.length - NOTE_WIDTH + 3]).toBe(999_999);
    expect([log.dropped, log.drain().length]).toEqual([0, 0]);
  });
});

describe('watching and drawing', () => {
  it('do not meddle with each other', () => {
    const drawn = (run: Run) => [...run.world.hops.drain()];
    const alone = drawn(played(({ world }) => world.hops.sampleOneIn(5)));
    const both = played(({ world }) => {
      world.hops.sampleOneIn(5);
      world.calls.spans.watchOneIn(1);
    });
    expect(drawn(both)).toEqual(alone);
    const watchedAlone = notesOf(played(({ world }) => world.calls.spans.watchOneIn(1)));
    expect(notesOf(both)).toEqual(watchedAlone);
  });

  it('share a word of a row: positive when drawn, negative when only watched', () => {
    const log = new SpanLog();
    expect(traceOf(9, 0, log)).toBe(0);
    log.watchOnly(9);
    expect([traceOf(9, 0, log), traceOf(9, 9, log), traceOf(8, 0, log)]).toEqual([-9, 9, 0]);
  });
});

describe('the run', () => {
  it('is the same whether anybody is watched or not', () => {
    const straight = played(() => undefined);
    for (const oneIn of [1, 3]) {
      const watched = played(({ world }) => world.calls.spans.watchOneIn(oneIn));
      expect(watched.hash).toBe(straight.hash);
      expect(watched.world.calls.inUse).toBe(straight.world.calls.inUse);
    }
  });

  it('has checkpoints that do not hold the notes', () => {
    const run = runOf(text);
    run.world.calls.spans.watchOneIn(1);
    run.advance(1e9);
    const { bytes } = new Checkpoint(run);
    const notes = notesOf(run).length * NOTE_WIDTH * 8;
    expect(notes).toBeGreaterThan(100_000);
    expect(new Checkpoint(run).bytes).toBe(bytes);
  });
});
