// The populations of a random scenario: who asks, how often, for what. Rates are drawn so that a run
// stays small; how heavy the load is follows from how long the work takes.
import type { Fields, Named, Value } from './design.ts';
import type { Frame } from './frame.ts';
import type { Parts } from './parts.ts';
import { given, retries } from './random-components.ts';
import type { Programs } from './random-steps.ts';

/** Events of a run, as far as they can be foreseen. */
const EVENTS = 12_000;
const DAY_SECONDS = 86_400;
const names = ['app', 'web', 'jobs', 'robots'];

interface Target {
  readonly name: string;
  readonly operations: readonly string[];
  /** Datasets that may draw the keys; the target must be told when it is a store. */
  readonly keys: readonly string[];
  readonly isStore: boolean;
  readonly cost: number;
}

export function traffic(frame: Frame, parts: Parts, programs: Programs): Named {
  const { dice } = frame;
  const targets = targetsOf(parts, programs);
  const populations: Named = {};
  const isUrgent = frame.theme === 'urgency';
  const count = dice.pick(isUrgent ? [2, 3, 4] : [1, 1, 2, 2, 3, 4]);
  const favourite = dice.pick(targets);
  const stores = targets.filter(({ isStore }) => isStore);
  const isFailover = frame.theme === 'failover' && stores.length > 0;
  for (const name of names.slice(0, count)) {
    let target = isUrgent ? favourite : dice.pick(targets);
    if (isFailover && dice.chance(0.6)) target = dice.pick(stores);
    populations[name] = population(frame, target, count);
  }
  return populations;
}

function targetsOf(parts: Parts, { costs }: Programs): Target[] {
  const targets: Target[] = [];
  const all = parts.datasets.map(({ name }) => name);
  const addService = (name: string, service: string) => {
    const { operations } = parts.services.find((each) => each.name === service)!;
    const cost = Math.max(...operations.map((operation) => costs.get(`${service}.${operation}`)!));
    targets.push({ name, operations, keys: all, isStore: false, cost });
  };
  const addStore = (name: string, keys: readonly string[]) => {
    if (keys.length === 0) return;
    targets.push({ name, operations: ['read', 'write'], keys, isStore: true, cost: 8 });
  };
  const cachedIn = (cache: string) =>
    parts.datasets.filter((each) => each.cachedIn.includes(cache)).map((each) => each.name);
  for (const { name } of parts.services.slice(0, 2)) addService(name, name);
  for (const { name, behind } of parts.balancers) {
    if (parts.through.has(behind)) addStore(name, cachedIn(behind));
    else addService(name, behind);
  }
  const isBare = parts.services.length === 0;
  const stores = isBare ? parts.databases : parts.databases.slice(0, 1);
  for (const cache of parts.through) addStore(cache, cachedIn(cache));
  for (const store of stores) {
    const kept = parts.datasets.filter(({ storedIn }) => storedIn === store);
    addStore(
      store,
      kept.map(({ name }) => name),
    );
  }
  return targets;
}

function population(frame: Frame, target: Target, count: number): Fields {
  const { dice } = frame;
  const most = EVENTS / (target.cost + 6) / count;
  const requests = Math.round(dice.spread(Math.min(20, most / 2), Math.min(2_000, most)));
  const deadline = dice.chance(0.5) ? frame.time(dice.spread(2, 100)) : null;
  const isWaiting = !frame.hasPartitions || deadline !== null;
  const start = dice.chance(0.2) ? dice.spread(1, frame.span / 2) : 0;
  const stop = dice.chance(0.3) ? dice.spread(start + 1, frame.span) : null;
  const coming = loop(frame, requests);
  const wanted = asked(frame, target);
  const isRecorded = 'users' in coming && requests % 2 === 0;
  return given(frame, {
    ...(isRecorded ? recorded(frame, target, requests) : { ...coming, ...wanted }),
    to: target.name,
    start: start > 0 ? frame.time(start) : null,
    stop: stop === null ? null : frame.time(stop),
    zone: dice.chance(0.3) ? dice.pick(frame.zones) : null,
    deadline,
    timeout: isWaiting && dice.chance(0.4) ? null : frame.timeout(),
    retries: retries(frame),
    priority: dice.chance(frame.theme === 'urgency' ? 1 : 0.5) ? dice.below(8) : null,
    'request-size': dice.chance(0.3) ? dice.pick(['0B', '100B', '20KB']) : null,
  });
}

