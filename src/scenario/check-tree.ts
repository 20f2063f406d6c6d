/** A tree to a checked scenario: reads all sections in the order in which they need each other. */

import { quoted } from '../base/reading.ts';
import { Checker } from './checker.ts';
import { readChanges } from './changes.ts';
import { readClaim } from './claims.ts';
import { declarationsOf } from './declarations.ts';
import { estimatesOf } from './estimates.ts';
import { readFaults } from './faults.ts';
import { limitFields, topFields } from './fields.ts';
import { deepFreeze } from './freeze.ts';
import { Graph } from './graph.ts';
import { limits, runDefaults } from './limits.ts';
import {
  checkProcesses,
  namedEntries,
  readComponents,
  readDatasets,
  readNetwork,
} from './sections.ts';
import { checkDesign } from './semantics.ts';
import { topLevelKeys } from './top-level.ts';
import { readTraffic } from './traffic.ts';
import { housed } from './inside-checks.ts';
import type { ComponentPlan, LimitsPlan, PopulationPlan, WorldPlan } from '../model/plan.ts';
import type { Claim, ClaimSubjects } from './claims.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Estimate } from './estimates.ts';
import type { MapTree } from './tree.ts';

/** What a file says, checked. Meaningless when the diagnostics hold an error. */
export interface CheckedFile {
  readonly name: string;
  readonly about: string;
  readonly plan: WorldPlan;
  readonly requirements: readonly Claim[];
  readonly expect: readonly Claim[];
  readonly positions: Readonly<Record<string, readonly [number, number]>>;
  readonly estimates: readonly Estimate[];
}

/** The zone of everything that names none. */
const MAIN_ZONE = 'main';

/**
 * `withChanges`: whether the values that change are checked too, each with the whole file. Without,
 * the plan lacks most of them.
 */
export function checkTree(
  root: MapTree,
  diagnostics: Diagnostics,
  withChanges = true,
): CheckedFile {
  const declared = declarationsOf(root);
  const checker = new Checker(diagnostics, declared);
  const others = topLevelKeys.filter((key) => !Object.hasOwn(topFields, key));
  const top = checker.fields(topFields, root, 'the scenario', root.start, others);
  checkTitle(checker, root);
  requireSections(checker, root);
  if (root.entries.has('zones')) {
    checker.value({ type: 'zones', description: '' }, root.entries.get('zones')!.value, 'zones');
  }
  const written = readComponents(checker, root);
  const check = withChanges ? checkTree : null;
  const changes = readChanges({ checker, root, components: written, check });
  const components = housed(root, withMost(written, changes.instancesMost));
  checkProcesses(checker, root, components);
  const datasets = readDatasets(checker, root);
  const network = readNetwork(checker, root);
  const graph = new Graph(checker, datasets);
  const traffic = readTraffic(checker, namedEntries(checker, root, 'traffic'), graph);
  const populations = traffic.map(({ plan }) => plan);
  const zones = zonesOf(checker, components);
  const context = { checker, components, zones, durationNs: top.duration, changes };
  const faults = readFaults(context, root.entries.get('faults')?.value);
  const subjects = subjectsOf(populations, components, top.duration);
  const requirements = readClaims(checker, root, 'requirements', subjects);
  const expect = readClaims(checker, root, 'expect', subjects);
  const warmUpNs = top['warm-up'];
  const design = { root, checker, graph, components, datasets, populations };
  checkDesign({ ...design, durationNs: top.duration, warmUpNs });
  checkAlternativesShape(checker, root);
  // Last, so that what is wrong without the changes has been said.
  for (const broken of changes.broken) {
    diagnostics.adopt(broken, diagnostics, ({ severity }) => severity === 'error');
  }
  const plan: WorldPlan = {
    name: top.name,
    seed: top.seed,
    durationNs: top.duration,
    warmUpNs,
    zones,
    network,
    datasets,
    components: [...components.values()],
    populations,
    faults,
    cutsNs: cutsOf(warmUpNs, [...requirements, ...expect]),
    limits: readLimits(checker, root),
  };
  return deepFreeze({
    name: top.name,
    about: top.about ?? '',
    plan,
    requirements,
    expect,
    positions: readPositions(checker, root),
    estimates: estimatesOf(traffic, datasets, written),
  });
}

/** All zones that the file names, and the one of whatever names none. */
function zonesOf(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
): readonly string[] {
  const needsMain = [...components.values()].some(({ parameters }) => !parameters.zones);
  const zones = [...checker.zonesSeen];
  if (needsMain && !zones.includes(MAIN_ZONE)) zones.push(MAIN_ZONE);
  return zones;
}

/** What claims may be about. */
function subjectsOf(
  populations: readonly PopulationPlan[],
  components: ReadonlyMap<string, ComponentPlan>,
  durationNs: number,
): ClaimSubjects {
  const operations = populations.flatMap(({ mix }) => mix.map(({ operation }) => operation));
  return {
    operations: [...new Set(operations)],
    populations: populations.map(({ name }) => name),
    components,
    durationNs,
  };
}

