// Requests whose every number is known beforehand: nothing is left to chance, all times are in ms.
import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { traceRequest } from '../../src/experiment/trace-request.ts';
import type { RequestTrace } from '../../src/experiment/trace-types.ts';
import { scenarioOf } from './small-designs.ts';
import { constant, pathOf, spansOf, still, traceOf } from './traces.ts';

describe('a trace', () => {
  test('of one hop is the way there, the work, and the way back', () => {
    const trace = traceOf(
      `
name: One hop
duration: 2s
traffic: { app: { ${constant}, operation: get, to: api, deadline: 1s } }
components: { api: { kind: service, operations: { get: [ { work: 5ms } ] } } }
${still}
`,
      3,
    );
    expect(trace).toMatchObject({
      request: 3,
      operation: 'get',
      client: 'app',
      outcome: 'ok',
      late: false,
      attempts: 1,
      sentence: '25.0 ms, of which 20.0 ms on the network app > api',
    });
    expect(trace.start).toBeCloseTo(0.3, 9);
    expect(trace.deadline).toBeCloseTo(1.3, 9);
    expect(spansOf(trace)).toEqual([
      'call app > api 0–25 ok',
      'network app > api 0–10',
      'service api/1 10–15',
      'network app > api 15–25',
    ]);
    expect(trace.spans.map(({ label }) => label)).toEqual([
      'get at api/1',
      'on the way to api/1',
      'work at api/1',
      'answer from api/1',
    ]);
    expect(pathOf(trace)).toEqual([
      'network app > api 10',
      'service api/1 5',
      'network app > api 10',
    ]);
  });

  test('shows the line that the second of two stands in', () => {
    const text = `
name: Two at once
duration: 2s
traffic:
  left: { ${constant}, operation: get, to: api }
  right: { ${constant}, operation: get, to: api }
components: { api: { kind: service, workers: 1, operations: { get: [ { work: 20ms } ] } } }
${still}
`;
    expect(spansOf(traceOf(text, 1))).toEqual([
      'call left > api 0–40 ok',
      'network left > api 0–10',
      'service api/1 10–30',
      'network left > api 30–40',
    ]);
    const second = traceOf(text, 2);
    expect(spansOf(second)).toEqual([
      'call right > api 0–60 ok',
      'network right > api 0–10',
      'queue api/1 10–30',
      'service api/1 30–50',
      'network right > api 50–60',
    ]);
    expect(second.sentence).toBe('60.0 ms, of which 20.0 ms on the network right > api');
  });

  const slowStore = (slow: string) => `
name: Retries
duration: 5s
traffic: { app: { ${constant}, stop: 150ms, operation: get, to: api } }
components:
  api:
    kind: service
    timeout: 50ms
    retries: { attempts: 2, backoff: constant(7ms), jitter: none }
    operations: { get: [ { call: store.get } ] }
  store: { kind: service, workers: 4, operations: { get: [ { work: 30ms } ] } }
faults: [ ${slow} ]
${still}
`;

  test('of a retry shows the attempts side by side, and the work that nobody waited for', () => {
    const trace = traceOf(slowStore('{ at: 50ms, slow: store, by: 4x, for: 100ms }'), 1);
    expect(spansOf(trace)).toEqual([
      'call app > api 0–109 ok',
      'network app > api 0–10',
      'call api > store 10–60 timeout',
      'network api > store 10–11',
      'service store/1 11–131',
      'backoff api > store 60–67',
      'call api > store 67–99 ok',
      'network api > store 67–68',
      'service store/1 68–98',
      'network api > store 98–99',
      'network app > api 99–109',
    ]);
    expect(trace.spans.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1]);
    expect(pathOf(trace)).toEqual([
      'network app > api 10',
      'network api > store 1',
      'service store/1 49',
      'backoff api > store 7',
      'network api > store 1',
      'service store/1 30',
      'network api > store 1',
      'network app > api 10',
    ]);
    expect(trace.sentence).toBe('109 ms, of which 79.0 ms in service at store/1');
  });

  test('of a message that a partition swallows waits for it until it gives up', () => {
    const trace = traceOf(slowStore('{ at: 0s, partition: store, for: 5s }'), 1);
    expect(trace).toMatchObject({ outcome: 'timeout', attempts: 1 });
    expect(spansOf(trace)).toEqual([
      'call app > api 0–127 timeout',
      'network app > api 0–10',
      'call api > store 10–60 timeout',
      'network api > store 10–60 lost',
      'backoff api > store 60–67',
      'call api > store 67–117 timeout',
      'network api > store 67–117 lost',
      'network app > api 117–127',
    ]);
    expect(trace.sentence).toBe(
      'Failed with timeout after 127 ms, of which 100 ms on the network api > store',
    );
  });

  test('of a request that is not over goes as far as the run has come', () => {
    const trace = traceOf(slowStore(''), 1, 0.13);
    expect(trace).toMatchObject({ end: null, outcome: null, attempts: 1 });
    expect(spansOf(trace)).toEqual(
      [
        'call app > api 0–…',
        'network app > api 0–10',
        'call api > store 10–… ',
        'network api > store 10–11',
        'service store/1 11–…',
      ].map((line) => line.trim()),
    );
    expect(pathOf(trace)).toEqual([
      'network app > api 10',
      'network api > store 1',
      'service store/1 19',
    ]);
    expect(trace.sentence).toBe('Under way for 30.0 ms, of which 19.0 ms in service at store/1');
  });

  const cached = `
name: Cache aside
duration: 5s
traffic: { app: { ${constant}, stop: 250ms, operation: get, to: api } }
data: { goods: { keys: 1, stored-in: db, cached-in: redis } }
components:
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, capacity: 10 entries, service: 2ms }
  db: { kind: database, service: { read: 30ms } }
${still}
`;

  test('of a miss asks the cache, then the store, and fills the cache for nobody', () => {
    const trace = traceOf(cached, 1);
    expect(spansOf(trace)).toEqual([
      'call app > api 0–56 ok',
      'network app > api 0–10',
      'call api > redis 10–14 ok',
      'network api > redis 10–11',
      'service redis/node-1 11–13',
      'network api > redis 13–14',
      'call api > db 14–46 ok',
      'network api > db 14–15',
      'service db/shard-1/node-1 15–45',
      'network api > db 45–46',
      'call api > redis 46–50 ok',
      'network api > redis 46–47',
      'service redis/node-1 47–49',
      'network api > redis 49–50',
      'network app > api 46–56',
    ]);
    const calls = trace.spans.filter(({ kind }) => kind === 'call').map(({ label }) => label);
    expect(calls).toEqual([
      'get at api/1',
      'get goods at redis/node-1: miss',
      'read goods at db/shard-1/node-1',
      'set goods at redis/node-1',
    ]);
    expect(pathOf(trace).filter((piece) => piece.startsWith('service'))).toEqual([
      'service redis/node-1 2',
      'service db/shard-1/node-1 30',
    ]);
    expect(traceOf(cached, 2).spans.map(({ label }) => label)).toContain(
      'get goods at redis/node-1: hit',
    );
  });

  test('of parallel branches follows the slowest', () => {
    const trace = traceOf(
      `
name: Branches
duration: 5s
traffic: { app: { ${constant}, stop: 150ms, operation: get, to: api } }
components:
  api:
    kind: service
    operations: { get: [ { parallel: [ { call: left.get }, { wait: 15ms }, { call: right.get } ] }, { wait: 3ms } ] }
  left: { kind: service, operations: { get: [ { work: 10ms } ] } }
  right: { kind: service, operations: { get: [ { work: 20ms } ] } }
${still}
`,
      1,
    );
    expect(spansOf(trace)).toEqual(
      [
        'call app > api 0–45 ok',
        'network app > api 0–10',
        'wait api/1 10–25',
        'call api > left 10–22 ok',
        'network api > left 10–11',
        'service left/1 11–21',
        'network api > left 21–22',
        'call api > right 10–32 ok',
        'network api > right 10–11',
        'service right/1 11–31',
        'network api > right 31–32',
        'wait api/1 32–35',
        'network app > api 35–45',
      ].sort(byPlace(trace)),
    );
    expect(pathOf(trace)).toEqual([
      'network app > api 10',
      'network api > right 1',
      'service right/1 20',
      'network api > right 1',
      'wait api/1 3',
      'network app > api 10',
    ]);
  });

  test('of a quorum follows the one that made it full; the last comes after the end', () => {
    const trace = traceOf(
      `
name: Quorum
duration: 5s
traffic: { app: { ${constant}, stop: 150ms, operation: get, to: api } }
components:
  api:
    kind: service
    operations:
      get:
        - parallel: { wait-for: 2, branches: [ { call: a.get }, { call: b.get }, { call: c.get } ] }
  a: { kind: service, operations: { get: [ { work: 10ms } ] } }
  b: { kind: service, operations: { get: [ { work: 20ms } ] } }
  c: { kind: service, operations: { get: [ { work: 200ms } ] } }
${still}
`,
      1,
    );
    expect(trace.end! - trace.start).toBeCloseTo(0.042, 9);
    expect(spansOf(trace)).toContain('call api > c 10–212 ok');
    expect(pathOf(trace)).toEqual([
      'network app > api 10',
      'network api > b 1',
      'service b/1 20',
      'network api > b 1',
      'network app > api 10',
    ]);
  });

  test('of work that was interrupted goes back to the line and takes the rest up later', () => {
    const trace = traceOf(
      `
name: Interrupted
duration: 5s
traffic:
  low: { ${constant}, stop: 150ms, operation: get, to: api, priority: 7 }
  high: { ${constant}, start: 5ms, stop: 150ms, operation: get, to: api, priority: 0 }
components:
  api:
    kind: service
    workers: 1
    discipline: priority-preemptive
    operations: { get: [ { work: 20ms } ] }
${still}
`,
      1,
    );
    expect(spansOf(trace)).toEqual([
      'call low > api 0–60 ok',
      'network low > api 0–10',
      'service api/1 10–15',
      'queue api/1 15–35',
      'service api/1 35–50',
      'network low > api 50–60',
    ]);
  });

  test('of a crash ends where the node died', () => {
    const trace = traceOf(slowStore('{ at: 130ms, crash: store, for: 5s }'), 1);
    expect(trace).toMatchObject({ outcome: 'refused' });
    expect(spansOf(trace)).toEqual([
      'call app > api 0–50 refused',
      'network app > api 0–10',
      'call api > store 10–31 reset',
      'network api > store 10–11',
      'service store/1 11–30',
      'network api > store 30–31',
      'backoff api > store 31–38',
      'call api > store 38–40 refused',
      'network api > store 38–39',
      'network api > store 39–40',
      'network app > api 40–50',
    ]);
  });

  test('of a write that replicas confirm waits for them', () => {
    const trace = traceOf(
      `
name: Replicas
duration: 5s
traffic: { app: { ${constant}, stop: 150ms, operation: put, to: api } }
data: { goods: { keys: 1, stored-in: db } }
components:
  api: { kind: service, operations: { put: [ { write: goods } ] } }
  db: { kind: database, replicas: 1, replication: sync, lag: 4ms, apply: 2ms, service: { write: 5ms } }
${still}
`,
      1,
    );
    expect(spansOf(trace)).toEqual([
      'call app > api 0–34 ok',
      'network app > api 0–10',
      'call api > db 10–24 ok',
      'network api > db 10–11',
      'service db/shard-1/node-1 11–16',
      'wait db/shard-1/node-1 16–23',
      'network api > db 23–24',
      'network app > api 24–34',
    ]);
    expect(trace.spans[5]!.label).toBe('waits for the replicas of db/shard-1/node-1');
  });

  test('is not there for a number that no request has, or has yet', () => {
    const recording = new Recording(new Experiment(scenarioOf(slowStore(''))));
    recording.advance(1e9);
    for (const request of [0, 2, 99]) {
      expect(traceRequest(recording, { request, near: 1e9, frontier: 1e9 })).toBeNull();
    }
  });
});

/** Orders expected lines as the trace has them; branches stand in the order of the file. */
function byPlace(trace: RequestTrace): (left: string, right: string) => number {
  const lines = spansOf(trace);
  return (left, right) => lines.indexOf(left) - lines.indexOf(right);
}
