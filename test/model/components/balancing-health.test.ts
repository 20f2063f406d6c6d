// Who gets requests from a balancer when not everybody is well: panic, priority levels, ejection.
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../src/kernel/checkpoint.ts';
import type { Run } from '../../../src/model/run.ts';
import {
  SECOND,
  expectDrained,
  expectSound,
  finished,
  operation,
  own,
  runOf,
  total,
} from '../rehearsal.ts';

interface Fleet {
  /** Parameters of the balancer, with a leading comma. */
  readonly balancer?: string;
  readonly instances?: number;
  readonly faults?: readonly string[];
  readonly rate?: number;
  readonly duration?: number;
}

/** A balancer before instances that answer at once; traffic stops two seconds before the end. */
function fleet(fields: Fleet): string {
  const { balancer = '', instances = 10, faults = [], rate = 100, duration = 60 } = fields;
  return `
name: A fleet
duration: ${duration}s
network: { same-zone: 0s }
traffic: { app: { rate: ${rate}/s, arrivals: constant, to: edge, stop: ${duration - 2}s } }
components:
  edge: { kind: load-balancer, to: api${balancer} }
  api: { kind: service, instances: ${instances}, operations: { get: [ { work: 1ms } ] } }
faults: [ ${faults.join(', ')} ]
`;
}

function crashes(...instances: readonly number[]): string[] {
  return instances.map((instance) => `{ at: 5s, crash: api/${instance} }`);
}

/** Arrivals at each instance in the windows of a second from `from` to before `to`. */
function arrivals(run: Run, from: number, to: number): number[] {
  const { nodes } = run.world.component('api');
  return nodes.map(({ station }) => station!.tally.sum('arrivals', from, to));
}

function sumOf(list: readonly number[]): number {
  return list.reduce((sum, each) => sum + each, 0);
}

/** Texts on the timeline that hold a word, with their times in seconds. */
function notes(run: Run, word: string): { readonly at: number; readonly text: string }[] {
  const { entries } = run.world.timeline;
  return entries
    .filter(({ kind, text }) => kind === 'health' && text.includes(word))
    .map(({ time, text }) => ({ at: time / SECOND, text }));
}

const checks = ', health-check: { every: 1s }';

