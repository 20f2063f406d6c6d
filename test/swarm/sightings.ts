// What must be seen at least once over many runs, or the runs prove little: rare paths of the
// engine, each with a way to tell that a run took it. To add one, add a line.
import type { Edge } from '../../src/model/edge.ts';
import { Outcome } from '../../src/model/outcome.ts';
import type { Run } from '../../src/model/run.ts';
import { Population } from '../../src/model/workloads/population.ts';
import { databasesOf } from './database-invariants.ts';
import type { Ledger } from './ledger.ts';
import { has, rowAt, rowsInUse } from './rows.ts';
import type { Row } from './rows.ts';

type Moment = (run: Run, rows: readonly Row[]) => boolean;
type Answer = (run: Run, row: Row, attempts: number) => boolean;

/** Seen in the tables at some moment between two events. */
const atMoments: Readonly<Record<string, Moment>> = {
  'work goes on for a caller that gave up': (_, rows) =>
    rows.some((row) => has(row, 'abandoned') && (has(row, 'inService') || has(row, 'waiting'))),
  'preempted work waits': (_, rows) => rows.some((row) => has(row, 'preempted')),
  'a message was swallowed by a partition': (_, rows) => rows.some((row) => has(row, 'lost')),
  'a branch of a parallel step failed while others go on': (_, rows) =>
    rows.some(
      (row) =>
        has(row, 'branch') &&
        rows.some((other) => other.row === row.parent && other.outcome !== Outcome.ok),
    ),
  'a write waits for its replicas': (run) =>
    shardsOf(run).some(({ waitingRows }) => waitingRows.length > 0),
  'a cut-off primary took writes beside the history': (run) =>
    shardsOf(run).some(({ divergent }) => divergent.some((count) => count > 0)),
  'callers do not know the primary yet': (run) =>
    shardsOf(run).some(({ knownPrimary, primary }) => knownPrimary !== primary),
  'a replica lags by ten writes': (run) =>
    shardsOf(run).some(({ applied, log }) => applied.some((entry) => log.last - entry >= 10)),
  'a call waits for its next attempt': (_, rows) => rows.some((row) => has(row, 'backingOff')),
  'a replica was promoted that lacked writes': (run) =>
    shardsOf(run).some(({ log }) => {
      for (let entry = log.last; entry > 0; entry--) if (log.isLost(entry)) return true;
      return false;
    }),
  'a request went to a lower priority level': (run) => lowerLevels(run).some((count) => count > 0),
  'a step went on before its last branch had ended': (_, rows) =>
    rows.some((row) => has(row, 'gathers') && row.parent < 0),
  'a worker is held while its operation waits': (_, rows) =>
    rows.some((row) => has(row, 'inService') && rows.some((other) => other.parent === row.row)),
};

/** Instances behind a balancer that get what its first priority level is too sick for. */
function lowerLevels(run: Run): number[] {
  return run.world.plan.components.flatMap(({ name, parameters }) => {
    const [first] = (parameters['priorities'] ?? []) as number[];
    const edge = (run.world.paths as Edge[]).find(({ from }) => from === name);
    const inFlight = edge?.targets?.inFlight ?? [];
    return first === undefined ? [] : Array.from(inFlight).slice(first);
  });
}

/** Seen in the answer to a call: `attempts` is how many its edge allows. */
const inAnswers: Readonly<Record<string, Answer>> = {
  'a retry succeeded': (_, row) => row.attempt > 1 && row.outcome === Outcome.ok,
  'all attempts failed': (_, row, attempts) =>
    attempts > 1 && row.attempt === attempts && row.outcome !== Outcome.ok,
  'a retry budget was used up': (_, row, attempts) =>
    row.attempt < attempts && row.outcome !== Outcome.ok,
  'a closed loop had an answer': (run, row) => {
    const caller = run.world.components[row.caller];
    return caller instanceof Population && caller.plan.clients !== null;
  },
  'a service was refused a write by a node that is not primary': (_, row) =>
    row.outcome === Outcome.notPrimary,
};

