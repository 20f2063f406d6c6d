import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { Histogram } from '../../src/kernel/histogram.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import { Run } from '../../src/model/run.ts';
import { planOf } from '../model/rehearsal.ts';

class Counter {
  value = 0;
  name = 'zero';
  next: Counter | null = null;
  private hidden = 1;

  bump(): void {
    this.value++;
    this.hidden *= 2;
    this.name = `${this.value}/${this.hidden}`;
  }
}

describe('a checkpoint', () => {
  it('brings back numbers, texts, flags and private fields of nested instances', () => {
    const root = { counter: new Counter(), flag: true, nothing: null as Counter | null };
    root.counter.next = new Counter();
    root.counter.bump();
    const checkpoint = new Checkpoint(root);
    const before = structuredClone(root);
    const { counter } = root;
    root.counter.bump();
    root.counter.next.bump();
    root.flag = false;
    root.nothing = new Counter();
    root.counter = new Counter();
    checkpoint.restore();
    expect(structuredClone(root)).toEqual(before);
    expect(root.counter).toBe(counter);
  });

  it.each([Int32Array, Float64Array, Uint32Array, Uint8Array, Int16Array, Uint16Array])(
    'brings back the contents of a %o, in the same array',
    (Type) => {
      const root = { array: Type.from([1, 2, 3]) };
      const { array } = root;
      const checkpoint = new Checkpoint(root);
      array[1] = 99;
      checkpoint.restore();
      expect([...array]).toEqual([1, 2, 3]);
      expect(root.array).toBe(array);
    },
  );

  it('brings back an array that was replaced by a larger one, and what it held', () => {
    const root = { array: Int32Array.of(1, 2) };
    const { array } = root;
    const checkpoint = new Checkpoint(root);
    root.array = Int32Array.of(5, 6, 7, 8);
    array[0] = 9;
    checkpoint.restore();
    expect(root.array).toBe(array);
    expect([...root.array]).toEqual([1, 2]);
  });

  it('brings back two views of one buffer', () => {
    const doubles = new Float64Array(2).fill(0.5);
    const root = { doubles, words: new Int32Array(doubles.buffer) };
    const checkpoint = new Checkpoint(root);
    root.words[1] = 77;
    doubles[1] = 3;
    checkpoint.restore();
    expect([...doubles]).toEqual([0.5, 0.5]);
  });

  it('brings back lists that grew, shrank or changed, of numbers and of objects', () => {
    const first = new Counter();
    const root = { numbers: [1, 2, 3], counters: [first], empty: [] as Counter[] };
    const checkpoint = new Checkpoint(root);
    root.numbers.length = 1;
    root.counters.push(new Counter());
    root.counters[0]!.bump();
    root.empty.push(new Counter());
    checkpoint.restore();
    expect(root.numbers).toEqual([1, 2, 3]);
    expect(root.counters).toEqual([new Counter()]);
    expect(root.counters[0]).toBe(first);
    expect(root.empty).toEqual([]);
  });

  it('brings back maps and sets with their order, and what their keys and values hold', () => {
    const key = new Counter();
    const value = new Counter();
    const root = { map: new Map<unknown, unknown>([[key, value]]), set: new Set<unknown>(['x']) };
    root.map.set('b', 1).set('a', 2);
    root.set.add(key);
    const checkpoint = new Checkpoint(root);
    root.map.delete('b');
    root.map.set('b', 3);
    root.set.clear();
    key.bump();
    value.bump();
    checkpoint.restore();
    expect([...root.map.keys()]).toEqual([key, 'b', 'a']);
    expect([...root.set]).toEqual(['x', key]);
    expect([key.value, value.value, root.map.get('b')]).toEqual([0, 0, 1]);
  });

  it('goes round a circle of references and into a chain of a hundred thousand', () => {
    const root = new Counter();
    let last = root;
    for (let index = 0; index < 100_000; index++) {
      last.next = new Counter();
      last = last.next;
    }
    last.next = root;
    const checkpoint = new Checkpoint(root);
    last.bump();
    checkpoint.restore();
    expect(last.value).toBe(0);
  });

  it('takes frozen objects as constant', () => {
    const inside = new Counter();
    const root = { plan: Object.freeze({ inside }) };
    const checkpoint = new Checkpoint(root);
    inside.bump();
    checkpoint.restore();
    expect(inside.value).toBe(1);
  });

  it('can be restored any number of times, and two of them in any order', () => {
    const root = { counter: new Counter(), array: new Float64Array(1) };
    const early = new Checkpoint(root);
    root.counter.bump();
    root.array[0] = 1;
    const late = new Checkpoint(root);
    root.counter.bump();
    for (const [checkpoint, value] of [
      [late, 1],
      [early, 0],
      [late, 1],
      [late, 1],
    ] as const) {
      checkpoint.restore();
      expect([root.counter.value, root.array[0]]).toEqual([value, value]);
      root.counter.bump();
      root.array[0] = 50;
    }
  });

  it('says how many bytes of arrays it holds', () => {
    const root = { a: new Float64Array(100), b: new Uint8Array(7), list: [1, 2, 3] };
    expect(new Checkpoint(root).bytes).toBe(800 + 7 + 24);
  });

  it('brings back streams and histograms so that they go on as they did', () => {
    const root = { stream: streamFor('1', 'a', 'b'), histogram: new Histogram() };
    root.histogram.record(3);
    const checkpoint = new Checkpoint(root);
    const draws = Array.from({ length: 50 }, () => root.stream.normal());
    for (let value = 0; value < 100; value++) root.histogram.record(value);
    checkpoint.restore();
    expect(Array.from({ length: 50 }, () => root.stream.normal())).toEqual(draws);
    expect([root.histogram.count, root.histogram.max]).toEqual([1, 3]);
  });

  it('brings back an agenda that has grown from nothing to a ladder, or the other way', () => {
    const simulation = new Simulation(1);
    const seen: number[] = [];
    const handle = (_kind: number, first: number) => seen.push(first);
    const owner = simulation.addOwner({ handle }, 'owner');
    const stream = streamFor('5', 'checkpoint', 'times');
    const add = (count: number) => {
      for (let index = 0; index < count; index++) {
        simulation.schedule(stream.below(1_000_000), owner, 0, index, 0);
      }
    };
    add(3);
    const small = new Checkpoint(simulation);
    add(20_000);
    simulation.runBefore(300_000, Infinity);
    const large = new Checkpoint(simulation);
    const left = simulation.agenda.size;
    simulation.runBefore(2_000_000, Infinity);
    const end = simulation.hash.toString();
    small.restore();
    expect(simulation.agenda.size).toBe(3);
    simulation.runBefore(2_000_000, Infinity);
    expect(simulation.events).toBe(3);
    large.restore();
    expect(simulation.agenda.size).toBe(left);
    simulation.runBefore(2_000_000, Infinity);
    expect(simulation.hash.toString()).toBe(end);
    expect(simulation.events).toBe(20_003);
  });
});

