/** Reads the populations of clients: how many requests come, for what, and to where. */

import { quoted } from '../base/reading.ts';
import { existing, listed } from '../base/suggest.ts';
import { readShare } from '../base/units.ts';
import { readClientCache } from './client-cache.ts';
import { behind } from './declarations.ts';
import { datasetParameter, trafficFields } from './fields.ts';
import { checkReplayKeys, readReplay } from './replay.ts';
import { describe } from './tree.ts';
import type { UsersEstimate, ValuesOf } from '../model/parameters.ts';
import type { MixPlan, PopulationPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { DeclaredComponent } from './declarations.ts';
import type { Graph } from './graph.ts';
import type { ReadReplay } from './replay.ts';
import type { Entry, ScalarTree, Tree } from './tree.ts';

const SHARE_TOLERANCE = 1e-9;

/** Operations of a cache or database that clients ask directly. */
const dataOperations = ['read', 'write'];

type TrafficValues = ValuesOf<typeof trafficFields>;

export interface Population {
  readonly plan: PopulationPlan;
  /** Set when the rate was estimated from users. */
  readonly users: UsersEstimate | null;
}

export function readTraffic(
  checker: Checker,
  entries: readonly Entry[],
  graph: Graph,
): readonly Population[] {
  return entries.map((entry) => readPopulation(checker, entry, graph));
}

function readPopulation(checker: Checker, entry: Entry, graph: Graph): Population {
  const noun = `the population ${quoted(entry.key)}`;
  const others = ['mix', 'operation', 'keys'];
  const values = checker.fields(trafficFields, entry.value, noun, entry.keyStart, others);
  const valueAt = (key: string) =>
    entry.value.kind === 'map' ? entry.value.entries.get(key)?.value : undefined;
  if (entry.value.kind === 'map') checkLoop(checker, entry, values, noun);
  const stop = valueAt('stop');
  if (values.stop !== null && stop !== undefined && values.stop <= values.start) {
    checker.error(stop.start, 'bad-times', 'the population stops before it starts');
  }
  const timeoutIsGiven = valueAt('timeout') !== undefined;
  const deadlineLaw =
    values.deadline === null ? null : ({ kind: 'constant', value: values.deadline } as const);
  const isClosed = values.clients !== null;
  const replayed = values.replay === null ? null : readRecorded(checker, entry, values, graph);
  const mix = replayed?.mix ?? (values.to === '' ? [] : readMix(checker, entry, values.to, graph));
  const asked = { to: values.to, mix, loop: values.clients };
  const kept = readClientCache(checker, graph, entry, values['client-cache'], asked);
  const plan: PopulationPlan = {
    name: entry.key,
    rate: isClosed || replayed !== null ? null : (values.rate ?? values.users?.rate ?? 0),
    clients: values.clients,
    ...(replayed === null ? {} : { replay: replayed.replay }),
    think: values.think ?? { kind: 'constant', value: 0 },
    ...(kept === null ? {} : { clientCache: kept }),
    arrivals: values.arrivals,
    shape: values.shape ?? [],
    startNs: values.start,
    stopNs: values.stop ?? Infinity,
    mix,
    to: values.to,
    zone: values.zone,
    deadlineNs: values.deadline ?? Infinity,
    timeout: timeoutIsGiven ? values.timeout : deadlineLaw,
    retries: values.retries,
    priority: values.priority,
    requestSize: values['request-size'],
  };
  return { plan, users: values.users };
}

/** Exactly one of rate, users, clients, replay; and nothing that belongs to another of them. */
function checkLoop(checker: Checker, entry: Entry, values: TrafficValues, noun: string): void {
  if (entry.value.kind !== 'map') return;
  const { entries } = entry.value;
  checkReplayKeys(checker, noun, entries);
  const given = ['rate', 'users', 'clients', 'replay'].filter((key) => entries.has(key));
  if (given.length === 0) {
    const hint = 'add `rate: 5k/s`, `users: 10M daily, 40 requests each` or `clients: 100`';
    checker.error(
      entry.keyStart,
      'missing-key',
      `${noun} does not say how many requests come`,
      hint,
    );
  }
  if (given.length > 1) {
    const second = entries.get(given[1]!)!;
    const message = `${noun} has ${listed(given)}; one of them is allowed`;
    checker.error(second.keyStart, 'conflicting-keys', message, 'remove the others');
  }
  if (given.length !== 1 || given[0] === 'replay') return;
  const isClosed = given[0] === 'clients';
  for (const key of isClosed ? ['arrivals', 'shape'] : ['think']) {
    const misplaced = entries.get(key);
    if (misplaced === undefined) continue;
    const message = isClosed
      ? `\`${key}\` belongs to an open loop; a closed loop sends when answers come`
      : '`think` belongs to a closed loop of `clients`; this population has a rate';
    checker.error(misplaced.keyStart, 'conflicting-keys', message, `remove \`${key}\``);
  }
  const thinkTree = entries.get('think')?.value;
  if (isClosed && thinkTree === undefined) {
    const message = `${noun} does not say how long its clients think`;
    checker.error(entry.keyStart, 'missing-key', message, 'add `think: exponential(1s)`');
  }
  if (isClosed && thinkTree && values.think?.kind === 'constant' && values.think.value === 0) {
    const message = 'clients that think for no time ask for ever without time passing';
    checker.error(thinkTree.start, 'out-of-range', message, 'write at least `think: 1us`');
  }
  const rateTree = entries.get('rate')?.value;
  if (rateTree !== undefined && values.rate === 0 && !entries.has('shape')) {
    const message = 'a rate of 0 sends nothing; without a `shape` it must be above 0';
    checker.error(rateTree.start, 'out-of-range', message, 'write `rate: 100/s`');
  }
}

/** The recorded requests with the operations and datasets that they lead to. */
function readRecorded(
  checker: Checker,
  population: Entry,
  values: TrafficValues,
  graph: Graph,
): ReadReplay {
  const nothing = { replay: { atNs: [], keys: [], operations: [] }, mix: [] };
  const target = behind(checker.declared, values.to);
  if (population.value.kind !== 'map' || target === null || target.kind === '') return nothing;
  const { entries } = population.value;
  const operations = target.kind === 'service' ? target.operations : dataOperations;
  const context: MixContext = { checker, target, operations, graph };
  const single = entries.get('operation')?.value;
  const operation = single?.kind === 'scalar' ? single.text : null;
  const speed = values.speed ?? 1;
  if (speed === 0) {
    const start = entries.get('speed')!.value.start;
    checker.error(start, 'out-of-range', 'a speed of 0 sends nothing', 'write `speed: 2x`');
    return nothing;
  }
  const datasetOf = (word: string, start: number) => {
    const name = keysOf(context, word, entries.get('keys')?.value, start);
    return (name === null ? null : graph.dataset(name)) ?? null;
  };
  const reading = { checker, target: target.name, operations, operation, speed, datasetOf };
  return readReplay(reading, entries.get('replay')!.value);
}

function readMix(
  checker: Checker,
  population: Entry,
  to: string,
  graph: Graph,
): readonly MixPlan[] {
  const target = behind(checker.declared, to);
  if (population.value.kind !== 'map' || target === null || target.kind === '') return [];
  const { entries } = population.value;
  // A balancer before a database, and a service without operations, are reported where they stand.
  if (target.kind === 'database' && target.name !== to) return [];
  const operations = target.kind === 'service' ? target.operations : dataOperations;
  if (operations.length === 0) return [];
  const mix = entries.get('mix');
  const single = entries.get('operation');
  const keys = entries.get('keys');
  const context: MixContext = { checker, target, operations, graph };
  if (mix !== undefined && (single ?? keys) !== undefined) {
    const other = (single ?? keys)!;
    const message = `\`mix\` and \`${other.key}\` are both given; one of them is allowed`;
    checker.error(other.keyStart, 'conflicting-keys', message, `remove \`${other.key}\``);
  }
  if (mix !== undefined) return readShares(context, mix);
  let operation = operations.length === 1 ? operations[0] : undefined;
  let start = population.keyStart;
  if (single !== undefined) {
    if (single.value.kind !== 'scalar' || single.value.value === null) {
      const message = `\`operation\` is ${describe(single.value)}; a name is expected`;
      checker.error(single.value.start, 'wrong-type', message);
      return [];
    }
    operation = single.value.text;
    start = single.value.start;
    if (!checkOperation(context, operation, start)) return [];
  }
  if (operation === undefined) {
    const has = `${quoted(target.name)} has several operations`;
    const message = `${has}; the population does not say which`;
    const one = `operation: ${operations[0] ?? 'read'}`;
    const hint = `add \`${one}\` or a \`mix\` of ${listed(operations)}`;
    checker.error(start, 'which-operation', message, hint);
    return [];
  }
  return [{ operation, weight: 1, keys: keysOf(context, operation, keys?.value, start) }];
}

interface MixContext {
  readonly checker: Checker;
  readonly target: DeclaredComponent;
  readonly operations: readonly string[];
  readonly graph: Graph;
}

function readShares(context: MixContext, mix: Entry): readonly MixPlan[] {
  const { checker } = context;
  const plans: MixPlan[] = [];
  let sum = 0;
  let allRead = true;
  const map = checker.map(mix.value, '`mix`');
  for (const entry of map.entries.values()) {
    const isKnown = checkOperation(context, entry.key, entry.keyStart);
    const { shareTree, keysTree } = partsOf(checker, entry);
    const share = shareTree === null ? null : readShare(shareTree.text);
    if (shareTree !== null && share?.ok === false) checker.problem(shareTree, share.problem);
    if (share?.ok !== true) {
      allRead = false;
      continue;
    }
    sum += share.value;
    if (share.value === 0 && shareTree !== null) {
      const message = `${quoted(entry.key)} has a share of 0`;
      checker.error(shareTree.start, 'out-of-range', message, 'remove it');
      allRead = false;
    }
    if (!isKnown) continue;
    const keys = keysOf(context, entry.key, keysTree, entry.keyStart);
    plans.push({ operation: entry.key, weight: share.value, keys });
  }
  if (map.entries.size > 0 && allRead && Math.abs(sum - 1) > SHARE_TOLERANCE) {
    const percent = `${Number((sum * 100).toPrecision(6))}%`;
    const message = `the shares of the mix sum to ${percent}; they must sum to 100%`;
    const rest = `${Number((Math.abs(1 - sum) * 100).toPrecision(6))}%`;
    const hint = sum < 1 ? `${rest} are missing` : `${rest} are too much`;
    checker.error(mix.value.start, 'bad-shares', message, hint);
  }
  if (map.entries.size === 0 && mix.value.kind === 'map') {
    const hint = `write \`mix: { ${context.operations[0] ?? 'read'}: 100% }\``;
    checker.error(mix.value.start, 'empty-map', '`mix` is empty', hint);
  }
  return plans;
}

/** The share of a part of a mix and where its keys come from, both as written. */
function partsOf(
  checker: Checker,
  entry: Entry,
): { readonly shareTree: ScalarTree | null; readonly keysTree: Tree | undefined } {
  const tree = entry.value;
  if (tree.kind === 'scalar' && tree.value !== null)
    return { shareTree: tree, keysTree: undefined };
  const hint = `write \`${entry.key}: 20%\` or \`${entry.key}: { share: 20%, keys: photos }\``;
  if (tree.kind !== 'map') {
    const message = `the share of ${quoted(entry.key)} is ${describe(tree)}`;
    checker.error(tree.start, 'wrong-type', message, hint);
    return { shareTree: null, keysTree: undefined };
  }
  for (const part of tree.entries.values()) {
    if (part.key !== 'share' && part.key !== 'keys') {
      checker.unknownKey(part, ['share', 'keys'], 'a part of a mix');
    }
  }
  const share = tree.entries.get('share')?.value;
  if (share?.kind !== 'scalar') {
    checker.error(tree.start, 'missing-key', `${quoted(entry.key)} has no \`share\``, hint);
    return { shareTree: null, keysTree: undefined };
  }
  return { shareTree: share, keysTree: tree.entries.get('keys')?.value };
}

function checkOperation(context: MixContext, operation: string, start: number): boolean {
  const { checker, target, operations } = context;
  if (operations.includes(operation)) return true;
  const message = `${quoted(target.name)} has no operation ${quoted(operation)}`;
  const hint = existing(operation, operations);
  checker.error(start, 'unknown-operation', message, hint);
  return false;
}

/** The dataset that draws the keys: the given one, or the first that the operation reaches. */
function keysOf(
  context: MixContext,
  operation: string,
  tree: Tree | undefined,
  start: number,
): string | null {
  const { checker, target, graph } = context;
  const given =
    tree === undefined ? null : (checker.value(datasetParameter, tree, 'keys') as string | null);
  const isStore = target.kind !== 'service';
  if (isStore && given === null && tree === undefined) {
    const message = `${quoted(target.name)} is asked directly; its keys are not known`;
    checker.error(start, 'missing-key', message, `write \`${operation}: { share: …, keys: … }\``);
  }
  if (isStore && given) checkStore(context, given, tree!.start);
  if (given !== null || isStore || tree !== undefined) return given;
  return graph.firstDataset(target.name, operation);
}

function checkStore(context: MixContext, dataset: string, start: number): void {
  const { checker, target, graph } = context;
  if (graph.keeps(target.name, dataset)) return;
  const key = target.kind === 'cache' ? 'cached-in' : 'stored-in';
  const message = `${quoted(dataset)} is not kept in ${quoted(target.name)}`;
  checker.error(start, 'wrong-store', message, `add \`${key}: ${target.name}\` to the dataset`);
}
