/**
 * Reads the changes among the faults: a parameter, and the value that it has from a moment on. The
 * value is put in its place in the tree and checked there with all the rest, so it is refused for
 * the same reasons and in the same words as if the file had it from the start.
 */

import { quoted } from '../base/reading.ts';
import { listed } from '../base/suggest.ts';
import { components as kinds } from '../model/components.ts';
import { Diagnostics, TooManyProblems } from './diagnostics.ts';
import { trafficFields } from './fields.ts';
import { limits, overLimit } from './limits.ts';
import { applyTree, segmentsOf } from './settings.ts';
import type { Fields, Parameter } from '../model/parameters.ts';
import type {
  ChangePlan,
  ComponentPlan,
  PopulationPlan,
  ValuePlan,
  WorldPlan,
} from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { Entry, MapTree, ScalarTree, Tree } from './tree.ts';

export interface ReadChanges {
  /** By the item in the list of faults; an item with a problem has none. */
  readonly plans: ReadonlyMap<Tree, ChangePlan>;
  /** Most instances of each service, or nodes of a cache, that are asked for at any time. */
  readonly instancesMost: ReadonlyMap<string, number>;
  /** What the values break in the rest of the file. */
  readonly broken: readonly Diagnostics[];
}

/** A whole file checked without its faults and claims. */
export type Check = (root: MapTree, diagnostics: Diagnostics) => { readonly plan: WorldPlan };

export interface ChangeContext {
  readonly checker: Checker;
  readonly root: MapTree;
  readonly components: ReadonlyMap<string, ComponentPlan>;
  /** Null: instances apart, the values are not looked at. */
  readonly check: Check | null;
}

/** What a path leads to. */
interface Target {
  readonly path: ScalarTree;
  readonly section: 'components' | 'traffic';
  readonly owner: string;
  /** From the owner to the parameter. */
  readonly keys: readonly string[];
}

/** Parts of a file that are judged at its end, or happen to it. */
const others = ['faults', 'requirements', 'expect', 'alternatives', 'positions'];

/** Keys of a component or a population that are no parameters; none of them can change. */
const structure = ['kind', 'mix', 'operation', 'keys'];

/** Parameters that say how many processes there are, all of which are there from the beginning. */
const partWords = ['instances', 'nodes'];

/** Where the plan of a population keeps what the file calls so. */
const populationKeys: Readonly<Record<string, keyof PopulationPlan>> = {
  rate: 'rate',
  users: 'rate',
  clients: 'clients',
  think: 'think',
  deadline: 'deadlineNs',
  'client-cache': 'clientCache',
  timeout: 'timeout',
  retries: 'retries',
};

export function readChanges(context: ChangeContext): ReadChanges {
  const { checker, root } = context;
  const list = root.entries.get('faults')?.value;
  const items = list?.kind === 'list' ? list.items.filter(isChange) : [];
  const plans = new Map<Tree, ChangePlan>();
  const instancesMost = new Map<string, number>();
  const broken: Diagnostics[] = [];
  if (items.length > limits.changes) {
    const message = overLimit(items.length, 'changes', limits.changes);
    checker.error(items[limits.changes]!.start, 'too-many-changes', message);
    return { plans, instancesMost, broken };
  }
  const bare = { ...root, entries: new Map(root.entries) };
  for (const key of others) bare.entries.delete(key);
  for (const item of items) {
    const to = item.entries.get('to');
    const target = targetOf(context, item.entries.get('change')!);
    if (to === undefined || target === null) continue;
    const { keys, owner } = target;
    if (keys.length === 1 && partWords.includes(keys[0]!)) {
      const count = readInstances(context, target, to);
      if (count === null) continue;
      plans.set(item, { owner, sets: [{ keys, value: count, whole: count }] });
      const begun = Number(context.components.get(owner)?.parameters[keys[0]!]);
      instancesMost.set(owner, Math.max(begun, count, instancesMost.get(owner) ?? 0));
      continue;
    }
    if (context.check === null) continue;
    const own = new Diagnostics(
      checker.diagnostics.source,
      ` (after the change of ${quoted(target.path.text)})`,
    );
    const sets = readSets({ check: context.check, root: bare }, target, to.value, own);
    if (sets !== null) plans.set(item, { owner, sets });
    broken.push(own);
  }
  return { plans, instancesMost, broken };
}

/** The change of a rate says since when it holds: what the shape said before is over. */
export function changeAt(change: ChangePlan, atNs: number): ChangePlan {
  if (!change.sets.some(({ keys }) => keys[0] === 'rate')) return change;
  const since: ValuePlan = { keys: ['rateSinceNs'], value: atNs, whole: atNs };
  return { ...change, sets: [since, ...change.sets] };
}

function isChange(item: Tree): item is MapTree {
  return item.kind === 'map' && item.entries.has('change');
}

