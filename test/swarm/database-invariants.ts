// What must hold of every database at any moment: one history, one primary a term, and every write
// either in the history, beside it, or counted as lost.
import { Database } from '../../src/model/components/database/database.ts';
import type { Shard } from '../../src/model/components/database/shard.ts';
import { NodeState } from '../../src/model/node.ts';
import type { Run } from '../../src/model/run.ts';
import type { Complaints } from './complaint.ts';
import { isPending } from './rows.ts';

export function databasesOf({ world }: Run): Database[] {
  return world.components.filter((component) => component instanceof Database);
}

export function databaseComplaints(complaints: Complaints, run: Run): void {
  for (const database of databasesOf(run)) {
    for (const shard of database.shards) checkShard(complaints, run, shard);
    const { counts, columns } = database.tally;
    const count = (column: string) => counts[columns.indexOf(column)]!;
    const { name, shards } = database;
    const beside = shards.flatMap(({ divergent }) => [...divergent]).reduce((a, b) => a + b, 0);
    const committed = shards.reduce((sum, { log }) => sum + log.last, 0);
    const words = () => `${name}: ${count('writes')} writes, ${committed} in the history`;
    const others = count('writes') - committed - beside;
    // Writes beside the history that have been found out are lost.
    complaints.demand(
      others >= 0 && others <= count('lostWrites'),
      'a write is in the history, beside it, or lost',
      words,
    );
    complaints.demand(count('lostWrites') <= count('writes'), 'no write is lost twice', words);
    // Where a cache acknowledges writes for it, the primary is behind.
    const isAhead = run.world.keys.datasets.some(
      ({ ledger, plan }) => ledger !== null && plan.storedIn === name,
    );
    const isAlone = !isAhead && count('promotions') === 0 && readsFromPrimary(run, name);
    complaints.demand(
      !isAlone || count('staleReads') === 0,
      'a primary without rivals serves nothing stale',
      words,
    );
    checkTerms(complaints, run, database, count('elections'), count('promotions'));
  }
}

function readsFromPrimary({ world }: Run, name: string): boolean {
  const plan = world.plan.components.find((component) => component.name === name);
  return plan?.parameters['read-from'] === 'primary';
}

function checkShard(complaints: Complaints, run: Run, shard: Shard): void {
  const { acknowledged, applied, applyEvent, log, nodes, path, primary, waitingEntries } = shard;
  complaints.equal(applied[primary]!, log.last, 'the primary has its whole history', path);
  complaints.equal(shard.believesPrimary[primary]!, 1, 'the primary knows that it is', path);
  complaints.demand(acknowledged <= log.last, 'only what is written is acknowledged', () => path);
  for (const [place, entry] of applied.entries()) {
    const where = nodes[place]!.path;
    complaints.demand(entry <= log.last, 'a replica is not ahead of the history', () => where);
    const event = applyEvent[place]!;
    complaints.demand(
      event < 0 || isPending(run, event),
      'an applying replica has an event',
      () => where,
    );
    const isUp = nodes[place]!.state === NodeState.up;
    complaints.demand(event < 0 || isUp, 'a node that is down applies nothing', () => where);
  }
  complaints.equal(
    waitingEntries.length,
    shard.waitingRows.length,
    'who waits, waits for one',
    path,
  );
  for (const [index, row] of shard.waitingRows.entries()) {
    const isInOrder = index === 0 || waitingEntries[index - 1]! < waitingEntries[index]!;
    const isOpen = run.world.calls.isInUse(row) && waitingEntries[index]! > acknowledged;
    complaints.demand(isInOrder && isOpen, 'writes that wait are open and in order', () => path);
  }
}

/** The timeline tells one primary after another, and each is another than the one before. */
function checkTerms(
  complaints: Complaints,
  run: Run,
  database: Database,
  elections: number,
  promotions: number,
): void {
  const { dropped, entries } = run.world.timeline;
  if (dropped > 0) return;
  let promoted = 0;
  for (const { nodes, path, primary } of database.shards) {
    let current = nodes[0]!.path;
    for (const { kind, target } of entries) {
      if (kind !== 'promotion' || !target.startsWith(`${path}/`)) continue;
      promoted++;
      complaints.demand(target !== current, 'each term has another primary', () => target);
      current = target;
    }
    complaints.demand(
      nodes[primary]!.path === current,
      'the primary is the one promoted last',
      () => `${nodes[primary]!.path} and ${current}`,
    );
  }
  complaints.equal(promoted, promotions, 'promotions are told', database.name);
  complaints.demand(promotions <= elections, 'who is promoted was elected', () => database.name);
}
