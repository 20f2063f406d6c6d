// What must hold at any moment of any run, whatever happened in it. Beside the checks that every
// run makes of itself, which it shows to its user, these look into the tables.
import { selfChecks } from '../../src/experiment/self-checks.ts';
import { Cache } from '../../src/model/components/cache/cache.ts';
import type { Edge } from '../../src/model/edge.ts';
import { NodeState } from '../../src/model/node.ts';
import type { Run } from '../../src/model/run.ts';
import { SharedStation } from '../../src/model/shared-station.ts';
import type { Tally } from '../../src/model/tally.ts';
import type { Station } from '../../src/model/station.ts';
import { Population } from '../../src/model/workloads/population.ts';
import { Complaints } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { cacheComplaints } from './cache-invariants.ts';
import { databaseComplaints } from './database-invariants.ts';
import { has, inWords, isPending, rowOfEvent, rowsInUse } from './rows.ts';
import type { Row } from './rows.ts';

export function complaintsAbout(run: Run): readonly Complaint[] {
  const complaints = new Complaints();
  for (const check of selfChecks(run)) {
    complaints.demand(check.ok, check.name, () => JSON.stringify(check));
  }
  const rows = rowsInUse(run);
  complaints.equal(rows.length, run.world.calls.inUse, 'rows in use are counted', 'calls');
  for (const row of rows) checkRow(complaints, run, row, rows);
  checkBranches(complaints, run, rows);
  checkStations(complaints, run, rows);
  checkTargets(complaints, run, rows);
  cacheComplaints(complaints, run);
  databaseComplaints(complaints, run);
  checkCalm(complaints, run);
  return complaints.list;
}

function checkRow(complaints: Complaints, run: Run, row: Row, rows: readonly Row[]): void {
  const { components, nodes } = run.world;
  const words = () => inWords(run, row);
  if (row.event >= 0) {
    const isOwn = isPending(run, row.event) && rowOfEvent(run, row.event) === row.row;
    complaints.demand(isOwn, 'the event of a row is pending and its own', words);
  }
  if (has(row, 'atCallee')) {
    const isUp = nodes[row.node]!.state === NodeState.up;
    complaints.demand(isUp, 'a node that is not up holds no calls', words);
  }
  complaints.demand(
    !(has(row, 'waiting') && has(row, 'inService')),
    'a row that waits is not in service',
    words,
  );
  const isClients = components[row.caller] instanceof Population;
  // A fill has no parent, and the parent of an abandoned call may be gone.
  if (isClients || has(row, 'abandoned') || row.parent < 0) return;
  const parent = rows.find((other) => other.row === row.parent);
  const hasParent = parent !== undefined && parent.node === row.callerNode;
  complaints.demand(
    hasParent || has(row, 'branch'),
    'a call that is waited for belongs to a call in use at its node',
    words,
  );
}

/** A parallel step waits for as many branches as there are. */
function checkBranches(complaints: Complaints, run: Run, rows: readonly Row[]): void {
  const branches = new Map<number, number>();
  for (const row of rows) {
    if (!has(row, 'branch')) continue;
    // A step that is over has left behind what gathers its last branches.
    if (has(row, 'gathers') && row.parent < 0) continue;
    // What a cache fetches or writes for itself, and what a reader has fetched anew.
    if (
      row.parent < 0 &&
      (has(row, 'background') || run.world.components[row.caller] instanceof Cache)
    ) {
      continue;
    }
    branches.set(row.parent, (branches.get(row.parent) ?? 0) + 1);
    const parent = rows.find((other) => other.row === row.parent);
    complaints.demand(
      parent !== undefined && parent.node === row.node,
      'a branch belongs to a call in use at its node',
      () => inWords(run, row),
    );
  }
  for (const row of rows) {
    const count = branches.get(row.row);
    if (count === undefined) continue;
    complaints.equal(
      row.pending,
      count,
      'a parallel step waits for its branches',
      inWords(run, row),
    );
  }
}