describe('panic', () => {
  // Envoy's documentation, Load balancing: panic threshold; 4 of 10 healthy are below 50 %.
  it.each([
    ['random', 4, 0.6],
    ['round-robin', 4, 0.6],
    ['round-robin', 5, 0],
  ])(
    'B1: by %s with %i of 10 healthy sends a share of %d to the others (LB-ENVOY-PANIC)',
    (policy, healthy, share) => {
      const sick = [1, 2, 4, 7, 9, 10].slice(0, 10 - healthy);
      const balancer = `${checks}, policy: ${policy}, panic-threshold: 50%`;
      const run = finished(fleet({ balancer, faults: crashes(...sick) }));
      const { tally } = operation(run, 'get');
      const refused = tally.sum('failed-refused', 10, 50) / 4_000;
      // In turn it is exact; drawn at random, within four standard deviations.
      const deviation = policy === 'random' ? Math.sqrt((share * (1 - share)) / 4_000) : 0;
      expect(Math.abs(refused - share)).toBeLessThanOrEqual(4 * deviation);
      expectDrained(run);
    },
  );

  it('B1: is off unless the file asks for it', () => {
    const run = finished(fleet({ balancer: checks, faults: crashes(1, 2, 3, 4, 5, 6, 7, 8, 9) }));
    const { tally } = operation(run, 'get');
    expect(tally.sum('ok', 10, 50)).toBe(4_000);
    expect(notes(run, 'panic')).toEqual([]);
  });

  it('B1: finds somebody to ask when the checks trust nobody, and says when it begins and ends', () => {
    const balancer = `${checks}, panic-threshold: 50%`;
    const faults = ['{ at: 5s, crash: api, for: 10s }'];
    const run = finished(fleet({ balancer, faults }));
    expect(own(run, 'edge', 'noTarget')).toBe(0);
    expect(total(run, 'get', 'failed-refused')).toBeGreaterThan(1_000);
    const [begin, ...more] = notes(run, 'panics');
    expect(begin!.text).toBe(
      'edge panics: 4 of 10 of api are healthy, below 50%, so all get requests',
    );
    expect(more).toEqual([]);
    const [end] = notes(run, 'calms');
    expect(end!.text).toBe('edge calms down');
    // Up again at 20 s after a start-up of 5 s; five have passed their second probe by then.
    expect(end!.at).toBeGreaterThan(21);
    expect(end!.at).toBeLessThan(22);
  });

  it('B1: with no instance that another level cannot replace, there is none', () => {
    const balancer = `${checks}, panic-threshold: 50%, priorities: [5, 5]`;
    const run = finished(fleet({ balancer, faults: crashes(1, 2, 3, 4) }));
    expect(notes(run, 'panic')).toEqual([]);
    const { tally } = operation(run, 'get');
    expect(tally.sum('ok', 10, 50)).toBe(4_000);
  });

  it('B1: of all levels sends to each in proportion to its size', () => {
    const balancer = `${checks}, panic-threshold: 50%, priorities: [2, 8], policy: random`;
    const run = finished(fleet({ balancer, faults: crashes(1, 2, 3, 4, 5, 6, 7, 8) }));
    const texts = notes(run, 'panics at').map(({ text }) => text.replace(/:.*/, ''));
    expect(texts.sort()).toEqual(['edge panics at priority 0', 'edge panics at priority 1']);
    // Two of the ten are up, both at priority 1: they get 80 % of a quarter.
    const share = sumOf(arrivals(run, 12, 52)) / 4_000;
    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / 4_000));
  });
});

describe('priority levels at work', () => {
  it.each([
    [0, 0, [100, 0]],
    [5, 5, [70, 30]],
    [7, 0, [42, 58]],
    [10, 0, [0, 100]],
    [9, 9, [50, 50]],
  ])(
    'B2: with %i and %i of ten and ten down get requests as their loads say (LB-ENVOY-PRIORITY)',
    (first, second, loads) => {
      const down = Array.from({ length: first }, (_, index) => index + 1);
      const more = Array.from({ length: second }, (_, index) => index + 11);
      const balancer = `${checks}, priorities: [10, 10], policy: least-requests`;
      const faults = crashes(...down, ...more);
      const run = finished(fleet({ balancer, instances: 20, faults }));
      const counts = arrivals(run, 10, 50);
      const share = sumOf(counts.slice(0, 10)) / 4_000;
      const expected = loads[0]! / 100;
      const deviation = Math.sqrt((expected * (1 - expected)) / 4_000);
      expect(sumOf(counts)).toBe(4_000);
      expect(Math.abs(share - expected)).toBeLessThanOrEqual(4 * deviation);
      expectDrained(run);
    },
  );

  it.each(['round-robin', 'weighted', 'two-choices', 'consistent-hash', 'maglev'])(
    'B2: each is balanced on its own, by %s',
    (policy) => {
      const weights = policy === 'weighted' ? ', weights: [1, 1, 1, 1, 1, 1]' : '';
      const balancer = `${checks}, priorities: [3, 3], policy: ${policy}${weights}`;
      const run = finished(fleet({ balancer, instances: 6, faults: crashes(1, 2) }));
      const counts = arrivals(run, 10, 50);
      // One of three: 46 % stay at priority 0, the others are spread over the three of priority 1.
      expect(counts.slice(0, 2)).toEqual([0, 0]);
      expect(Math.abs(counts[2]! / 4_000 - 0.46)).toBeLessThan(4 * Math.sqrt(0.2484 / 4_000));
      for (const count of counts.slice(3)) expect(count / 4_000).toBeGreaterThan(0.15);
      expectDrained(run);
    },
  );

  it('B2: a retry leaves the level when its instance was the only one', () => {
    const retries = ', retries: { attempts: 2, backoff: none }';
    const balancer = `, health-check: { every: 10s }, priorities: [1, 2]${retries}`;
    const run = finished(fleet({ balancer, instances: 3, faults: crashes(1) }));
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expect(sumOf(arrivals(run, 5, 15).slice(1))).toBeGreaterThan(900);
  });
});

