// What must hold once every fault has ended, traffic has stopped and everything had time to end:
// nothing is left, and everybody agrees.
import { NodeState } from '../../src/model/node.ts';
import type { ComponentPlan } from '../../src/model/plan.ts';
import type { Run } from '../../src/model/run.ts';
import { Complaints } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { databasesOf } from './database-invariants.ts';
import { inWords, pendingEvents, rowsInUse } from './rows.ts';

/** How far a healed run is advanced at the most, ns: far beyond the longest queue. */
const PATIENCE_NS = 86_400e9;
/** Events after which a run that still does not come to rest is given up. */
const EVENTS_MAX = 5_000_000;

/** Ends every fault that lasts, as a person would: starts what is down, heals what is slow or cut. */
export function heal(run: Run): void {
  const { nodes, plan } = run.world;
  const strike = (verb: string, targets: readonly string[]) =>
    run.intervene({ atNs: run.time, verb, targets, forNs: null, factor: 1 });
  for (const { path, state } of nodes) if (state === NodeState.down) strike('restart', [path]);
  for (const [index, zone] of plan.zones.entries()) {
    strike('heal', [`zone/${zone}`]);
    for (const other of plan.zones.slice(index + 1)) strike('heal', [zone, other]);
  }
  while (run.faults.nextStrike <= run.time) run.faults.strike();
}

/**
 * Goes on after the end of a run, until nothing is left but what comes again and again, or patience
 * ends. Windows are over by then: only events are handled.
 */
export function drain(run: Run): void {
  const { simulation } = run.world;
  const until = run.time + PATIENCE_NS;
  const eventsMax = simulation.events + EVENTS_MAX;
  let step = 1e6;
  while (!isAtRest(run) && run.time < until && simulation.events < eventsMax) {
    simulation.runBefore(Math.min(run.time + step, until), eventsMax - simulation.events);
    step = Math.ceil(step * 1.5);
  }
}

function isAtRest(run: Run): boolean {
  return run.world.calls.inUse === 0 && pendingEvents(run) === periodicEvents(run);
}

/** Events that are always pending: the next look at each thing that is looked at. */
function periodicEvents({ world }: Run): number {
  let count = 0;
  for (const { kind, name, parameters } of world.plan.components) {
    if (kind === 'database' && parameters['failover'] !== null && parameters['replicas'] !== 0) {
      count += (parameters['shards'] as { count: number }).count;
    }
    if (kind === 'service' && parameters['autoscale'] !== null) count++;
    if (kind === 'cache') count += periodicEventsOf(parameters, world.component(name).nodes.length);
    if (kind !== 'load-balancer') continue;
    const target = world.component(String(parameters['to']));
    if (target.route !== undefined) continue;
    if (parameters['health-check'] !== null) {
      const { healthCheck } = world.component(name) as unknown as WithChecks;
      count += target.nodes.filter((_, place) => isProbed(healthCheck, place)).length;
    }
    if (parameters['outlier-ejection'] !== null) count++;
  }
  return count;
}

/** A cache looks for what has expired, writes back, and counts what is hot. */
function periodicEventsOf(parameters: ComponentPlan['parameters'], nodes: number): number {
  const ofEachNode =
    +(parameters['expiry'] === 'active') + +(parameters['strategy'] === 'write-back');
  return nodes * ofEachNode + +(Number(parameters['hot-keys']) > 0);
}

interface WithChecks {
  readonly healthCheck: { readonly phasesToCome: Float64Array };
}

/** False for an instance that no caller has known yet. */
function isProbed({ phasesToCome }: WithChecks['healthCheck'], place: number): boolean {
  return Number.isNaN(phasesToCome[place]);
}

export function drainedComplaints(run: Run): readonly Complaint[] {
  const complaints = new Complaints();
  const { calls, components, nodes, operations } = run.world;
  const left = rowsInUse(run).map((row) => inWords(run, row));
  complaints.demand(left.length === 0, 'no row is left', () => left.join('; '));
  complaints.equal(calls.inUse, 0, 'nothing is in flight', 'calls');
  for (const { name, inFlight } of operations)
    complaints.equal(inFlight, 0, 'nothing is in flight', name);
  complaints.equal(
    pendingEvents(run),
    periodicEvents(run),
    'only what comes again and again is pending',
    'agenda',
  );
  for (const { id, path, slowness, state, station, component } of nodes) {
    const mayRest = ['service', 'cache'].includes(components[component]!.kind);
    const isOff = state === NodeState.off && mayRest;
    complaints.demand(state === NodeState.up || isOff, 'every node is up', () => path);
    complaints.equal(slowness, 1, 'no node is slow', path);
    complaints.equal(station?.busy ?? 0, 0, 'no worker is busy', path);
    complaints.equal(station?.queue ?? 0, 0, 'nobody waits', path);
    const isCut = nodes.some((other) => run.world.network.isCut(id, other.id));
    complaints.demand(!isCut, 'nobody is cut off', () => path);
  }
  for (const { shards } of databasesOf(run)) {
    for (const shard of shards) {
      const { applied, believesPrimary, divergent, log, path, primary } = shard;
      for (const [place, entry] of applied.entries()) {
        complaints.equal(entry, log.last, 'every replica has the whole history', path);
        complaints.equal(divergent[place]!, 0, 'no history is told beside', path);
        complaints.equal(believesPrimary[place]!, +(place === primary), 'one is primary', path);
      }
      complaints.equal(shard.knownPrimary, primary, 'callers know the primary', path);
      complaints.demand(!shard.electing, 'no election is held', () => path);
    }
  }
  return complaints.list;
}
