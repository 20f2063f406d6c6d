// The numbered rules of docs/SPEC.md about requests, edges, services and faults, each in a small run.
import { describe, expect, it } from 'vitest';
import { Edge } from '../../src/model/edge.ts';
import type { Run } from '../../src/model/run.ts';
import {
  MS,
  SECOND,
  expectDrained,
  finished,
  operation,
  runOf,
  stationTotal,
  total,
} from './rehearsal.ts';

function edge(run: Run, from: string, column: string): number {
  let sum = 0;
  for (const path of run.world.paths) {
    if (!(path instanceof Edge) || path.from !== from) continue;
    sum += path.tally.counts[path.tally.columns.indexOf(column)]!;
  }
  return sum;
}

function latencies(run: Run, name = 'get') {
  const { latency } = operation(run, name);
  return latency.merged(0, latency.closed.length + 1);
}

const single = (traffic: string, api: string, faults = '') => `
name: One service
duration: 30s
traffic: { app: { ${traffic}, to: api } }
components: { api: { kind: service, ${api} } }
network: { clients: 0s }
faults: [ ${faults} ]
`;

const work = (law: string) => `operations: { get: [ { work: '${law}' } ] }`;

describe('requests', () => {
  it('R1: run from their intended start to the end of the last attempt', () => {
    const retries = 'retries: { attempts: 3, backoff: constant(40ms), jitter: none }';
    const run = finished(single(`rate: 10/s, stop: 20s, timeout: 100ms, ${retries}`, work('1s')));
    const { tally } = operation(run, 'get');
    expect(total(run, 'get', 'failed-timeout')).toBe(tally.counts[0]);
    // No answer, no latency; but a closed loop shows how long each took: 3 × 100 ms, 2 × 40 ms.
    const closed = finished(
      single(`clients: 1, think: 20ms, timeout: 100ms, ${retries}`, work('1s')),
    );
    const each = 3 * 100 + 2 * 40 + 20;
    expect(total(closed, 'get', 'offered')).toBe(Math.ceil((30_000 - 20) / each));
    expect(total(closed, 'get', 'attempts')).toBe(3 * total(closed, 'get', 'failed'));
  });

  it('R2: are late, not ok, after the deadline, and late answers are in the latencies', () => {
    const laws = 'mixture(70% 10ms, 30% 80ms)';
    const run = finished(single('rate: 100/s, stop: 20s, deadline: 50ms, timeout: 1s', work(laws)));
    const [ok, late] = ['ok', 'late'].map((column) => total(run, 'get', column));
    expect(ok! + late!).toBe(total(run, 'get', 'offered'));
    expect(Math.abs(late! / (ok! + late!) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 2_000));
    expect(latencies(run).countAbove(50 * MS)).toBe(late);
    expectDrained(run);
  });

  it('R2: are ok when the answer comes at the very moment of the deadline', () => {
    const run = finished(single('rate: 10/s, deadline: 50ms, timeout: 1s, stop: 9s', work('50ms')));
    expect([total(run, 'get', 'late'), total(run, 'get', 'ok')]).toEqual([
      0,
      total(run, 'get', 'offered'),
    ]);
  });

  it('R3: fail as shed when the queue is full or their patience ends, else as failed', () => {
    const full = finished(
      single('rate: 100/s, stop: 20s, timeout: none', `workers: 1, queue: 3, ${work('100ms')}`),
    );
    expect(total(full, 'get', 'shed')).toBe(total(full, 'get', 'failed-queue-full'));
    expect(total(full, 'get', 'failed')).toBe(0);
    expect(Math.abs(total(full, 'get', 'ok') - 200)).toBeLessThanOrEqual(5);
    const bored = finished(
      single(
        'rate: 100/s, stop: 20s, timeout: none',
        `workers: 1, queue-timeout: 250ms, ${work('100ms')}`,
      ),
    );
    expect(total(bored, 'get', 'shed')).toBe(total(bored, 'get', 'failed-queue-timeout'));
    expect(total(bored, 'get', 'shed')).toBeGreaterThan(1_700);
    expect(latencies(bored).max).toBeLessThanOrEqual(350 * MS);
    const late = finished(single('rate: 100/s, stop: 20s, timeout: 50ms', work('60ms')));
    expect(total(late, 'get', 'failed')).toBe(total(late, 'get', 'failed-timeout'));
    expect([full, bored, late].map((run) => run.world.calls.inUse)).toEqual([0, 0, 0]);
  });

  it('end exactly once even when timeout, deadline and answer fall on the same moment', () => {
    const run = finished(single('rate: 200/s, deadline: 20ms, stop: 20s', work('20ms')));
    expect(total(run, 'get', 'offered')).toBeGreaterThan(3_000);
    expectDrained(run);
  });
});