/** Columns that counted something, by kind of component. */
const inTallies: Readonly<Record<string, readonly [kind: string, column: string]>> = {
  'a cache evicted': ['cache', 'evictions'],
  'a cache had a hit': ['cache', 'hits'],
  'a cache found an expired entry': ['cache', 'expirations'],
  'a write deleted a copy': ['cache', 'invalidations'],
  'a cache served a stale copy': ['cache', 'staleReads'],
  'a cache did not let a key in': ['cache', 'refusals'],
  'a look-up waited for the fetch of another': ['cache', 'coalesced'],
  'a lease was given out': ['cache', 'leases'],
  'a fill came too late for its lease': ['cache', 'refusedFills'],
  'a fresh entry was taken for expired': ['cache', 'earlyFetches'],
  'keys got another node': ['cache', 'movedKeys'],
  'a node sent a copy to another': ['cache', 'copies'],
  'a cache knew that there is no record': ['cache', 'absentHits'],
  'active expiry found something': ['cache', 'sweptExpirations'],
  'a message deleted a copy': ['cache', 'messageDeletes'],
  'an entry was fetched ahead of its end': ['cache', 'refreshes'],
  'a write was replaced before it was written back': ['cache', 'coalescedWrites'],
  'a write back failed': ['cache', 'failedFlushes'],
  'an entry was evicted before it was written back': ['cache', 'dirtyEvictions'],
  'a cache lost acknowledged writes': ['cache', 'lostWrites'],
  'a fill put an older version over a newer one': ['cache', 'olderFills'],
  'a stale copy was three versions behind': ['cache', 'staleBy3OrMore'],
  'a miss was for the loss of a node': ['cache', 'missesLost'],
  'a point of a cdn had a hit': ['cdn', 'hits'],
  'a point of a cdn evicted': ['cdn', 'evictions'],
  'a copy was pushed to a point': ['cdn', 'pushes'],
  'a copy at a point was purged': ['cdn', 'invalidations'],
  'a point waited for a fetch under way': ['cdn', 'coalesced'],
  'an expired copy answered for a failing origin': ['cdn', 'staleIfError'],
  'a point served a stale copy': ['cdn', 'staleReads'],
  'a replica served a stale read': ['database', 'staleReads'],
  'acknowledged writes were lost': ['database', 'lostWrites'],
  'a replica was promoted': ['database', 'promotions'],
  'a balancer had no target': ['load-balancer', 'noTarget'],
  'a balancer ejected an instance': ['load-balancer', 'ejections'],
};

/** Ways in which requests of clients end. */
const inOutcomes: Readonly<Record<string, string>> = {
  'an answer came in time': 'ok',
  'an answer came late': 'late',
  'a request timed out': 'failed-timeout',
  'a request was refused': 'failed-refused',
  'a request was reset by a crash': 'failed-reset',
  'a request was shed by a full queue': 'failed-queue-full',
  'a request left the queue at its timeout': 'failed-queue-timeout',
  'a request found no target': 'failed-no-target',
  'a request was refused by a node that is not primary': 'failed-not-primary',
};

/** Lines of the timeline. */
const inTimeline: Readonly<Record<string, RegExp>> = {
  'a health check took an instance out': /taken out by/,
  'a health check put an instance back': /put back by/,
  'a primary was back before the election ended': /is back before/,
  'no replica could take over': /has no replica that could/,
  'an old primary followed the new one': /follows .* as a replica/,
  'writes beside the history were lost': /took on its own are lost/,
  'a balancer took an ejected instance back': /put back by .* after its ejection/,
  'a balancer panicked': / panics/,
  'a balancer calmed down': / calms down/,
  'an autoscaler started instances': / grows from/,
  'an autoscaler stopped instances': / shrinks from/,
  'a node served again': /serves again/,
  'a fault ended': /^end of/,
};

