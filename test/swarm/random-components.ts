// What is said of each component of a random scenario: any parameter at any of its values. A
// parameter that is left out takes its default, where that is short enough to wait for.
import { balancingPolicies } from '../../src/model/balancing.ts';
import { disciplines } from '../../src/model/discipline.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { shardingPolicies } from '../../src/model/sharding.ts';
import type { Fields, Step, Value } from './design.ts';
import type { Frame } from './frame.ts';
import type { Parts } from './parts.ts';

const policies = [...balancingPolicies.keys()];
const unweighted = policies.filter((policy) => policy !== 'weighted');

/** How many instances or nodes a component has at the most. */
export function instancesOf(component: Fields): number {
  const { autoscale, instances, nodes } = component;
  const most = (autoscale as Fields | undefined)?.['max'];
  return Number(most ?? instances ?? nodes ?? 1);
}

export function balancer(frame: Frame, to: string, target: Fields): Fields {
  const { dice } = frame;
  const targets = instancesOf(target);
  const isWeighted = dice.chance(0.15);
  const layer = dice.chance(0.2) ? '4' : '7';
  const checks = healthCheck(frame);
  const isByKey = target['kind'] === 'cache';
  const ejection = !isByKey && dice.chance(0.25) ? outlierEjection(frame) : null;
  const mayPanic = !isByKey && (checks !== 'none' || ejection !== null);
  return given(frame, {
    kind: 'load-balancer',
    to,
    policy: isWeighted ? 'weighted' : dice.pick(unweighted),
    weights: isWeighted ? dice.times(targets, () => dice.pick([1, 2, 5, 0.5])) : null,
    layer: layer === '4' ? layer : maybe(frame, layer),
    choices: maybe(frame, dice.between(2, 4)),
    'load-factor': maybe(frame, dice.pick([1.01, 1.25, 2])),
    'virtual-nodes': maybe(frame, dice.pick([1, 10, 100])),
    delay: maybe(frame, frame.latency()),
    'table-size': maybe(frame, dice.pick([11, 101, 1_009])),
    priorities: !isByKey && dice.chance(0.25) ? levels(frame, targets) : null,
    surplus: maybe(frame, dice.pick([1, 1.4, 3])),
    'panic-threshold': mayPanic && dice.chance(0.3) ? dice.pick(['1%', '50%', '100%']) : null,
    'health-check': checks,
    'outlier-ejection': ejection,
    timeout: frame.timeout(),
    retries: layer === '4' ? null : retries(frame),
    instances: maybe(frame, dice.between(1, 3)),
    zones: frame.someZones(),
    'start-up': startUp(frame),
  });
}

/** Sizes of one to three priority levels for so many instances. */
function levels({ dice }: Frame, targets: number): number[] {
  const first = dice.between(1, targets);
  const left = targets - first;
  if (left === 0) return [first];
  const second = dice.between(1, left);
  return left === second ? [first, second] : [first, second, left - second];
}

function outlierEjection(frame: Frame): Fields {
  const { dice } = frame;
  const t = (least: number, most: number) => frame.slowTime(dice.spread(least, most));
  return given(frame, {
    consecutive: maybe(frame, dice.pick([1, 2, 5])),
    base: t(5, 100),
    'max-time': maybe(frame, t(10, 500)),
    max: maybe(frame, dice.pick(['0%', '10%', '50%', '100%'])),
    every: t(5, 60),
  });
}

function healthCheck(frame: Frame): Value | null {
  const { dice } = frame;
  const isHealth = frame.theme === 'health';
  if (frame.isConstant || (!isHealth && dice.chance(0.15))) return 'none';
  if (!isHealth && dice.chance(0.1)) return null;
  return given(frame, {
    every: frame.slowTime(isHealth ? dice.spread(2, 20) : dice.spread(10, 80)),
    timeout: maybe(frame, frame.slowTime(dice.spread(2, isHealth ? 15 : 60))),
    'unhealthy-after': isHealth ? 1 : maybe(frame, dice.between(1, 3)),
    'healthy-after': isHealth ? 1 : maybe(frame, dice.between(1, 3)),
  });
}