describe('edges', () => {
  it('E1: let the callee work on for a caller that has given up', () => {
    const run = finished(single('rate: 20/s, stop: 20s, timeout: 50ms', work('200ms')));
    expect(total(run, 'get', 'ok')).toBe(0);
    expect(stationTotal(run, 'api', 'completions')).toBe(total(run, 'get', 'offered'));
    expect(stationTotal(run, 'api', 'serviceNs')).toBe(total(run, 'get', 'offered') * 200 * MS);
  });

  it('E2: make no more attempts than allowed, whatever the failure', () => {
    const retries = 'retries: { attempts: 4, backoff: none }';
    const traffic = `rate: 20/s, stop: 20s, timeout: 50ms, ${retries}`;
    const failures = [
      finished(single(traffic, work('200ms'))),
      finished(single(traffic, `workers: 1, queue: 0, ${work('10s')}`)),
      finished(single(traffic, work('1ms'), '{ at: 0s, crash: api }')),
    ];
    for (const run of failures) {
      const ended = total(run, 'get', 'failed') + total(run, 'get', 'shed');
      expect(ended).toBeGreaterThan(300);
      expect(total(run, 'get', 'attempts') - total(run, 'get', 'ok')).toBeLessThanOrEqual(
        4 * ended,
      );
      expect(edge(run, 'app', 'calls')).toBe(total(run, 'get', 'attempts'));
    }
    expect(total(failures[0]!, 'get', 'attempts')).toBe(4 * total(failures[0]!, 'get', 'failed'));
  });

  it.each([
    [3, 4, 64],
    [5, 3, 243],
  ])(
    'E2: multiply over %i layers of %i attempts to %i (O-RETRY-DEPTH)',
    (layers, attempts, all) => {
      // Google SRE book, chapter 22; Brooker, Timeouts, retries and backoff with jitter.
      const retries = `retries: { attempts: ${attempts}, backoff: none }, timeout: none`;
      const names = Array.from({ length: layers }, (_, layer) => `layer-${layer + 1}`);
      const parts = names.map((name, layer) => {
        const next = names[layer + 1];
        const step = next === undefined ? '{ work: 1ms }' : `{ call: ${next} }`;
        return `  ${name}: { kind: service, ${retries}, operations: { get: [ ${step} ] } }`;
      });
      const run = finished(`
name: Layers that all retry
duration: 10s
traffic: { app: { rate: 5/s, stop: 5s, to: layer-1, ${retries} } }
components:
${parts.join('\n')}
faults: [ { at: 0s, crash: layer-${layers} } ]
`);
      expect(edge(run, names[layers - 2]!, 'calls')).toBe(all * total(run, 'get', 'offered'));
      expectDrained(run);
    },
  );

  it.each([
    ['50%', 1.875, 0.9375],
    ['20%', 1.248, 0.9984],
    ['10%', 1.111, 0.9999],
  ])(
    'E2: make load and success a geometric sum when %s of the attempts fail (O-RETRY-GEOM)',
    (share, load, success) => {
      const rest = `${100 - Number.parseInt(share, 10)}%`;
      const run = finished(`
name: Geometric
duration: 60s
traffic: { app: { rate: 1k/s, to: front, stop: 50s } }
components:
  front:
    kind: service
    workers: unlimited
    retries: { attempts: 4, backoff: none }
    operations: { get: [ { call: api } ] }
  api:
    kind: service
    workers: unlimited
    operations:
      get: [ { choose: [ { share: ${share}, do: [ { call: dead } ] }, { share: ${rest}, do: [] } ] } ]
  dead: { kind: service, operations: { get: [ { work: 1ms } ] } }
faults: [ { at: 0s, crash: dead } ]
`);
      const offered = total(run, 'get', 'offered');
      expect(Math.abs(edge(run, 'front', 'calls') / offered / load - 1)).toBeLessThan(0.01);
      expect(Math.abs(total(run, 'get', 'ok') / offered - success)).toBeLessThan(0.005);
    },
  );

  it('E3: keep retries to their budget: 1.1 times the load instead of 3 times (O-RETRY-SRE)', () => {
    // Google SRE book, chapter 21; the reserve of ten retries a second comes on top.
    const load = (budget: string) => {
      const retries = `retries: { attempts: 3, backoff: none${budget} }`;
      const run = finished(single(`rate: 1k/s, ${retries}`, work('1ms'), '{ at: 0s, crash: api }'));
      return total(run, 'get', 'attempts') / total(run, 'get', 'offered');
    };
    expect(load('')).toBeCloseTo(3, 1);
    const reserve = (10 * 30 + 100) / 30_000;
    expect(Math.abs(load(', budget: 10%') - 1.1 - reserve)).toBeLessThan(0.02);
  });
});

