import { describe, expect, it } from 'vitest';
import { Edge } from '../../src/model/edge.ts';
import type { Run } from '../../src/model/run.ts';
import { MS, expectDrained, finished, operation, total } from './rehearsal.ts';

/** Mean latency of an operation's answers, ms. */
function meanMs(run: Run, name: string): number {
  return total(run, name, 'latencyNs') / total(run, name, 'ok') / MS;
}

function latencies(run: Run, name: string) {
  const { latency } = operation(run, name);
  return latency.merged(0, latency.closed.length + 1);
}

const frontAndBack = `
name: Two zones
duration: 20s
zones: [a, b]
traffic: { app: { rate: 50/s, to: front, stop: 15s, timeout: 2s, mix: { near: 50%, far: 50% } } }
components:
  front:
    kind: service
    zones: [a]
    timeout: 500ms
    operations: { near: [ { call: same } ], far: [ { call: other } ] }
  same: { kind: service, zones: [a], operations: { get: [ { work: 1ms } ] } }
  other: { kind: service, zones: [b], operations: { get: [ { work: 1ms } ] } }
`;

describe('the network', () => {
  it('N1: takes its latency each way: to clients, within a zone, across zones', () => {
    const network = 'network: { clients: 10ms, same-zone: 2ms, cross-zone: 7ms }';
    const run = finished(frontAndBack + network);
    expect(meanMs(run, 'near')).toBeCloseTo(2 * 10 + 2 * 2 + 1, 6);
    expect(meanMs(run, 'far')).toBeCloseTo(2 * 10 + 2 * 7 + 1, 6);
    expectDrained(run);
  });

  it('takes the exceptions of single links in both directions', () => {
    const links = 'links: [ { between: [b, a], latency: 40ms } ]';
    const run = finished(`${frontAndBack}network: { cross-zone: 7ms, same-zone: 2ms, ${links} }`);
    expect(meanMs(run, 'far')).toBeCloseTo(2 * 40 + 1, 6);
    expect(meanMs(run, 'near')).toBeCloseTo(2 * 2 + 1, 6);
  });

  it('costs clients in a zone the way from that zone', () => {
    const network = 'network: { clients: 100ms, same-zone: 2ms, cross-zone: 7ms }';
    const text = frontAndBack.replace('to: front,', 'to: front, zone: b,') + network;
    expect(meanMs(finished(text), 'near')).toBeCloseTo(2 * 7 + 2 * 2 + 1, 6);
  });

  it('N2: shows loss as retransmissions after 200 ms, 400 ms and so on (RFC 6298)', () => {
    const run = finished(`
name: Loss
duration: 200s
traffic: { app: { rate: 100/s, to: api, timeout: none } }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { clients: 0s, loss: 10% }
`);
    const all = latencies(run, 'get');
    const above = (ms: number) => all.countAbove(ms * MS) / all.count;
    // Each way none is lost with 0.9, one with 0.09, two with 0.009; pauses 0, 200, 600 ms.
    const deviation = (share: number) => 4 * Math.sqrt((share * (1 - share)) / all.count);
    for (const [ms, share] of [
      [100, 1 - 0.81],
      [300, 1 - 0.81 - 2 * 0.9 * 0.09],
      [500, 1 - 0.81 - 2 * 0.9 * 0.09 - 0.09 ** 2],
      [700, 1 - 0.81 - 2 * 0.9 * 0.09 - 0.09 ** 2 - 2 * 0.9 * 0.009],
    ] as const) {
      expect(Math.abs(above(ms) - share), `above ${ms} ms`).toBeLessThan(deviation(share));
    }
    expect(all.min).toBe(1 * MS);
  });

  it('gives a message up to fifteen retransmissions and then lets it through', () => {
    const run = finished(`
name: Nothing gets through at first
duration: 4h
traffic: { app: { clients: 1, think: 1s, to: api, timeout: none } }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { clients: 0s, loss: 100% }
`);
    const all = latencies(run, 'get');
    const each = 200 * (2 ** 15 - 1);
    expect(all.min / MS).toBe(2 * each + 1);
    expect(all.max).toBe(all.min);
  });

  it('N4: lets messages queue for bandwidth, one after the other, in each direction', () => {
    const run = finished(`
name: A narrow link
duration: 20s
traffic:
  app: { rate: 100/s, arrivals: constant, stop: 101ms, to: api, request-size: 100KB, timeout: none }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { clients: 5ms, bandwidth: 1MB/s }
`);
    const all = latencies(run, 'get');
    expect(all.count).toBe(10);
    // Each needs 100 ms of the link there and again back; there they come every 10 ms, back every
    // 100 ms, so only the way there has a queue, which grows by 90 ms a message.
    expect(all.min / MS).toBeCloseTo(100 + 100 + 5 + 5 + 1, 6);
    expect(all.max / MS).toBeCloseTo(9 * 90 + 100 + 100 + 5 + 5 + 1, 6);
    expectDrained(run);
  });

  it('carries requests of billions of bytes', () => {
    const run = finished(`
name: Large
duration: 60s
traffic: { app: { rate: 1/s, arrivals: constant, stop: 2s, to: api, request-size: 3GB, timeout: none } }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { clients: 0s, bandwidth: 1GB/s }
`);
    expect(latencies(run, 'get').max / MS).toBeCloseTo(3_000 + 3_000 + 1, 6);
  });

  it('does not hurry a message past the bandwidth when a link is idle in between', () => {
    const run = finished(`
name: Seldom
duration: 60s
traffic:
  app: { rate: 1/s, arrivals: constant, to: api, request-size: 100KB, timeout: none, stop: 50s }
components: { api: { kind: service, operations: { get: [ { work: 1ms } ] } } }
network: { clients: 0s, bandwidth: 1MB/s }
`);
    const all = latencies(run, 'get');
    expect([all.min / MS, all.max / MS]).toEqual([201, 201]);
  });
});