export const sightings: readonly string[] = [
  ...Object.keys(atMoments),
  ...Object.keys(inAnswers),
  ...Object.keys(inTallies),
  ...Object.keys(inOutcomes),
  ...Object.keys(inTimeline),
  'two elections were held in one shard',
  'a cache was filled by reading through',
  'a write passed through a cache',
  'the limit of events was met',
  'the limit of requests in flight was met',
  'a run came back to a checkpoint',
];

/** What was seen of one scenario. */
export class Lookout {
  readonly seen = new Set<string>();

  /** Listens to the answers that components get; it changes nothing of the run. */
  listenTo(run: Run, ledger: Ledger): void {
    const { calls, components, paths } = run.world;
    const allowed = (paths as Edge[]).map((edge) => attemptsOf(run, edge));
    for (const component of components) {
      const answered = component.onReply.bind(component);
      component.onReply = (number) => {
        const row = rowAt(calls, number);
        const attempts = allowed[row.edge] ?? 1;
        for (const [name, isSeen] of Object.entries(inAnswers)) {
          if (isSeen(run, row, attempts)) this.seen.add(name);
        }
        ledger.note(run, component, row);
        answered(number);
      };
    }
  }

  look(run: Run): void {
    const rows = rowsInUse(run);
    for (const [name, isSeen] of Object.entries(atMoments)) {
      if (!this.seen.has(name) && isSeen(run, rows)) this.seen.add(name);
    }
  }

  /** At the end of a run: what its books say. */
  read(run: Run): void {
    const { components, operations, timeline } = run.world;
    for (const [name, [kind, column]] of Object.entries(inTallies)) {
      if (components.some((each) => each.kind === kind && counted(each, column)))
        this.seen.add(name);
    }
    for (const [name, column] of Object.entries(inOutcomes)) {
      if (operations.some((operation) => counted(operation, column))) this.seen.add(name);
    }
    for (const [name, words] of Object.entries(inTimeline)) {
      if (timeline.entries.some(({ text }) => words.test(text))) this.seen.add(name);
    }
    const elections = timeline.entries.filter(({ kind }) => kind === 'detection');
    const shards = elections.map(({ target }) => target.replace(/\/node-\d+$/, ''));
    if (new Set(shards).size < shards.length) this.seen.add('two elections were held in one shard');
    this.readThrough(run);
  }

  private readThrough(run: Run): void {
    for (const { kind, name, parameters } of run.world.plan.components) {
      if (kind !== 'cache' || parameters['strategy'] === 'cache-aside') continue;
      const { tally, index } = run.world.component(name);
      const ways = run.world.paths.filter((path) => (path as Edge).from === name) as Edge[];
      const wasAsked = ways.some((way) => counted(way, 'ok'));
      if (!wasAsked || !counted({ tally }, 'fills')) continue;
      this.seen.add('a cache was filled by reading through');
      const isWritten = parameters['strategy'] === 'write-through' && index >= 0;
      if (isWritten && databasesOf(run).some((database) => counted(database, 'writes'))) {
        this.seen.add('a write passed through a cache');
      }
    }
  }
}

function shardsOf(run: Run) {
  return databasesOf(run).flatMap(({ shards }) => shards);
}

function counted({ tally }: { readonly tally: Edge['tally'] | null }, column: string): boolean {
  return tally !== null && tally.counts[tally.columns.indexOf(column)]! > 0;
}

/** Attempts that the retries of an edge allow in all. */
function attemptsOf({ world: { plan } }: Run, { from, to }: Edge): number {
  const population = plan.populations.find(({ name }) => name === from);
  const parameters = plan.components.find(({ name }) => name === from)?.parameters;
  const calls = parameters?.['calls'] as Record<string, Retrying> | null | undefined;
  const own = calls?.[to.name] ?? parameters ?? population;
  return (own as Retrying | undefined)?.retries?.attempts ?? 1;
}

interface Retrying {
  readonly retries?: { readonly attempts: number } | null;
}