/** How requests come: in an open loop at a rate, or in a closed one. */
function loop(frame: Frame, requests: number): Record<string, Value | null> {
  const { dice } = frame;
  const seconds = (frame.span * frame.unitNs) / 1e9;
  if (dice.chance(0.3)) {
    const clients = dice.between(1, 15);
    const think = Math.max(1, (clients * frame.span) / requests);
    const law = frame.law(think);
    return { clients, think: law === '0s' ? frame.time(think) : law };
  }
  const rate = frame.isGrid ? gridRate(frame, requests) : significant(requests / seconds);
  const laws = ['poisson', 'constant', 'gamma(shape 0.5)', 'pareto(shape 2, mean 1)', 'erlang(2)'];
  const isEven = frame.isConstant || (frame.isGrid && dice.chance(0.7));
  const arrivals = isEven ? 'constant' : dice.pick(laws);
  const users = Math.max(1, Math.round((rate * DAY_SECONDS) / 5));
  if (!frame.isGrid && dice.chance(0.1))
    return { users: `${users} daily, 5 requests each, peak 1.5x`, arrivals };
  const hasShape = !frame.isConstant && dice.chance(0.3);
  return { rate: `${rate}/s`, arrivals, shape: hasShape ? shape(frame, rate) : null };
}

/** Recorded requests for one key; no dice, so that whoever draws rates draws what it always drew. */
function recorded(frame: Frame, target: Target, requests: number): Record<string, Value | null> {
  const gap = frame.span / (requests + 1);
  const replay = Array.from({ length: requests }, (_, i) => `${frame.time((i + 1) * gap)} a`);
  const keys = target.isStore ? target.keys[0]! : null;
  return { replay, speed: '2x', operation: target.operations[0]!, keys };
}

/** One request in a whole number of units, for which the rate has few digits. */
function gridRate({ span, unitNs }: Frame, requests: number): number {
  const gaps = [1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100];
  const gap = gaps.find((units) => span / units <= requests) ?? 200;
  return 1e9 / (gap * unitNs);
}

function significant(value: number): number {
  return Number(value.toPrecision(3));
}

function shape(frame: Frame, rate: number): Value {
  const { dice } = frame;
  const t = () => frame.time(dice.spread(1, frame.span));
  const [early, late] = [frame.span * 0.2, frame.span * dice.pick([0.3, 0.9])];
  const parts: Fields[] = [
    { at: t(), rate: `${significant(rate * 1.5)}/s` },
    { at: t(), rate: `${significant(rate / 4)}/s` },
    { from: frame.time(early), to: frame.time(late), rate: `${significant(rate * 2)}/s` },
    { at: t(), for: frame.time(dice.spread(1, 50)), times: dice.pick([0, 3, '5x']) },
    { every: frame.time(frame.span / 2), peak: dice.pick(['1.5x', 2]), 'peak-at': frame.time(3) },
  ];
  return dice.times(dice.between(1, 2), () => dice.pick(parts));
}

/** What is asked for: one operation, or a mix of several. */
function asked(frame: Frame, target: Target): Record<string, Value | null> {
  const { dice } = frame;
  const { operations, isStore, keys } = target;
  const needsKeys = isStore || (keys.length > 0 && dice.chance(0.3));
  const isFailover = isStore && frame.theme === 'failover';
  if (operations.length === 1 || dice.chance(isFailover ? 0.7 : 0.3)) {
    const operation = isFailover ? 'write' : dice.pick(operations);
    const isObvious = operations.length === 1 && dice.chance(0.5);
    return {
      operation: isObvious ? null : operation,
      keys: needsKeys ? dice.pick(keys) : null,
    };
  }
  const some = dice.shuffled(operations).slice(0, dice.between(1, operations.length));
  const shares = dice.shares(some.length);
  const mix = some.map((operation, index) => {
    const share = shares[index]!;
    return [operation, needsKeys ? { share, keys: dice.pick(keys) } : share] as const;
  });
  return { mix: Object.fromEntries(mix) };
}
