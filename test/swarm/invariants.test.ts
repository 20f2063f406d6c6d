// Every invariant can fail: each of these plants one fault into a sound run and expects to hear of it.
import { expect, test } from 'vitest';
import type { Cache } from '../../src/model/components/cache/cache.ts';
import type { Database } from '../../src/model/components/database/database.ts';
import type { Edge } from '../../src/model/edge.ts';
import { Run } from '../../src/model/run.ts';
import { stationColumns } from '../../src/model/station.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { listenToCaches } from './cache-invariants.ts';
import { drain, drainedComplaints, heal } from './drained.ts';
import { complaintsAbout } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { has, rowAt, rowsInUse } from './rows.ts';
import { Lookout } from './sightings.ts';
import { tryScenario } from './trial.ts';

const patient = { timeout: 120_000 };

const text = `name: A busy shop
duration: 10s
zones: [a, b]
traffic:
  app: { rate: 300/s, to: edge, mix: { get: 50%, put: 50% }, timeout: 100ms, retries: { attempts: 2 } }
data: { items: { keys: 100, stored-in: main, cached-in: [hot] } }
components:
  edge: { kind: load-balancer, to: api }
  api:
    kind: service
    zones: [a]
    instances: 2
    workers: 2
    operations:
      get: [{ work: 5ms }, { parallel: [{ read: items }, { wait: 30ms }] }]
      put: [{ work: 10ms }, { write: items }]
  hot: { kind: cache, zones: [a], capacity: 10 entries }
  main: { kind: database, zones: [a, b], replicas: 2, lag: 20ms, start-up: 1s }
faults:
  - { at: 3s, slow: api/1, by: 2x }
  - { at: 4s, partition: [a, b] }
  - { at: 6s, crash: hot }
`;

function runTo(seconds: number): { run: Run; ledger: Ledger } {
  const { scenario, diagnostics } = loadScenario(text, { file: 'shop.yaml' });
  expect(diagnostics).toEqual([]);
  const plan = scenario!.plan;
  const run = new Run({
    ...plan,
    populations: plan.populations.map((each) => ({ ...each, stopNs: 9e9 })),
  });
  const ledger = new Ledger(run);
  listenToCaches(run);
  new Lookout().listenTo(run, ledger);
  run.advance(seconds * 1e9);
  return { run, ledger };
}

const columnOf = (tally: { columns: readonly string[] }, name: string) =>
  tally.columns.indexOf(name);
const stationOf = (run: Run, path: string) =>
  run.world.nodes.find((node) => node.path === path)!.station!;
const shardOf = (run: Run) => (run.world.component('main') as Database).shards[0]!;
const edgeOf = (run: Run) => (run.world.paths as Edge[]).find(({ from }) => from === 'edge')!;
const cacheOf = (run: Run) => run.world.component('hot') as Cache;
const counted = (run: Run, column: string) => {
  const { counts, columns } = cacheOf(run).tally;
  counts[columns.indexOf(column)]!++;
};
const completions = stationColumns.indexOf('completions');
const rowWith = (run: Run, flag: Parameters<typeof has>[1]) =>
  rowsInUse(run).find((row) => has(row, flag))!.row;