describe('services', () => {
  const calling = (blocking: boolean) => `
name: Waiting for others
duration: 30s
traffic: { app: { rate: 50/s, arrivals: constant, stop: 20s, to: api, timeout: none } }
components:
  api:
    kind: service
    workers: 1
    queue: unlimited
    blocking: ${blocking}
    operations: { get: [ { work: 5ms }, { call: slow }, { work: 5ms } ] }
  slow: { kind: service, operations: { get: [ { wait: 90ms } ] } }
network: { clients: 0s, same-zone: 0s }
`;

  it('S1: hold a worker only during work, or to the answer when blocking', () => {
    const free = finished(calling(false));
    expect(stationTotal(free, 'api', 'arrivals')).toBe(2 * total(free, 'get', 'offered'));
    expect(latencies(free).max).toBeLessThan(120 * MS);
    expectDrained(free);
    const held = finished(calling(true));
    expect(stationTotal(held, 'api', 'arrivals')).toBe(total(held, 'get', 'offered'));
    // One every 100 ms: of the thousand offered in 20 s, 300 are through after 30 s.
    expect(Math.abs(total(held, 'get', 'ok') - 300)).toBeLessThanOrEqual(1);
    expect(latencies(held).min).toBe(100 * MS);
  });

  it('S2: wait for the slowest branch of a parallel step, and fail if one fails', () => {
    const forks = (faults: string) =>
      finished(`
name: Fork
duration: 20s
traffic: { app: { rate: 20/s, to: api, timeout: none, stop: 15s } }
components:
  api:
    kind: service
    operations:
      get: [ { parallel: [ { call: one }, [ { wait: 20ms }, { call: two } ], { wait: 70ms } ] } ]
  one: { kind: service, operations: { get: [ { work: 30ms } ] } }
  two: { kind: service, operations: { get: [ { work: 10ms } ] } }
network: { clients: 0s, same-zone: 0s }
faults: [ ${faults} ]
`);
    const whole = finished(single('rate: 1/s', work('1ms')));
    expect(latencies(whole).max).toBe(1 * MS);
    const fine = forks('');
    expect([latencies(fine).min, latencies(fine).max]).toEqual([70 * MS, 70 * MS]);
    expectDrained(fine);
    const broken = forks('{ at: 0s, crash: two }');
    expect(total(broken, 'get', 'failed-refused')).toBe(total(broken, 'get', 'offered'));
    expect(stationTotal(broken, 'one', 'completions')).toBe(total(broken, 'get', 'offered'));
    expectDrained(broken);
  });

  it('take options by their shares and repeat as often as said', () => {
    const run = finished(`
name: Choices
duration: 100s
traffic: { app: { rate: 200/s, to: api } }
components:
  api:
    kind: service
    operations:
      get:
        - choose:
            - { share: 70%, do: [ { wait: 1ms } ] }
            - { share: 25%, do: [ { repeat: { times: 3, do: [ { wait: 1ms }, { wait: 2ms } ] } } ] }
            - { share: 5%, do: [] }
network: { clients: 0s }
`);
    const all = latencies(run);
    const shares = [1 - all.countAbove(0.5 * MS) / all.count, all.countAbove(5 * MS) / all.count];
    for (const [index, share] of [0.05, 0.25].entries()) {
      const deviation = Math.sqrt((share * (1 - share)) / all.count);
      expect(Math.abs(shares[index]! - share)).toBeLessThan(4 * deviation);
    }
    expect(all.max).toBe(9 * MS);
  });

  it('S5: take a multiple of the time for work that begins while they are slow', () => {
    const slow =
      '{ at: 10s, slow: api, by: 5x, for: 5s }, { at: 12s, slow: api/1, by: 2x, for: 1s }';
    const run = finished(
      single('rate: 20/s, arrivals: constant, timeout: none', work('10ms'), slow),
    );
    const { windowP99 } = operation(run, 'get');
    const rounded = [5, 11, 12, 14, 16].map((window) => Math.round(windowP99[window]! / MS));
    expect(rounded).toEqual([10, 50, 100, 50, 10]);
  });
});