/** A bit of everything that has a state: every kind of component, policy, law and fault. */
const rich = `
name: Everything at once
duration: 12s
warm-up: 2500ms
zones: [a, b, c]
traffic:
  app:
    rate: 60/s
    arrivals: gamma(shape 0.5, mean 1s)
    shape: [ { at: 4s, for: 2s, times: 2 }, { every: 10s, peak: 1.5x, peak-at: 3s } ]
    mix: { view: 60%, post: 25%, sum: 15% }
    to: edge
    deadline: 300ms
    retries: { attempts: 3, backoff: 'exponential(5ms, max 50ms)', jitter: full, budget: 20% }
  batch:
    clients: 3
    think: exponential(40ms)
    operation: sum
    to: edge
    timeout: uniform(50ms, 200ms)
    retries: { attempts: 2, backoff: constant(5ms), jitter: decorrelated }
    priority: 6
data:
  photos:
    keys: 3k
    size: 2KB
    popularity: zipf(0.99)
    stored-in: db
    cached-in: [near, far]
components:
  edge:
    kind: load-balancer
    policy: two-choices
    to: api
    zones: [a, b]
    delay: exponential(50us)
    timeout: 200ms
    retries: { attempts: 2, backoff: none }
    health-check: { every: 300ms, timeout: 100ms }
  api:
    kind: service
    instances: 4
    zones: [a, b, c]
    workers: 3
    queue: 20
    queue-timeout: exponential(60ms)
    discipline: priority-preemptive
    start-up: 400ms
    timeout: 150ms
    retries: { attempts: 2, backoff: exponential(2ms), jitter: equal }
    operations:
      view: [ { work: p50=3ms p99=20ms }, { read: photos } ]
      post: [ { work: 4ms }, { write: photos }, { wait: exponential(2ms) } ]
      sum:
        - parallel: [ { call: sums }, [ { read: photos }, { work: 1ms } ], { read: photos } ]
        - choose: [ { share: 40%, do: [ { call: sums } ] }, { share: 60%, do: [] } ]
  sums:
    kind: service
    instances: 2
    zones: [b, c]
    workers: 2
    discipline: processor-sharing
    operations: { add: [ { work: hyper-exponential(90% 2ms, 10% 15ms) }, { wait: 1ms } ] }
  near:
    kind: cache
    nodes: 2
    zones: [a, b]
    capacity: 200 entries
    eviction: lfu
    ttl: 2s ±20%
    timeout: 20ms
  far:
    kind: cache
    nodes: 2
    zones: [b, c]
    capacity: 1MB
    eviction: random
    strategy: read-through
    warm: popular
    timeout: 100ms
  db:
    kind: database
    shards: 2 by hash
    replicas: 2
    zones: [a, b, c]
    lag: exponential(150ms)
    apply: exponential(500us)
    read-from: any
    service: { read: p50=1ms p99=8ms, write: exponential(3ms) }
    workers: 4
    connections: 30
    start-up: 800ms
    failover: { probe: 100ms, detect: 300ms, elect: 200ms, redirect: 300ms }
network:
  same-zone: 250us
  cross-zone: p50=500us p99=1.5ms
  loss: 0.2%
  bandwidth: 20MB/s
faults:
  - { at: 2s, crash: db/shard-1/primary, for: 3s }
  - { at: 3s, slow: api/2, by: 8x, for: 2s }
  - { at: 4s, partition: [a, b], for: 1s }
  - { at: 5500ms, restart: api/1 }
  - { at: 6s, restart-cold: near }
  - { at: 7s, partition: db/shard-2/primary, for: 2s }
  - { at: 8s, crash: zone/c, for: 1s }
`;