function checkStations(complaints: Complaints, run: Run, rows: readonly Row[]): void {
  for (const { id, path, station } of run.world.nodes) {
    if (station === null) continue;
    const here = rows.filter(({ node }) => node === id);
    const waiting = here.filter((row) => has(row, 'waiting')).length;
    const inService = here.filter((row) => has(row, 'inService')).length;
    const { busy, queue, workers, capacity } = station;
    const isShared = (station as unknown) instanceof SharedStation;
    complaints.demand(
      busy >= 0 && queue >= 0,
      'no queue is negative',
      () => `${path} ${busy} ${queue}`,
    );
    // Whoever was served or waited when room was taken away may stay.
    const isSteady = !losesRoom(run, path);
    complaints.demand(
      !isSteady || busy <= workers,
      'no more are served than there are workers',
      () => path,
    );
    complaints.equal(
      busy + queue,
      waiting + inService,
      'who is at a station is in the table',
      path,
    );
    if (isShared) continue;
    complaints.equal(busy, inService, 'who is in service is in the table', path);
    // Whoever is pushed out of a worker may wait beyond the bound.
    const pushedOut = here.filter((row) => has(row, 'preempted')).length;
    complaints.demand(
      !isSteady || queue - pushedOut <= capacity,
      'a queue keeps its bound',
      () => path,
    );
    complaints.demand(
      queue === 0 || isBusy(station),
      'nobody waits while a worker is free',
      () => path,
    );
  }
}

function isBusy({ busy, workers }: Station): boolean {
  return busy >= workers;
}

/** True when the workers or the line of the component change during the run. */
function losesRoom({ world }: Run, path: string): boolean {
  const [name] = path.split('/');
  return world.plan.faults.some(({ change }) => {
    const keys = change?.owner === name ? change!.sets.map((set) => set.keys[0]!) : [];
    return keys.some((key) => ['workers', 'queue', 'connections'].includes(key));
  });
}

/** What callers believe about the instances behind an edge is what they have there. */
function checkTargets(complaints: Complaints, run: Run, rows: readonly Row[]): void {
  for (const { id, from, to, targets } of run.world.paths as Edge[]) {
    if (targets === null) continue;
    const where = `${from} > ${to.name}`;
    const sent = rows.filter(
      (row) => row.edge === id && !has(row, 'abandoned') && !has(row, 'branch') && row.node >= 0,
    );
    let total = 0;
    for (const [index, inFlight] of targets.inFlight.entries()) {
      const node = to.nodes[index]!.id;
      const here = sent.filter((row) => row.node === node && !has(row, 'backingOff')).length;
      complaints.equal(inFlight, here, 'callers know what they have in flight', where);
      total += inFlight;
    }
    complaints.equal(targets.totalInFlight, total, 'requests in flight are summed', where);
    const healthy = targets.healthy.reduce((sum, each) => sum + each, 0);
    complaints.equal(targets.healthyCount, healthy, 'healthy instances are counted', where);
  }
}

/** What cannot happen while nothing goes wrong, or while nobody writes. */
function checkCalm(complaints: Complaints, { world }: Run): void {
  const { components, operations, paths, plan, timeline } = world;
  // Instances may be ejected without a fault, because requests to them time out.
  const mayEject = plan.components.some(
    ({ parameters }) => (parameters['outlier-ejection'] ?? null) !== null,
  );
  const isCalm = !mayEject && timeline.entries.every(({ kind }) => kind !== 'fault');
  const count = (owner: { tally: Tally | null }, column: string) => {
    const place = owner.tally?.columns.indexOf(column) ?? -1;
    return place < 0 ? 0 : owner.tally!.counts[place]!;
  };
  const writes = components.reduce(
    (sum, each) => sum + count(each, 'writes') + count(each, 'bufferedWrites'),
    0,
  );
  for (const component of components) {
    const where = component.name;
    if (writes === 0) {
      complaints.equal(count(component, 'staleReads'), 0, 'without writes nothing is stale', where);
    }
    if (!isCalm) continue;
    for (const column of ['elections', 'promotions', 'lostWrites', 'noTarget']) {
      complaints.equal(count(component, column), 0, `without faults no ${column}`, where);
    }
  }
  if (!isCalm) return;
  for (const operation of operations) {
    for (const column of [
      'failed-refused',
      'failed-reset',
      'failed-no-target',
      'failed-not-primary',
    ]) {
      complaints.equal(count(operation, column), 0, `without faults no ${column}`, operation.name);
    }
  }
  for (const { from, targets } of paths as Edge[]) {
    const present = targets?.present.reduce((sum, each) => sum + each, 0) ?? 0;
    complaints.equal(targets?.healthyCount ?? 0, present, 'without faults all are healthy', from);
  }
}
