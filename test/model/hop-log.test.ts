import { describe, expect, it } from 'vitest';
import { HOP_WIDTH, HopLog, HopMark } from '../../src/model/hop-log.ts';
import type { Run } from '../../src/model/run.ts';
import { MS, runOf } from './rehearsal.ts';

interface Hop {
  readonly from: string;
  readonly to: string;
  readonly departure: number;
  readonly arrival: number;
  readonly mark: number;
  readonly request: number;
}

function drained(run: Run): Hop[] {
  const numbers = run.world.hops.drain();
  const { nodes } = run.world;
  return Array.from({ length: numbers.length / HOP_WIDTH }, (_, index) => {
    const [, from, to, departure, arrival, mark, request] = numbers.subarray(index * HOP_WIDTH);
    const name = (node: number) => nodes[node]?.path ?? 'outside';
    return {
      from: name(from!),
      to: name(to!),
      departure: departure!,
      arrival: arrival!,
      mark: mark!,
      request: request!,
    };
  });
}

/** Readers and writers of a database with a replica; every hop is noted. */
function noted(mix: string, faults = ''): Hop[] {
  const run = runOf(`
name: Hops
duration: 5s
traffic: { app: { rate: 10/s, arrivals: constant, stop: 2s, to: api, timeout: 500ms, retries: { attempts: 2, backoff: none }, mix: ${mix} } }
data: { goods: { keys: 10, stored-in: db } }
components:
  api: { kind: service, operations: { get: [ { read: goods } ], put: [ { write: goods } ] } }
  db: { kind: database, replicas: 1, lag: 0s }
network: { clients: 10ms, same-zone: 1ms }
faults: [ ${faults} ]
`);
  run.world.hops.sampleOneIn(1);
  run.advance(Infinity);
  return drained(run);
}

describe('the hop log', () => {
  it('notes each message of a request with when it leaves and arrives', () => {
    const hops = noted('{ get: 100% }').filter(({ request }) => request === 1);
    const list = hops.map(({ from, to, arrival, departure, mark }) => [
      from,
      to,
      (arrival - departure) / MS,
      mark,
    ]);
    expect(list).toEqual([
      ['outside', 'api/1', 10, HopMark.read],
      ['api/1', 'db/shard-1/node-1', 1, HopMark.read],
      ['db/shard-1/node-1', 'api/1', 1, HopMark.replyOk],
      ['api/1', 'outside', 10, HopMark.replyOk],
    ]);
    for (let index = 1; index < hops.length; index++) {
      expect(hops[index]!.departure).toBeGreaterThanOrEqual(hops[index - 1]!.arrival);
    }
  });

  it('tells writes, replication, retries and failures apart', () => {
    const writes = noted('{ put: 100% }');
    const marks = (hops: readonly Hop[], to: string) =>
      new Set(hops.filter((hop) => hop.to === to).map(({ mark }) => mark));
    expect(marks(writes, 'db/shard-1/node-1')).toEqual(new Set([HopMark.write]));
    expect(marks(writes, 'db/shard-1/node-2')).toEqual(new Set([HopMark.replication]));
    const refused = noted('{ get: 100% }', '{ at: 0s, crash: api }');
    expect(marks(refused, 'api/1')).toEqual(new Set([HopMark.read, HopMark.retry]));
    expect(marks(refused, 'outside')).toEqual(new Set([HopMark.replyFailed]));
  });

  it('shows a message that a partition swallows as one that never arrives', () => {
    const hops = noted('{ get: 100% }', '{ at: 0s, partition: api, for: 5s }');
    expect(hops.length).toBeGreaterThan(20);
    expect(hops.every(({ arrival }) => arrival === Infinity)).toBe(true);
  });

  it('samples about one request in so many, always the same ones, or none', () => {
    const log = new HopLog();
    const sampled = () => {
      const list: number[] = [];
      for (let request = 1; request <= 100_000; request++) {
        const mark = log.markOf(request);
        if (mark !== 0) list.push(mark);
      }
      return list;
    };
    expect(sampled()).toEqual([]);
    log.sampleOneIn(100);
    const some = sampled();
    expect(Math.abs(some.length - 1_000)).toBeLessThan(4 * Math.sqrt(1_000));
    expect(sampled()).toEqual(some);
    log.sampleOneIn(10);
    expect(sampled()).toEqual(expect.arrayContaining(some));
    log.sampleOneIn(1);
    expect(sampled()).toHaveLength(100_000);
    log.sampleOneIn(Infinity);
    expect(sampled()).toEqual([]);
  });

  it('keeps what nobody fetches up to a limit, counts the rest, and starts anew after a fetch', () => {
    const log = new HopLog();
    for (let hop = 0; hop < 20_100; hop++) log.add(1, 2, 3, hop, hop + 5, HopMark.read, 1);
    expect(log.dropped).toBe(100);
    const hops = log.drain();
    expect(hops).toHaveLength(20_000 * HOP_WIDTH);
    expect(hops.slice(-HOP_WIDTH)).toEqual(
      Float64Array.of(1, 2, 3, 19_999, 20_004, HopMark.read, 1),
    );
    expect([log.dropped, log.drain().length]).toEqual([0, 0]);
  });
});