describe('a partition', () => {
  const cutOff = (faults: string) =>
    finished(`${frontAndBack}network: { cross-zone: 7ms }\nfaults: ${faults}`);

  /** Seconds of the run in which calls of the operation failed. */
  function badSeconds(run: Run, name: string): number[] {
    const { tally } = operation(run, name);
    const list: number[] = [];
    for (let window = 0; window < tally.length; window++) {
      if (tally.at(window, 'failed') > 0) list.push(window);
    }
    return list;
  }

  it('N3: between two zones swallows what passes between them and nothing else', () => {
    const run = cutOff('[ { at: 5s, partition: [a, b], for: 3s } ]');
    // A call sent during it fails after its timeout of 500 ms.
    expect(badSeconds(run, 'far')).toEqual([5, 6, 7, 8]);
    expect(badSeconds(run, 'near')).toEqual([]);
    expect(total(run, 'far', 'failed-timeout')).toBe(total(run, 'far', 'failed'));
    expectDrained(run);
  });

  it('of a node isolates it from everybody', () => {
    const run = cutOff('[ { at: 5s, partition: same/1, for: 3s } ]');
    expect(badSeconds(run, 'near')).toEqual([5, 6, 7, 8]);
    expect(badSeconds(run, 'far')).toEqual([]);
    expectDrained(run);
  });

  it('ends when the last of those that overlap has ended', () => {
    const run = cutOff(
      '[ { at: 4s, partition: [a, b], for: 3s }, { at: 5s, partition: [b, a], for: 4s } ]',
    );
    expect(badSeconds(run, 'far')).toEqual([4, 5, 6, 7, 8, 9]);
    const both = cutOff(
      '[ { at: 4s, partition: other, for: 2s }, { at: 5s, partition: zone/b, for: 4s } ]',
    );
    expect(badSeconds(both, 'far')).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('of a zone leaves the nodes inside it connected to each other', () => {
    const run = finished(`
name: An island
duration: 20s
zones: [a, b]
traffic: { app: { rate: 50/s, to: far, stop: 15s, timeout: 3s } }
components:
  far:
    kind: service
    zones: [b]
    timeout: 100ms
    operations: { get: [ { wait: 2s }, { call: inner } ] }
  inner: { kind: service, zones: [b], operations: { get: [ { work: 1ms } ] } }
faults: [ { at: 5s, partition: zone/b, for: 5s } ]
`);
    const edge = run.world.paths.find(
      (path) => path instanceof Edge && path.from === 'far',
    ) as Edge;
    const of = (column: string) => edge.tally.counts[edge.tally.columns.indexOf(column)]!;
    // Requests that came before the cut call their neighbour during it.
    expect([of('calls') > 400, of('timeouts'), of('ok') === of('calls')]).toEqual([true, 0, true]);
    expect(total(run, 'get', 'failed-timeout')).toBeGreaterThan(200);
  });

  it('N3: lets an answer that was on its way before it arrive, and swallows one sent after', () => {
    const run = finished(`
name: On the way
duration: 10s
zones: [a, b]
traffic: { app: { rate: 1/s, arrivals: constant, stop: 2500ms, to: front, timeout: none } }
components:
  front: { kind: service, zones: [a], timeout: 3s, operations: { get: [ { call: other } ] } }
  other: { kind: service, zones: [b], operations: { get: [ { wait: 100ms } ] } }
network: { cross-zone: 400ms }
faults: [ { at: 1600ms, partition: [a, b], for: 800ms }, { at: 2401ms, partition: [a, b], for: 1s } ]
`);
    // Sent at 1 s: back on its way at 1.5 s, home at 1.9 s. Sent at 2 s: lost on its way there.
    expect(total(run, 'get', 'ok')).toBe(1);
    expect(latencies(run, 'get').max / MS).toBeCloseTo(900, 6);
    expect(total(run, 'get', 'failed-timeout')).toBe(1);
    expectDrained(run);
  });
});