describe('a checkpoint of a run', () => {
  const plan = planOf(rich);
  const straight = new Run(plan);
  straight.advance(Infinity);

  it('is tried on a run in which everything happens', () => {
    expect(straight.world.simulation.events).toBeGreaterThan(20_000);
    const kinds = new Set(straight.world.timeline.entries.map(({ kind }) => kind));
    const wanted = ['fault', 'recovery', 'detection', 'promotion', 'redirection', 'health', 'loss'];
    expect([...kinds]).toEqual(expect.arrayContaining(wanted));
  });

  it(
    'leads to the hash of the straight run from four hundred random moments',
    { timeout: 120_000 },
    () => {
      const stream = streamFor('1', 'checkpoint', 'moments');
      const moments = Array.from({ length: 400 }, () => Math.floor(stream.uniform() * 12e9));
      const run = new Run(plan, 16);
      for (const moment of moments.sort((left, right) => left - right)) {
        run.advance(moment);
        const checkpoint = new Checkpoint(run);
        run.advance(Infinity);
        expect(run.hash, `straight on from ${moment} ns`).toBe(straight.hash);
        checkpoint.restore();
        expect(run.time).toBe(moment);
        expect(run.ending).toBeNull();
      }
      run.advance(Infinity);
      expect(run.hash).toBe(straight.hash);
    },
  );

  it('leads there from any checkpoint to any other, in any order, again and again', () => {
    const stream = streamFor('2', 'checkpoint', 'jumps');
    const run = new Run(plan, 1);
    const checkpoints: Checkpoint[] = [];
    const hashes: string[] = [];
    for (let moment = 0; moment < 12; moment++) {
      run.advance(moment * 1e9 + 123_456_789);
      checkpoints.push(new Checkpoint(run));
      hashes.push(run.hash);
    }
    for (let jump = 0; jump < 60; jump++) {
      const from = stream.below(12);
      const to = from + stream.below(12 - from);
      checkpoints[from]!.restore();
      run.advance(to * 1e9 + 123_456_789);
      expect(run.hash).toBe(hashes[to]);
    }
    run.advance(Infinity);
    expect(run.hash).toBe(straight.hash);
  });

  it('brings back all totals, series and happenings, not only the hash', () => {
    const run = new Run(plan);
    run.advance(6e9);
    const checkpoint = new Checkpoint(run);
    const shot = pictureOf(run);
    run.advance(Infinity);
    expect(pictureOf(run)).toEqual(pictureOf(straight));
    checkpoint.restore();
    expect(pictureOf(run)).toEqual(shot);
    run.advance(Infinity);
    expect(pictureOf(run)).toEqual(pictureOf(straight));
  });
});

/** Everything a result could be made of. */
function pictureOf(run: Run): unknown {
  const { world } = run;
  const tallies = world.components.flatMap(({ nodes, tally }) => [
    tally,
    ...nodes.map(({ station }) => station?.tally ?? null),
  ]);
  return {
    hash: run.hash,
    happenings: world.timeline.entries.map(({ text }) => text),
    totals: tallies.map((tally) => (tally === null ? [] : [...tally.counts, tally.length])),
    windows: world.operations.map(({ tally, windowP99 }) => [
      tally.sum('ok', 0, tally.length),
      tally.sum('attempts', 0, tally.length),
      ...windowP99,
    ]),
    latencies: world.operations.map(({ latency }) => {
      const all = latency.merged(0, latency.closed.length + 1);
      return [all.count, all.sum, all.max, all.quantile(0.5), latency.closed.length];
    }),
  };
}