const plants: readonly (readonly [rule: string, plant: (run: Run) => void])[] = [
  ['rows in use', (run) => run.world.calls.inUse++],
  ['offered = ok + late + failed + shed + in flight', (run) => run.world.operations[0]!.offer()],
  ['a queue keeps its bound', (run) => Object.assign(stationOf(run, 'api/1'), { capacity: -1 })],
  ['who is at a station is in the table', (run) => void stationOf(run, 'api/1').busy--],
  ['callers know what they have in flight', (run) => void edgeOf(run).targets!.inFlight[0]!++],
  ['requests in flight are summed', (run) => void edgeOf(run).targets!.totalInFlight++],
  ['healthy instances are counted', (run) => void edgeOf(run).targets!.healthyCount--],
  [
    'a node that is not up holds no calls',
    (run) => Object.assign(run.world.nodes[0]!, { state: 2 }),
  ],
  [
    'the event of a row is pending and its own',
    (run) => run.world.calls.setEvent(rowWith(run, 'inService'), 0),
  ],
  [
    'a parallel step waits for its branches',
    (run) => run.world.calls.setPending(rowAt(run.world.calls, rowWith(run, 'branch')).parent, 7),
  ],
  [
    'a call that is waited for belongs to a call in use at its node',
    (run) => {
      const { calls } = run.world;
      const inner = rowsInUse(run).find((row) => row.edge === edgeOf(run).id)!;
      calls.setParent(inner.row, calls.used + 1);
    },
  ],
  [
    'the primary has its whole history',
    (run) => void shardOf(run).applied[shardOf(run).primary]!--,
  ],
  ['the primary knows that it is', (run) => void shardOf(run).believesPrimary.fill(0)],
  ['the primary is the one promoted last', (run) => void (shardOf(run).primary = 1)],
  ['a write is in the history, beside it, or lost', (run) => void shardOf(run).divergent[1]!++],
  [
    'promotions are told',
    (run) => {
      const { tally } = run.world.component('main');
      tally!.counts[columnOf(tally!, 'promotions')]!++;
    },
  ],
  [
    'a cache keeps its bounds',
    (run) => {
      const { stores } = run.world.component('hot') as unknown as { stores: { size: number }[] };
      stores[0]!.size = 11;
    },
  ],
  ['what is held is what can be found', (run) => void (cacheOf(run).stores[0]!.size = 1)],
  ['the bytes held are those of the entries', (run) => void cacheOf(run).stores[0]!.bytes++],
  ['each miss has one reason', (run) => counted(run, 'missesCold')],
  ['each look-up is a hit or a miss', (run) => counted(run, 'hits')],
  ['the misses of all nodes are summed', (run) => counted(run, 'misses')],
  ['each stale hit is behind by some writes', (run) => counted(run, 'staleBy2')],
  ['no more failedFlushes than flushes', (run) => counted(run, 'failedFlushes')],
  [
    'no more copies arrive than nodes have sent',
    (run) => void stationOf(run, 'hot/node-1').tally.counts[completions]!++,
  ],
];

test.each(plants)('“%s” can fail', (rule, plant) => {
  const { run } = runTo(3.9);
  expect(complaintsAbout(run)).toEqual([]);
  plant(run);
  expect(complaintsAbout(run).map((complaint) => complaint.rule)).toContain(rule);
});

test('the whole run is sound, and rests once it is healed', () => {
  const { run, ledger } = runTo(10);
  expect(complaintsAbout(run)).toEqual([]);
  expect(drainedComplaints(run).map(({ rule }) => rule)).toContain('no node is slow');
  heal(run);
  drain(run);
  expect([...drainedComplaints(run), ...complaintsAbout(run), ...ledger.compare(run)]).toEqual([]);
  run.world.calls.open();
  run.world.simulation.schedule(1e9, 0, 0, 0, 0);
  run.world.nodes[0]!.slowness = 2;
  const rules = drainedComplaints(run).map(({ rule }) => rule);
  expect(rules).toContain('no row is left');
  expect(rules).toContain('only what comes again and again is pending');
  expect(rules).toContain('no node is slow');
});

test('the second set of books finds what the first one forgets', patient, () => {
  for (const column of ['ok', 'late', 'shed', 'failed', 'attempts']) {
    const { run, ledger } = runTo(5);
    expect(ledger.compare(run)).toEqual([]);
    const { tally } = run.world.operations[0]!;
    tally.counts[columnOf(tally, column)]!++;
    expect(ledger.compare(run).map(({ rule }) => rule)).toEqual([
      'clients are told what is counted',
    ]);
  }
});

test('a file that is refused, and one that takes too long, are failures', patient, () => {
  expect(tryScenario(text).complaint).toBeNull();
  const idle = text.replace('  hot:', '  idle: { kind: cache, capacity: 1MB }\n  hot:');
  expect(tryScenario(idle).complaint!.rule).toBe('the file is refused: unused-component');
  expect(tryScenario(text.replace('300/s', '30k/s')).complaint!.rule).toBe(
    'it takes too many events',
  );
});