describe('outlier ejection', () => {
  const unchecked = ', health-check: none';

  // Envoy's documentation, Outlier detection: 5 in a row, 30 s × ejections, 10 % but at least one.
  it('B3: lasts 30, 60, 90 s, and ends with the sweep after (LB-ENVOY-OUTLIER)', () => {
    const balancer = `${unchecked}, outlier-ejection: {}`;
    const run = finished(fleet({ balancer, faults: crashes(3), duration: 240 }));
    const out = notes(run, 'ejected');
    const back = notes(run, 'put back');
    expect(out.slice(0, 3).map(({ text }) => text)).toEqual([
      'api/3 ejected by edge for 30s after 5 failed requests in a row',
      'api/3 ejected by edge for 1m after 5 failed requests in a row',
      'api/3 ejected by edge for 1m30s after 5 failed requests in a row',
    ]);
    for (const [index, least] of [30, 60, 90].entries()) {
      const { at } = back[index]!;
      expect(at % 10).toBe(0);
      expect(at - out[index]!.at).toBeGreaterThanOrEqual(least);
      expect(at - out[index]!.at).toBeLessThan(least + 10);
    }
    // Ten in turn at 100/s: its first request after the crash fails, and the fifth ends it.
    expect(out[0]!.at).toBeLessThan(5.6);
    expect(total(run, 'get', 'failed-refused')).toBe(5 * out.length);
    expect(own(run, 'edge', 'ejections')).toBe(out.length);
  });

  it('B3: takes out one of ten at a time, though two are bad (LB-ENVOY-OUTLIER)', () => {
    const balancer = `${unchecked}, outlier-ejection: {}`;
    const run = finished(fleet({ balancer, faults: crashes(3, 8), duration: 300 }));
    let ejected = 0;
    let most = 0;
    for (const { text } of run.world.timeline.entries) {
      if (text.includes('ejected')) most = Math.max(most, ++ejected);
      if (text.includes('put back')) ejected--;
    }
    expect(most).toBe(1);
    expect(own(run, 'edge', 'ejections')).toBeGreaterThan(3);
  });

  it.each([
    [10, '10%', 1],
    [10, '29%', 2],
    [10, '30%', 3],
    [4, '10%', 1],
    [4, '0%', 1],
    [100, '29%', 29],
  ])('B3: of %i instances takes out at most %s: %i', (instances, max, most) => {
    const balancer = `${unchecked}, outlier-ejection: { consecutive: 1, max: ${max} }`;
    const run = finished(
      fleet({ balancer, instances, faults: ['{ at: 5s, crash: api }'], duration: 20 }),
    );
    expect(notes(run, 'ejected')).toHaveLength(most);
  });

  it('B3: forgives: after as many sweeps in use the next one is as short as the first', () => {
    const balancer = `${unchecked}, outlier-ejection: {}`;
    const faults = [
      '{ at: 5s, crash: api/3, for: 30s }',
      '{ at: 42s, crash: api/3, for: 10s }',
      '{ at: 150s, crash: api/3, for: 10s }',
    ];
    const run = finished(fleet({ balancer, faults, duration: 200 }));
    const times = notes(run, 'ejected').map(({ text }) => /for (\S+)/.exec(text)![1]);
    // Back at 40 s and at once bad again; then in use from 110 s to 150 s.
    expect(times).toEqual(['30s', '1m', '30s']);
  });

  it('B3: lasts no longer than its longest', () => {
    const balancer = `${unchecked}, outlier-ejection: { base: 10s, max-time: 25s, every: 1s }`;
    const run = finished(fleet({ balancer, faults: crashes(3), duration: 120 }));
    const times = notes(run, 'ejected').map(({ text }) => /for (\S+)/.exec(text)![1]);
    expect(times.slice(0, 4)).toEqual(['10s', '20s', '25s', '25s']);
  });

  it('B3: counts failures in a row only: one good answer in five is enough to stay', () => {
    const balancer = `${unchecked}, outlier-ejection: {}, timeout: 3ms`;
    const flaky = fleet({ balancer, instances: 2, rate: 50 }).replace(
      'work: 1ms',
      'work: mixture(50% 1ms, 50% 10ms)',
    );
    const run = finished(
      flaky.replace('outlier-ejection: {}', 'outlier-ejection: { consecutive: 40 }'),
    );
    expect(total(run, 'get', 'failed-timeout')).toBeGreaterThan(1_000);
    expect(notes(run, 'ejected')).toEqual([]);
    expect(notes(finished(flaky), 'ejected').length).toBeGreaterThan(0);
  });

  it('B3: finds what no probe finds: an instance that is slow at its work', () => {
    const balancer = `${checks}, outlier-ejection: {}, timeout: 20ms`;
    const faults = ['{ at: 5s, slow: api/3, by: 100x, for: 20s }'];
    const run = finished(fleet({ balancer, faults }));
    expect(notes(run, 'taken out')).toEqual([]);
    expect(notes(run, 'ejected')).toHaveLength(1);
    const { tally } = operation(run, 'get');
    expect(tally.sum('failed', 7, 60)).toBe(0);
    expectDrained(run);
  });

  it('B3: judges single attempts, also those that a retry makes good', () => {
    const retries = ', retries: { attempts: 3, backoff: none }';
    const balancer = `${unchecked}, outlier-ejection: {}${retries}`;
    const run = finished(fleet({ balancer, faults: crashes(3) }));
    expect(total(run, 'get', 'ok')).toBe(total(run, 'get', 'offered'));
    expect(own(run, 'edge', 'ejections')).toBeGreaterThan(0);
  });

  it('B3: counts the ejected as sick, so that too many of them begin a panic', () => {
    const balancer = `${unchecked}, panic-threshold: 50%, outlier-ejection: { max: 100% }`;
    const run = runOf(fleet({ balancer, instances: 4, faults: crashes(1, 2, 3) }));
    run.advance(20 * SECOND);
    expectSound(run);
    expect(notes(run, 'ejected')).toHaveLength(3);
    expect(notes(run, 'panics')).toHaveLength(1);
  });
});

describe('levels, panic, ejection and tables together', () => {
  it('are the same again after going back to a checkpoint', () => {
    const options = 'priorities: [4, 6], policy: maglev, table-size: 251, panic-threshold: 40%';
    const ejection = 'outlier-ejection: { base: 3s, every: 1s, max: 50% }';
    const retries = 'retries: { attempts: 2, backoff: constant(5ms) }, timeout: 20ms';
    const faults = [
      ...crashes(1, 2, 3),
      '{ at: 8s, slow: api/6, by: 100x, for: 5s }',
      '{ at: 12s, crash: api, for: 4s }',
    ];
    const text = fleet({ balancer: `${checks}, ${options}, ${ejection}, ${retries}`, faults });
    const run = runOf(text);
    run.advance(9.5 * SECOND);
    const checkpoint = new Checkpoint(run);
    run.advance(30 * SECOND);
    const { hash } = run;
    const ejections = own(run, 'edge', 'ejections');
    expect(ejections).toBeGreaterThan(1);
    checkpoint.restore();
    run.advance(30 * SECOND);
    expect([run.hash, own(run, 'edge', 'ejections')]).toEqual([hash, ejections]);
    run.advance(Infinity);
    expectDrained(run);
  });
});