/** Finds what a path leads to, and refuses what cannot change while a run goes on. */
function targetOf({ checker, root }: ChangeContext, verb: Entry): Target | null {
  const path = verb.value;
  if (path.kind !== 'scalar' || path.value === null) {
    const hint = 'write `change: api.workers`';
    checker.wrongType(path, '`change`', 'the path of a parameter', hint);
    return null;
  }
  const segments = segmentsOf(root, path.text);
  if (segments === null) {
    applyTree(root, path.text, path, path.start, checker.diagnostics);
    return null;
  }
  const [section, owner = '', ...keys] = segments;
  const fields = fieldsOf(root, section!, owner);
  if (fields !== null && keys.length === 0) {
    const message = `${quoted(path.text)} is not a parameter`;
    checker.error(path.start, 'not-live', message, `write \`${owner}.${liveKeys(fields)[0]!}\``);
    return null;
  }
  if (fields === null || !mayBeLive(fields, keys)) {
    const message = `${quoted(path.text)} cannot change while a run goes on`;
    const known = fields === null ? null : `of ${quoted(owner)} these can: `;
    const hint =
      known === null
        ? 'parameters of components and of populations can'
        : `${known}${listed(liveKeys(fields!))}`;
    checker.error(path.start, 'not-live', message, hint);
    return null;
  }
  return { path, section: section as Target['section'], owner, keys };
}

/** The parameters of a component or a population; null for everything else. */
function fieldsOf(root: MapTree, section: string, owner: string): Fields | null {
  if (section === 'traffic') return trafficFields;
  const all = section === 'components' ? root.entries.get(section)?.value : undefined;
  const component = all?.kind === 'map' ? all.entries.get(owner)?.value : undefined;
  const kind = component?.kind === 'map' ? component.entries.get('kind')?.value : undefined;
  return (kind?.kind === 'scalar' ? kinds.get(kind.text)?.parameters : undefined) ?? null;
}

/** True also for a key that there is not, which the check of its place reports. */
function mayBeLive(fields: Fields, keys: readonly string[]): boolean {
  let inner: Fields | null = fields;
  for (const key of keys) {
    const parameter: Parameter | undefined =
      inner !== null && Object.hasOwn(inner, key) ? inner[key] : undefined;
    if (parameter === undefined) return inner === null || !structure.includes(key);
    if (parameter.live === true) return true;
    inner = parameter.type === 'object' ? parameter.fields : null;
  }
  return false;
}

function liveKeys(fields: Fields): readonly string[] {
  return Object.keys(fields).filter((key) => fields[key]!.live === true);
}

/** Instances and nodes are there from the start, so the file is checked with the largest number. */
function readInstances(context: ChangeContext, target: Target, to: Entry): number | null {
  const { checker, components } = context;
  const component = components.get(target.owner);
  if (component === undefined || component.kind === '') return null;
  const host = component.kind === 'cache' ? component.parameters.inside : null;
  if (typeof host === 'string') {
    const message = `${quoted(target.owner)} has a node in each instance of ${quoted(host)}`;
    checker.error(target.path.start, 'not-live', message, `write \`change: ${host}.instances\``);
    return null;
  }
  if (component.parameters.autoscale) {
    const message = `the autoscaler of ${quoted(target.owner)} decides on its instances`;
    const hint = 'remove `autoscale`, or change the load';
    checker.error(target.path.start, 'conflicting-keys', message, hint);
    return null;
  }
  const [word] = target.keys as [string];
  const parameter = kinds.get(component.kind)!.parameters[word]!;
  return checker.value(parameter, to.value, word) as number;
}

/** The values that the model needs, from the file with the value in its place. */
function readSets(
  { check, root }: { readonly check: Check; readonly root: MapTree },
  { path, section, owner, keys }: Target,
  value: Tree,
  own: Diagnostics,
): readonly ValuePlan[] | null {
  const changed = applyTree(root, path.text, value, path.start, own);
  if (own.hasErrors) return null;
  try {
    const { plan } = check(changed, own);
    if (own.hasErrors) return null;
    if (section === 'components') {
      const { parameters } = plan.components.find(({ name }) => name === owner)!;
      return [valueAt(parameters, keys)];
    }
    const population = plan.populations.find(({ name }) => name === owner)!;
    const [first, ...rest] = keys as [string, ...string[]];
    const sets = [valueAt(population, [populationKeys[first]!, ...rest])];
    // Without a timeout of its own an attempt waits until the deadline.
    if (first === 'deadline') sets.push(valueAt(population, ['timeout']));
    return sets;
  } catch (error) {
    if (!(error instanceof TooManyProblems)) throw error;
    return null;
  }
}

function valueAt(values: object, keys: readonly string[]): ValuePlan {
  let value: unknown = values;
  for (const key of keys) value = (value as Readonly<Record<string, unknown>> | null)?.[key];
  return { keys, value, whole: (values as Readonly<Record<string, unknown>>)[keys[0]!] };
}
