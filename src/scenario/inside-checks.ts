/** Caches inside the instances of a service: they have as many nodes, and no other ways to them. */

import { quoted } from '../base/reading.ts';
import { behind } from './declarations.ts';
import { divisionOf } from './paths.ts';
import type { ComponentPlan, PopulationPlan } from '../model/plan.ts';
import type { PlaceOf } from './balancer-checks.ts';
import type { Checker } from './checker.ts';
import type { Entry, MapTree, Tree } from './tree.ts';

/** What belongs to processes of its own. */
const ownKeys = [
  'nodes',
  'zones',
  'placement',
  'virtual-nodes',
  'replicas',
  'hot-keys',
  'on-node-loss',
  'slow-start',
  'warm-from',
  'start-up',
];

/** What a look-up in the same process takes, unless the file says otherwise. */
const inProcess = {
  service: { kind: 'constant', value: 1000 },
  workers: Infinity,
  queue: Infinity,
};

/** Gives each cache inside a service as many nodes as that has instances, in the same zones. */
export function housed(
  root: MapTree,
  components: ReadonlyMap<string, ComponentPlan>,
): ReadonlyMap<string, ComponentPlan> {
  const plans = new Map(components);
  for (const plan of components.values()) {
    const host = hostOf(plan, components);
    if (host === undefined) continue;
    const given = entriesOf(root, plan.name);
    const kept = Object.entries(inProcess).filter(([key]) => given?.has(key) !== true);
    const parameters = {
      ...plan.parameters,
      ...Object.fromEntries(kept),
      nodes: divisionOf(host).instances ?? 1,
      zones: host.parameters.zones,
    };
    plans.set(plan.name, { ...plan, parameters });
  }
  return plans;
}

export function checkInside(
  checker: Checker,
  root: MapTree,
  components: ReadonlyMap<string, ComponentPlan>,
  populations: readonly PopulationPlan[],
  placeOf: PlaceOf,
): void {
  for (const plan of components.values()) {
    const host = hostOf(plan, components);
    if (host === undefined) continue;
    for (const key of ownKeys) {
      if (entriesOf(root, plan.name)?.has(key) !== true) continue;
      const what = `${quoted(plan.name)} lives inside ${quoted(host.name)}`;
      const message = `${what}; it has no \`${key}\``;
      checker.error(placeOf(plan.name, key), 'conflicting-keys', message, 'remove it');
    }
    for (const { name, to } of populations) {
      if (behind(checker.declared, to)?.name !== plan.name) continue;
      const which = `${quoted(plan.name)}, which is inside ${quoted(host.name)}`;
      const message = `${quoted(name)} cannot ask ${which}`;
      const hint = `let it ask ${quoted(host.name)}`;
      const traffic = root.entries.get('traffic')!.value;
      checker.error(placeIn(traffic, name, 'to'), 'conflicting-keys', message, hint);
    }
  }
}

function hostOf(
  { kind, parameters }: ComponentPlan,
  components: ReadonlyMap<string, ComponentPlan>,
): ComponentPlan | undefined {
  const host = kind === 'cache' ? components.get(String(parameters.inside)) : undefined;
  return host?.kind === 'service' ? host : undefined;
}

function entriesOf(root: MapTree, component: string): ReadonlyMap<string, Entry> | null {
  const all = root.entries.get('components')?.value;
  const tree = all?.kind === 'map' ? all.entries.get(component)?.value : undefined;
  return tree?.kind === 'map' ? tree.entries : null;
}

function placeIn(tree: Tree, name: string, key: string): number {
  const inner = tree.kind === 'map' ? tree.entries.get(name)?.value : undefined;
  const entry = inner?.kind === 'map' ? inner.entries.get(key) : undefined;
  return entry?.value.start ?? tree.start;
}