/** `callees`: components that it calls, some of which it calls in a way of their own. */
export function service(
  frame: Frame,
  operations: Readonly<Record<string, Step[]>>,
  callees: readonly string[],
): Fields {
  const { dice } = frame;
  const all = [...disciplines.values()];
  const isUrgent = frame.theme === 'urgency';
  const discipline = dice.pick(isUrgent ? all.filter(({ byPriority }) => byPriority) : all);
  const mayBlock = !discipline.shared && !discipline.preemptive;
  const calls: Record<string, Fields> = {};
  for (const callee of dice.some(callees, 0.25)) {
    calls[callee] = given(frame, {
      timeout: frame.timeout(),
      retries: retries(frame),
      policy: maybe(frame, dice.pick(policies)),
    });
  }
  return given(frame, {
    kind: 'service',
    ...scale(frame),
    zones: frame.someZones(),
    queue: maybe(frame, dice.pick([0, 1, 3, 20, 'unlimited'])),
    discipline: isUrgent ? discipline.name : maybe(frame, discipline.name),
    'queue-timeout': dice.chance(0.3) ? frame.law(dice.spread(1, 40)) : null,
    blocking: mayBlock && dice.chance(0.4) ? true : null,
    timeout: frame.timeout(),
    retries: retries(frame),
    calls: Object.keys(calls).length === 0 ? null : calls,
    'start-up': startUp(frame),
    operations,
  });
}

/** Instances and their workers, and perhaps who starts and stops them. */
function scale(frame: Frame): Record<string, Value | null> {
  const { dice } = frame;
  const instances = maybe(frame, dice.between(1, 4));
  const workers = frame.theme === 'urgency' ? 1 : maybe(frame, dice.pick([1, 1, 2, 3, 8]));
  const isUnlimited = frame.theme !== 'urgency' && dice.chance(0.1);
  if (frame.isConstant || !dice.chance(0.15)) {
    return { instances, workers: isUnlimited ? 'unlimited' : workers };
  }
  const least = dice.between(1, 3);
  const first = least + dice.below(3);
  // An autoscaler decides every 100 ms at the most.
  const t = () => frame.time(Math.max(100_000_000 / frame.unitNs, dice.spread(5, 100)));
  const autoscale = given(frame, {
    max: first + dice.below(3),
    min: least,
    target: maybe(frame, dice.pick(['10%', '50%', '90%'])),
    tolerance: maybe(frame, dice.pick(['0%', '30%'])),
    every: t(),
    'up-window': maybe(frame, t()),
    'down-window': dice.pick(['0s', t()]),
  });
  return { instances: maybe(frame, first), workers, autoscale };
}

export function cache(frame: Frame, parts: Parts, name: string): Fields {
  const { dice } = frame;
  const datasets = parts.datasets.filter(({ cachedIn }) => cachedIn.includes(name));
  const share = datasets.length === 0 ? [] : [`${dice.between(1, 60)}% of ${datasets[0]!.name}`];
  const age = frame.time(dice.spread(5, 200));
  const ages = [age, age, ...(frame.isConstant ? [] : [`${age} ±20%`]), `${age} sliding`];
  return given(frame, {
    kind: 'cache',
    nodes: maybe(frame, dice.between(1, 4)),
    zones: frame.someZones(),
    capacity: dice.pick(['1 entries', '5 entries', '40 entries', '3KB', '1MB', ...share]),
    eviction: maybe(frame, dice.pick([...evictionPolicies.keys()])),
    strategy: parts.through.has(name)
      ? dice.pick(['read-through', 'write-through'])
      : maybe(frame, 'cache-aside'),
    'on-write': maybe(frame, dice.pick(['invalidate', 'none'])),
    ttl: dice.chance(0.5) ? dice.pick(ages) : null,
    warm: maybe(frame, dice.pick(['empty', 'popular'])),
    service: cacheService(frame),
    workers: maybe(frame, dice.pick([1, 2, 'unlimited'])),
    queue: maybe(frame, dice.pick([0, 1, 5, 1_000, 'unlimited'])),
    'virtual-nodes': maybe(frame, dice.pick([1, 20, 160])),
    timeout: frame.timeout(),
    'start-up': startUp(frame),
  });
}