describe('faults', () => {
  const chain = (faults: string) => `
name: A chain
duration: 30s
traffic: { app: { rate: 50/s, arrivals: constant, to: front, stop: 25s, timeout: none } }
components:
  front: { kind: service, start-up: 1s, operations: { get: [ { call: back } ] } }
  back: { kind: service, start-up: 1s, operations: { get: [ { work: 200ms } ] } }
network: { clients: 0s, same-zone: 0s }
faults: [ ${faults} ]
`;

  it('F1: a crash resets what the node had and leaves its callees at work for nobody', () => {
    const run = finished(chain('{ at: 10010ms, crash: front, for: 2s }'));
    expect(total(run, 'get', 'failed-reset')).toBe(10);
    // Down until 12.01 s, then a second of start-up.
    expect(total(run, 'get', 'failed-refused')).toBe(150);
    const went = total(run, 'get', 'offered') - 150;
    expect(stationTotal(run, 'back', 'completions')).toBe(went);
    expectDrained(run);
  });

  it('F1: a crash of the callee resets its requests, which fail up the chain', () => {
    const run = finished(chain('{ at: 10010ms, crash: back, for: 2s }'));
    expect(total(run, 'get', 'failed-reset')).toBe(10);
    expect(total(run, 'get', 'failed-refused')).toBe(150);
    expect(stationTotal(run, 'back', 'lost')).toBe(10);
    expectDrained(run);
  });

  it('F1: nodes that one fault strikes die together, whoever stands first in the file', () => {
    const text = chain('{ at: 10010ms, crash: zone/a }').replace('duration: 30s', 'duration: 12s');
    const [front = '', back = ''] = text.match(/^ {2}(front|back): .*$/gm)!;
    const swapped = text.replace(front, '').replace(back, `${back}\n${front}`);
    for (const order of [text, swapped]) {
      const run = finished(`${order}zones: [a]\n`);
      const [calls, ok] = [edge(run, 'front', 'calls'), edge(run, 'front', 'ok')];
      // What the dead caller had sent ends without a word: nobody is there to hear of a reset.
      expect([calls - ok, edge(run, 'front', 'failed')]).toEqual([10, 0]);
    }
  });

  it('a crash without an end lasts for good', () => {
    const run = finished(chain('{ at: 10s, crash: back }'));
    expect(operation(run, 'get').tally.sum('ok', 11, 30)).toBe(0);
    expectDrained(run);
  });

  it('a restart during the start-up begins the start-up anew', () => {
    const run = finished(chain('{ at: 10s, restart: back }, { at: 10600ms, restart: back }'));
    const { entries } = run.world.timeline;
    const back = entries.filter(({ text }) => text.startsWith('back/1 serves again'));
    expect(back.map(({ time }) => time / SECOND)).toEqual([11.6]);
    expectDrained(run);
  });

  it('a crash that falls into another one keeps the node down until both have ended', () => {
    const run = finished(
      chain('{ at: 5s, crash: back, for: 4s }, { at: 7s, crash: back, for: 10s }'),
    );
    const { tally } = operation(run, 'get');
    expect(tally.sum('ok', 6, 17)).toBe(0);
    expect(tally.sum('ok', 19, 25)).toBe(300);
  });

  it('a restart ends the crashes before it, and the end of those does not end a later one', () => {
    const faults = [
      '{ at: 2s, crash: back, for: 10s }',
      '{ at: 4s, restart: back }',
      '{ at: 7s, crash: back, for: 12s }',
    ];
    const { tally } = operation(finished(chain(faults.join(', '))), 'get');
    expect(tally.sum('ok', 6, 7)).toBeGreaterThan(30);
    expect(tally.sum('ok', 8, 20)).toBe(0);
    expect(tally.sum('ok', 21, 25)).toBe(200);
  });

  it('an intervention strikes at the present moment and never before it', () => {
    const run = runOf(chain(''));
    run.advance(10 * SECOND);
    const fault = { verb: 'crash', targets: ['back'], forNs: 2 * SECOND, factor: 1 };
    run.intervene({ ...fault, atNs: 3 * SECOND });
    run.advance(Infinity);
    const [strike] = run.world.timeline.entries;
    expect([strike!.kind, strike!.time]).toEqual(['fault', 10 * SECOND]);
    expect(operation(run, 'get').tally.sum('failed', 10, 14)).toBeGreaterThan(100);
    expectDrained(run);
  });
});