/** The components with the room that changes ask for. */
function withMost(
  components: ReadonlyMap<string, ComponentPlan>,
  most: ReadonlyMap<string, number>,
): ReadonlyMap<string, ComponentPlan> {
  const plans = new Map(components);
  for (const [name, instancesMost] of most) {
    plans.set(name, { ...plans.get(name)!, instancesMost });
  }
  return plans;
}

/** The name is shown as a title, so it is short and there. */
function checkTitle(checker: Checker, root: MapTree): void {
  const tree = root.entries.get('name')?.value;
  if (tree?.kind !== 'scalar' || tree.value === null) return;
  if (tree.text.trim() === '') {
    checker.error(tree.start, 'empty-value', '`name` is empty; a text is expected');
  }
  if (tree.text.length <= limits.labelLength) return;
  const found = `the name has ${tree.text.length} characters`;
  const message = `${found}; at most ${limits.labelLength} are allowed`;
  checker.error(tree.start, 'too-long', message, 'say more under `about:`');
}

function requireSections(checker: Checker, root: MapTree): void {
  for (const [section, example] of [
    ['traffic', 'add `traffic:` with a population, such as `app: { rate: 100/s, to: api }`'],
    ['components', 'add `components:` with a component, such as `api: { kind: service, … }`'],
  ] as const) {
    const entry = root.entries.get(section);
    if (entry === undefined) {
      checker.error(root.start, 'missing-key', `the scenario has no \`${section}\``, example);
    } else if (entry.value.kind === 'map' && entry.value.entries.size === 0) {
      checker.error(entry.keyStart, 'empty-map', `\`${section}\` is empty`, example);
    }
  }
}

function readClaims(
  checker: Checker,
  root: MapTree,
  section: 'requirements' | 'expect',
  subjects: ClaimSubjects,
): readonly Claim[] {
  const tree = root.entries.get(section)?.value;
  if (tree === undefined) return [];
  const hint = `write \`${section}: [ p99 < 120ms ]\``;
  if (tree.kind !== 'list') {
    checker.wrongType(tree, `\`${section}\``, 'a list', hint);
    return [];
  }
  return tree.items.flatMap((item) => {
    if (item.kind !== 'scalar' || item.value === null) {
      checker.wrongType(item, 'the claim', 'a text', hint);
      return [];
    }
    const { line } = checker.diagnostics.source.placeOf(item.start);
    const claim = readClaim(item.text, line, subjects);
    if (claim.ok) return [claim.value];
    checker.problem(item, claim.problem);
    return [];
  });
}

/** The sorted times at which totals must be cut for the claims to be answered. */
function cutsOf(warmUpNs: number, claims: readonly Claim[]): readonly number[] {
  const cuts = new Set([warmUpNs]);
  for (const { fromNs, toNs } of claims) {
    if (fromNs !== null) cuts.add(fromNs);
    if (toNs !== null) cuts.add(toNs);
  }
  return [...cuts].sort((a, b) => a - b);
}

function readLimits(checker: Checker, root: MapTree): LimitsPlan {
  const entry = root.entries.get('limits');
  if (entry === undefined) return { ...runDefaults };
  const read = checker.fields(limitFields, entry.value, '`limits`', entry.keyStart);
  return { events: read.events, requestsInFlight: read['requests-in-flight'] };
}

function readPositions(
  checker: Checker,
  root: MapTree,
): Readonly<Record<string, readonly [number, number]>> {
  const positions = Object.create(null) as Record<string, readonly [number, number]>;
  for (const { key, keyStart, value } of namedEntries(checker, root, 'positions')) {
    const items = value.kind === 'list' ? value.items : [];
    const numbers = items.map((item) => (item.kind === 'scalar' ? Number(item.value ?? NaN) : NaN));
    const [x, y] = numbers;
    if (!checker.declared.components.has(key) && !checker.declared.populations.has(key)) {
      const message = `there is no component or population ${quoted(key)} to place`;
      checker.error(keyStart, 'unknown-component', message, 'remove the position');
    } else if (numbers.length !== 2 || !numbers.every((each) => Math.abs(each) <= 1e6)) {
      const message = `the position of ${quoted(key)} is not a pair of numbers`;
      checker.error(value.start, 'bad-position', message, `write \`${key}: [120, 80]\``);
    } else positions[key] = [x!, y!];
  }
  return positions;
}

/** The form of the alternatives; whether each makes sense is found by applying it. */
function checkAlternativesShape(checker: Checker, root: MapTree): void {
  for (const { key, value } of namedEntries(checker, root, 'alternatives')) {
    if (value.kind === 'map' && value.entries.size > 0) continue;
    const hint = `write \`${key.slice(0, limits.labelLength)}: { redis.eviction: fifo }\``;
    if (value.kind === 'map')
      checker.error(value.start, 'empty-map', `the alternative ${quoted(key)} is empty`, hint);
    else
      checker.wrongType(value, `the alternative ${quoted(key)}`, 'a map of paths to values', hint);
  }
}
