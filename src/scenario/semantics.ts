/** What only shows when the parts of a design are looked at together. */

import { quoted } from '../base/reading.ts';
import { checkBalancing } from './balancer-checks.ts';
import { checkCdns } from './cdn-checks.ts';
import { behind } from './declarations.ts';
import { checkEvictions } from './eviction-checks.ts';
import { checkInside } from './inside-checks.ts';
import { checkLevels } from './level-checks.ts';
import { limits, overLimit } from './limits.ts';
import { checkClusters } from './cluster-checks.ts';
import { divisionOf } from './paths.ts';
import { checkScaling } from './scaling-checks.ts';
import { checkShadows } from './shadow-checks.ts';
import { checkStrategies } from './strategy-checks.ts';
import type { ComponentPlan, DatasetPlan, PopulationPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { Graph } from './graph.ts';
import type { Entry, MapTree, Tree } from './tree.ts';

export interface Design {
  readonly root: MapTree;
  readonly checker: Checker;
  readonly graph: Graph;
  readonly components: ReadonlyMap<string, ComponentPlan>;
  readonly datasets: readonly DatasetPlan[];
  readonly populations: readonly PopulationPlan[];
  readonly durationNs: number;
  readonly warmUpNs: number;
}

export function checkDesign(design: Design): void {
  for (const circle of design.graph.circles) {
    const message = `the calls go in a circle: ${circle.text}`;
    design.checker.error(circle.start, 'circular-calls', message, 'remove one of the calls');
  }
  checkNames(design);
  checkBalancers(design);
  checkServices(design);
  checkAutoscalers(design);
  checkCaches(design);
  checkClusters(design.checker, design.components, (name, key) =>
    placeAt(design.root, 'components', name, key),
  );
  checkRoom(design);
  checkDatabases(design);
  checkPlaces(design);
  checkDatasets(design);
  checkTimes(design);
  checkReach(design);
}

/** Clients and components are boxes of one picture, and a name stands for one box. */
function checkNames({ root, checker, components, populations }: Design): void {
  for (const { name } of populations) {
    if (!components.has(name)) continue;
    const message = `${quoted(name)} is the name of clients and of a component`;
    checker.error(placeAt(root, 'traffic', name), 'duplicate-name', message, 'rename one of them');
  }
}

/** A worker held from start to answer can be neither shared nor taken away. */
function checkServices({ root, checker, components }: Design): void {
  const others = ['processor-sharing', 'priority-preemptive'];
  for (const { name, kind, parameters } of components.values()) {
    const discipline = String(parameters.discipline);
    if (kind !== 'service' || parameters.blocking !== true || !others.includes(discipline))
      continue;
    const message = `the blocking workers of ${quoted(name)} cannot serve by ${quoted(discipline)}`;
    const place = placeAt(root, 'components', name, 'discipline');
    const hint = 'remove `blocking`, or use `fifo`, `lifo` or `priority`';
    checker.error(place, 'conflicting-keys', message, hint);
  }
}

/** Beside a cache-aside cache the reader asks the store, and plain clients know no store. */
function checkCaches({ root, checker, components, populations }: Design): void {
  for (const { name, to } of populations) {
    const target = components.get(behind(checker.declared, to)?.name ?? '');
    if (target?.kind !== 'cache' || target.parameters.strategy !== 'cache-aside') continue;
    const cache = `the cache-aside cache ${quoted(target.name)}`;
    const message = `${quoted(name)} asks ${cache}, which asks no store`;
    const hint = 'write `strategy: read-through` at the cache, or put a service before it';
    checker.error(placeAt(root, 'traffic', name, 'to'), 'conflicting-keys', message, hint);
  }
}

/** Offset of the value under a chain of keys, or of the deepest key of it that there is. */
function placeAt(root: MapTree, ...keys: readonly string[]): number {
  let place = root.start;
  let tree: Tree = root;
  for (const key of keys) {
    const entry: Entry | undefined = tree.kind === 'map' ? tree.entries.get(key) : undefined;
    if (entry === undefined) return place;
    place = entry.value.kind === 'scalar' ? entry.value.start : entry.keyStart;
    tree = entry.value;
  }
  return place;
}

function checkAutoscalers({ root, checker, components }: Design): void {
  const placeOf = (...path: readonly string[]) => givenAt(root, 'components', ...path);
  checkScaling(checker, components, placeOf);
  checkStrategies(checker, components, placeOf);
}

/** Offset of the value under a chain of keys; null when the file has none. */
function givenAt(root: MapTree, ...keys: readonly string[]): number | null {
  let tree: Tree | undefined = root;
  for (const key of keys) tree = tree?.kind === 'map' ? tree.entries.get(key)?.value : undefined;
  return tree === undefined ? null : placeAt(root, ...keys);
}

function checkBalancers({ root, checker, components }: Design): void {
  const inCircle = new Set<string>();
  for (const { name, kind, parameters } of components.values()) {
    if (kind !== 'load-balancer') continue;
    const circle = inCircle.has(name) ? null : circleFrom(checker, name);
    if (circle !== null) {
      for (const member of circle) inCircle.add(member);
      const message = `${quoted(name)} passes requests on in a circle: ${circle.join(' → ')}`;
      const place = placeAt(root, 'components', name, 'to');
      checker.error(place, 'circular-calls', message, 'let one of them lead to a service');
    }
    if (parameters.layer === '4' && parameters.retries !== null) {
      const message = `${quoted(name)} works at layer 4, where requests cannot be retried`;
      const hint = 'remove `retries`, or write `layer: 7`';
      checker.error(
        placeAt(root, 'components', name, 'retries'),
        'conflicting-keys',
        message,
        hint,
      );
    }
    checkWeights(root, checker, name, parameters, components.get(String(parameters.to)));
  }
  checkBalancing(checker, components, (name, key) => placeAt(root, 'components', name, key));
}

function checkWeights(
  root: MapTree,
  checker: Checker,
  name: string,
  parameters: ComponentPlan['parameters'],
  target: ComponentPlan | undefined,
): void {
  const weights = parameters.weights as readonly number[] | null | undefined;
  if (weights === null || weights === undefined) {
    if (parameters.policy !== 'weighted') return;
    const message = `${quoted(name)} has the policy \`weighted\` but no \`weights\``;
    const place = placeAt(root, 'components', name, 'policy');
    checker.error(place, 'missing-key', message, 'add `weights: [ … ]`, one for each instance');
    return;
  }
  const place = placeAt(root, 'components', name, 'weights');
  if (parameters.policy !== 'weighted') {
    const policy = quoted(String(parameters.policy));
    const message = `the weights of ${quoted(name)} have no effect with the policy ${policy}`;
    checker.diagnostics.warning(place, 'no-effect', message, 'write `policy: weighted`');
  }
  if (target === undefined || target.kind === '') return;
  const division = divisionOf(target);
  const count = division.instances ?? division.nodes;
  if (count === null || count === weights.length) return;
  const has = `${quoted(target.name)} has ${count} instances`;
  const message = `there are ${weights.length} weights, and ${has}`;
  checker.error(place, 'wrong-length', message, 'give one weight for each instance');
}

/** The balancers from one back to itself or to one of them; null when they lead somewhere. */
function circleFrom(checker: Checker, name: string): readonly string[] | null {
  const names = [name];
  for (;;) {
    const last = checker.declared.components.get(names.at(-1)!);
    const next = last?.kind === 'load-balancer' ? last.to : null;
    if (next === null) return null;
    names.push(next);
    if (names.indexOf(next) < names.length - 1) return names;
  }
}

/** Where caches are: inside services, before each other, at the edge. */
function checkPlaces({ root, checker, components, datasets, populations }: Design): void {
  const placeOf = (name: string, key: string) => placeAt(root, 'components', name, key);
  checkCdns(checker, components, datasets, placeOf);
  checkInside(checker, root, components, populations, placeOf);
  checkLevels(checker, components, datasets, placeOf);
}

function checkRoom({ root, checker, components }: Design): void {
  const placeOf = (name: string, key: string) => placeAt(root, 'components', name, key);
  checkEvictions(checker, components, placeOf);
  checkShadows(checker, root, components);
}

function checkDatabases({ root, checker, components }: Design): void {
  for (const { name, kind, parameters } of components.values()) {
    if (
      kind !== 'database' ||
      parameters['read-from'] !== 'replicas' ||
      parameters.replicas !== 0
    ) {
      continue;
    }
    const place = placeAt(root, 'components', name, 'read-from');
    const message = `${quoted(name)} reads from replicas and has none`;
    checker.error(place, 'conflicting-keys', message, 'add `replicas: 1`, or read from `primary`');
  }
}

function checkDatasets({ root, checker, components, datasets }: Design): void {
  const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  for (const use of checker.uses) {
    const dataset = use.verb === 'call' ? undefined : byName.get(use.target);
    if (dataset === undefined || dataset.storedIn !== null) continue;
    if (root.entries.get('data') && givenStore(root, dataset.name)) continue;
    const done = use.verb === 'read' ? 'read' : 'written';
    const message = `${quoted(dataset.name)} is stored nowhere, so it cannot be ${done}`;
    const hint = 'add `stored-in:` with the name of a database to the dataset';
    checker.error(use.start, 'no-store', message, hint);
  }
  for (const dataset of datasets) {
    const { keys, popularity } = dataset;
    if (popularity.kind === 'loop' && popularity.length > keys) {
      const place = placeAt(root, 'data', dataset.name, 'popularity');
      const message = `a loop over ${popularity.length} keys needs more than the ${keys} there are`;
      checker.error(place, 'out-of-range', message, `write \`loop(${keys})\` or less`);
    }
    const asking = dataset.cachedIn.find((cache) => asksTheStore(components.get(cache)));
    if (asking !== undefined && dataset.storedIn === null && !givenStore(root, dataset.name)) {
      const cache = `the cache ${quoted(asking)} asks a store for ${quoted(dataset.name)}`;
      const place = placeAt(root, 'data', dataset.name);
      const hint = 'add `stored-in:` with the name of a database to the dataset';
      checker.error(place, 'no-store', `${cache}, which is stored nowhere`, hint);
    }
    const twice = dataset.cachedIn.find(
      (cache, index) => dataset.cachedIn.indexOf(cache) !== index,
    );
    if (twice !== undefined) {
      const place = placeAt(root, 'data', dataset.name, 'cached-in');
      const message = `the cache ${quoted(twice)} is named twice`;
      checker.error(place, 'duplicate-name', message, 'remove one of the names');
    }
  }
}

/** True for a cache that reads through or writes through to what lies behind it. */
function asksTheStore(cache: ComponentPlan | undefined): boolean {
  return cache?.kind === 'cache' && cache.parameters.strategy !== 'cache-aside';
}

/** True when the file names a store, even one that does not exist, which is reported already. */
function givenStore(root: MapTree, name: string): boolean {
  const data = root.entries.get('data')!.value;
  const dataset = data.kind === 'map' ? data.entries.get(name)?.value : undefined;
  return dataset?.kind === 'map' && dataset.entries.has('stored-in');
}

function checkTimes({ root, checker, populations, durationNs, warmUpNs }: Design): void {
  if (warmUpNs >= durationNs && warmUpNs > 0) {
    const message = 'the warm-up lasts until the end of the run, so nothing is measured';
    checker.error(
      placeAt(root, 'warm-up'),
      'bad-times',
      message,
      'make it shorter than `duration`',
    );
  }
  for (const { name, deadlineNs, startNs } of populations) {
    if (deadlineNs < Infinity && deadlineNs > durationNs) {
      const message = `the deadline of ${quoted(name)} is longer than the run and never passes`;
      const place = placeAt(root, 'traffic', name, 'deadline');
      checker.diagnostics.warning(place, 'no-effect', message, 'make it shorter than `duration`');
    }
    if (startNs >= durationNs && startNs > 0) {
      const message = `${quoted(name)} starts after the end of the run and sends nothing`;
      const place = placeAt(root, 'traffic', name, 'start');
      checker.diagnostics.warning(place, 'no-effect', message, 'make `duration` longer');
    }
  }
}

/** Counts the connections between components, and warns of components that nothing leads to. */
function checkReach({ root, checker, components, datasets, populations }: Design): void {
  const edges = new Set<string>();
  const reached = new Set<string>(populations.map(({ to }) => to));
  const connect = (from: string, to: string) => {
    edges.add(`${from} ${to}`);
    reached.add(to);
  };
  for (const { name, parameters } of components.values()) {
    if (typeof parameters.to === 'string') connect(name, parameters.to);
    if (typeof parameters.origin === 'string') connect(name, parameters.origin);
  }
  const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  for (const use of checker.uses) {
    if (use.verb === 'call') connect(use.component, use.target);
    const dataset = use.verb === 'call' ? undefined : byName.get(use.target);
    for (const cache of dataset?.cachedIn ?? []) connect(use.component, cache);
    if (dataset?.storedIn) connect(use.component, dataset.storedIn);
  }
  for (const { storedIn, cachedIn } of datasets) {
    for (const name of [...cachedIn, storedIn]) if (name !== null) reached.add(name);
  }
  if (edges.size > limits.edges) {
    const message = overLimit(edges.size, 'connections between components', limits.edges);
    checker.error(placeAt(root, 'components'), 'too-many-edges', message);
  }
  if (checker.diagnostics.hasErrors) return;
  for (const name of components.keys()) {
    if (reached.has(name)) continue;
    const message = `nothing leads to ${quoted(name)}; it stays idle`;
    const entry = root.entries.get('components')!.value;
    const place = entry.kind === 'map' ? entry.entries.get(name)!.keyStart : entry.start;
    checker.diagnostics.warning(place, 'unused-component', message);
  }
}
