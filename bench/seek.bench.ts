/** Going anywhere in a run of ten minutes, as by a click on the timeline of the page. */

import { Checkpoint } from '../src/kernel/checkpoint.ts';
import { streamFor } from '../src/kernel/random.ts';
import { Run } from '../src/model/run.ts';
import { createEngine } from '../src/worker/create-engine.ts';
import type { Engine } from '../src/worker/engine.ts';
import { RunSession } from '../src/worker/run-session.ts';
import type { Bench, Sheet } from './bench.ts';
import { planOf } from './plans.ts';
import { median } from './rounds.ts';

const SEEK = 'Seeks';
const STATE = 'What going back takes';
const SEEK_BAR = 'a seek in ten minutes at 1,000 requests a second, p95';
const ACT_BAR = 'an act at the end of ten minutes, until the picture shows it, p95';
const FIRST = 'while nothing else is done';
const ACT = 'an act (crash of one instance) and its undo';

/** A design of every kind of component, at a thousand requests a second. */
const text = (duration: string) => `
name: Ten minutes at a thousand requests a second
seed: 1
duration: ${duration}
warm-up: 10s
traffic:
  app:
    rate: 1000/s
    mix: { view: 85%, post: 15% }
    to: edge
    deadline: 500ms
    timeout: 300ms
    retries: { attempts: 2, backoff: exponential(20ms) }
data:
  photos: { keys: 100k, size: 2KB, popularity: zipf(0.9), stored-in: store, cached-in: redis }
components:
  edge: { kind: load-balancer, policy: two-choices, to: api, health-check: { every: 1s } }
  api:
    kind: service
    instances: 6
    workers: 8
    operations:
      view: [{ work: exponential(3ms) }, { read: photos }]
      post: [{ work: exponential(4ms) }, { write: photos }]
  redis: { kind: cache, nodes: 3, capacity: 10k entries, ttl: 5m }
  store:
    kind: database
    shards: 4 by hash
    replicas: 1
    service: { read: exponential(3ms), write: 4ms }
requirements: [ p99 of view < 200ms ]
faults:
  - { at: 2m, crash: store/shard-1/primary, for: 1m }
  - { at: 5m, restart-cold: redis }
`;

async function run(sheet: Sheet): Promise<void> {
  const seconds = sheet.size(600, 20);
  const duration = `${seconds}s`;
  let engine: Engine | null = null;
  const session = new RunSession({
    createEngine: (...rest) => {
      const reply = createEngine(...rest);
      if (reply.ok) ({ engine } = reply);
      return reply;
    },
    now: () => performance.now(),
    soon: (callback) => void setImmediate(callback),
    later: (callback, ms) => void setTimeout(callback, ms),
    post: () => session.frameTaken(),
  });
  const reply = await session.load(text(duration), 'bench.yaml', null);
  if (!reply.ok) throw new Error(JSON.stringify(reply.diagnostics));
  const hash = await session.finish();
  await measureSeeks(sheet, session, engine!, seconds);
  measureState(sheet, engine!);
  await measureActs(sheet, session, engine!, seconds);
  const straight = new Run(planOf(text(duration)));
  straight.advance(Infinity);
  if (straight.hash !== hash) throw new Error('The recorded run is not the straight run.');
  if ((await session.finish()) !== hash) throw new Error('After all seeks it is another run.');
}

async function measureSeeks(
  sheet: Sheet,
  session: RunSession,
  engine: Engine,
  seconds: number,
): Promise<void> {
  const stream = streamFor('1', 'seek', 'times');
  const times: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    const target = Math.round(stream.uniform() * seconds * 1e3) / 1e3;
    const start = performance.now();
    await session.seek(target);
    times.push(performance.now() - start);
    if (engine.time !== target) throw new Error(`At ${engine.time} s instead of ${target} s.`);
  }
  sheet.row(SEEK, FIRST, { 'p50 ms': median(times), 'p95 ms': p95(times), of: times.length });
  sheet.bar(SEEK_BAR, p95(times));
}

/** Crashes an instance at the end of what has been played, and takes it back. */
async function measureActs(
  sheet: Sheet,
  session: RunSession,
  engine: Engine,
  seconds: number,
): Promise<void> {
  const times: number[] = [];
  await session.seek(seconds - 2);
  for (let round = 0; round < sheet.size(20, 4); round += 1) {
    const start = performance.now();
    const reply = await session.intervene({ verb: 'crash', target: `api/${1 + (round % 6)}` });
    times.push(performance.now() - start);
    if (!reply.ok || engine.time <= reply.forkedAt) throw new Error('The act has not struck.');
    await session.undo();
    await session.seek(seconds - 2);
  }
  sheet.row(SEEK, ACT, { 'p50 ms': median(times), 'p95 ms': p95(times), of: times.length });
  sheet.bar(ACT_BAR, p95(times));
}

function measureState(sheet: Sheet, { recording }: Engine): void {
  const whole = new Checkpoint(recording.experiment).bytes / 1e6;
  sheet.row(STATE, 'one checkpoint', { MB: whole });
  const { bytes, checkpoints } = recording;
  sheet.row(STATE, 'all of them', { MB: bytes / 1e6, checkpoints });
}

function p95(times: readonly number[]): number {
  return [...times].sort((left, right) => left - right)[Math.ceil(0.95 * times.length) - 1]!;
}

const columns = [
  { title: 'p50 ms', digits: 1 },
  { title: 'p95 ms', digits: 1 },
  { title: 'of', digits: 0 },
];

const bench: Bench = {
  name: 'seek',
  title: 'Going back in time',
  about:
    'A session of the page without the page: ten minutes of a balancer, six services, three ' +
    'caches and four shards with a replica each have been played, and somebody goes to random ' +
    'times. A seek ends when the present is there, with a second before it played so that ' +
    'requests are seen on their way. Wall time. Afterwards the run is played to its end and has ' +
    'the hash of the straight run.',
  tables: [
    { title: SEEK, rowTitle: 'what', columns, rows: [FIRST, ACT] },
    {
      title: STATE,
      rowTitle: 'what',
      columns: [
        { title: 'MB', digits: 1 },
        { title: 'checkpoints', digits: 0 },
      ],
      rows: ['one checkpoint', 'all of them'],
      note: 'They share what has not changed between them.',
    },
  ],
  bars: [
    { text: SEEK_BAR, sense: 'at most', bound: 150, unit: ' ms', digits: 1 },
    { text: ACT_BAR, sense: 'at most', bound: 100, unit: ' ms', digits: 1 },
  ],
  run,
};

export default bench;