export function database(frame: Frame): Fields {
  const { dice } = frame;
  const isFailover = frame.theme === 'failover';
  const replicas = dice.pick(isFailover ? [1, 1, 2, 3] : [0, 1, 1, 2, 3]);
  const words = [...shardingPolicies.keys()];
  return given(frame, {
    kind: 'database',
    shards: maybe(frame, `${dice.between(1, 3)}${dice.pick(['', ` by ${dice.pick(words)}`])}`),
    replicas,
    zones: isFailover ? [...frame.zones] : frame.someZones(),
    replication: maybe(frame, dice.pick(['sync', 'async'])),
    lag: frame.law(dice.pick([0, 0.2, 2, 20, isFailover ? 80 : 5])),
    apply: frame.law(dice.pick([0, 0.05, 0.5, 3])),
    'read-from': maybe(frame, dice.pick(['primary', 'any', replicas > 0 ? 'replicas' : 'any'])),
    service: given(frame, {
      read: frame.work(),
      write: isFailover ? frame.law(dice.pick([0.1, 1, 3])) : frame.work(),
    }),
    workers: maybe(frame, dice.pick([1, 2, 4, 'unlimited'])),
    connections: maybe(frame, dice.pick([1, 3, 10, 100, 'unlimited'])),
    failover: failover(frame),
    'start-up': startUp(frame),
  });
}

function failover(frame: Frame): Value {
  const { dice } = frame;
  const isFailover = frame.theme === 'failover';
  if (frame.isConstant || (!isFailover && dice.chance(0.15))) return 'none';
  const most = isFailover ? 15 : 60;
  const short = () => (dice.chance(0.2) ? '0s' : frame.time(dice.spread(1, most)));
  return {
    probe: frame.slowTime(dice.spread(2, most)),
    detect: short(),
    elect: short(),
    redirect: dice.chance(0.2)
      ? '0s'
      : frame.time(isFailover ? dice.spread(20, 400) : dice.spread(1, 100)),
  };
}

export function retries(frame: Frame): Value | null {
  const { dice } = frame;
  if (dice.chance(0.55)) return null;
  const base = frame.time(dice.spread(0.5, 20));
  const pauses = [
    'none',
    `constant(${base})`,
    `exponential(${base}, max ${frame.time(40)})`,
    `exponential(${base})`,
  ];
  const jitters = frame.isConstant ? ['none'] : ['none', 'full', 'equal', 'decorrelated'];
  return given(frame, {
    attempts: maybe(frame, dice.between(1, 4)),
    backoff: dice.pick(pauses),
    jitter: frame.isConstant ? 'none' : maybe(frame, dice.pick(jitters)),
    budget: !frame.isConstant && dice.chance(0.4) ? dice.pick(['0%', '10%', '50%']) : null,
  });
}

function startUp(frame: Frame): Value | null {
  if (frame.isPatient && frame.dice.chance(0.1)) return null;
  return frame.dice.chance(0.2) ? '0s' : frame.time(frame.dice.spread(1, 80));
}

/** The default is no multiple of any unit. */
function cacheService(frame: Frame): Value | null {
  const law = frame.law(frame.dice.pick([0, 0.02, 0.2, 1]));
  return frame.isConstant ? law : maybe(frame, law);
}

/** The value most of the time, else the default. */
function maybe(frame: Frame, value: Value): Value | null {
  return frame.dice.chance(0.75) ? value : null;
}

/** The fields that have a value, in a drawn order: what comes first must not matter. */
export function given(frame: Frame, values: Readonly<Record<string, Value | null>>): Fields {
  const entries = Object.entries(values).filter(([, value]) => value !== null);
  const [kind, ...rest] = entries as [string, Value][];
  const isKind = kind !== undefined && kind[0] === 'kind';
  const others = isKind ? rest : (entries as [string, Value][]);
  return Object.fromEntries([...(isKind ? [kind] : []), ...frame.dice.shuffled(others)]);
}
