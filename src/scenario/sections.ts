/** Reads the parts of a file that describe the design: components, data, network. */

import { quoted } from '../base/reading.ts';
import { listed, suggestion } from '../base/suggest.ts';

import { components } from '../model/components.ts';
import { dataFields, linkFields, networkFields } from './fields.ts';
import { limits, overLimit } from './limits.ts';
import { readName } from './names.ts';
import { processesOf } from './paths.ts';
import { describe, emptyScalar } from './tree.ts';
import type { ComponentPlan, DatasetPlan, LinkPlan, NetworkPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { Entry, MapTree, Tree } from './tree.ts';

/** The entries of a section that maps names to things; each name is checked. */
export function namedEntries(checker: Checker, root: MapTree, section: string): readonly Entry[] {
  const tree = root.entries.get(section)?.value;
  if (tree === undefined) return [];
  const entries = [...checker.map(tree, `\`${section}\``).entries.values()];
  for (const entry of entries) {
    const name = readName(entry.key);
    if (!name.ok)
      checker.problem({ ...emptyScalar(entry.keyStart), text: entry.key }, name.problem);
  }
  return entries;
}

export function readComponents(
  checker: Checker,
  root: MapTree,
): ReadonlyMap<string, ComponentPlan> {
  const plans = new Map<string, ComponentPlan>();
  const entries = namedEntries(checker, root, 'components');
  for (const entry of entries) plans.set(entry.key, readComponent(checker, entry));
  if (entries.length > limits.components) {
    const message = overLimit(entries.length, 'components', limits.components);
    checker.error(entries[limits.components]!.keyStart, 'too-many-components', message);
  }
  return plans;
}

/** Counts the nodes that there are at any time, those that a change asks for among them. */
export function checkProcesses(
  checker: Checker,
  root: MapTree,
  plans: ReadonlyMap<string, ComponentPlan>,
): void {
  let processes = 0;
  for (const plan of plans.values()) processes += processesOf(plan);
  if (processes <= limits.instances) return;
  const message = overLimit(processes, 'instances and nodes in all', limits.instances);
  checker.error(root.entries.get('components')!.keyStart, 'too-many-instances', message);
}

function readComponent(checker: Checker, entry: Entry): ComponentPlan {
  const name = entry.key;
  const broken: ComponentPlan = { kind: '', name, parameters: Object.create(null) as object as {} };
  const tree = entry.value;
  const noun = `the component \`${name.slice(0, limits.labelLength)}\``;
  if (tree.kind !== 'map') {
    const hint = `write \`${name}: { kind: service, … }\``;
    checker.wrongType(tree, noun, 'a map', hint);
    return broken;
  }
  const kinds = [...components.keys()];
  const kindTree = tree.entries.get('kind')?.value;
  if (kindTree === undefined) {
    const hint = `add \`kind:\` and ${listed(kinds, 'or')}`;
    checker.error(entry.keyStart, 'missing-key', `${noun} has no \`kind\``, hint);
    return broken;
  }
  const kind = kindTree.kind === 'scalar' ? kindTree.text : '';
  const definition = components.get(kind);
  if (definition === undefined) {
    const hint = suggestion(kind, kinds, 'the kinds are');
    const message = `\`kind\` is ${describe(kindTree)}; a kind of component is expected`;
    checker.error(kindTree.start, 'unknown-kind', message, hint);
    return broken;
  }
  checker.component = name;
  const parameters = checker.fields(
    definition.parameters,
    tree,
    `the ${kind} ${quoted(name)}`,
    entry.keyStart,
    ['kind'],
  );
  checker.component = '';
  return { kind, name, parameters };
}

export function readDatasets(checker: Checker, root: MapTree): readonly DatasetPlan[] {
  return namedEntries(checker, root, 'data').map((entry) => {
    const noun = `the dataset ${quoted(entry.key)}`;
    const tree = entry.value;
    const cached = tree.kind === 'map' ? tree.entries.get('cached-in') : undefined;
    const asList = tree.kind === 'map' && cached?.value.kind === 'scalar' ? oneAsList(tree) : tree;
    const read = checker.fields(dataFields, asList, noun, entry.keyStart);
    return {
      name: entry.key,
      keys: read.keys,
      size: read.size,
      popularity: read.popularity,
      growthPerSecond: read.growth,
      ...(read.absent > 0 ? { absent: read.absent } : {}),
      storedIn: read['stored-in'] === '' ? null : read['stored-in'],
      cachedIn: (read['cached-in'] ?? []).filter((cache) => cache !== ''),
    };
  });
}

/** The same dataset with the single name under `cached-in` as a list of one. */
function oneAsList(tree: MapTree): MapTree {
  const entries = new Map(tree.entries);
  const entry = entries.get('cached-in')!;
  if (entry.value.kind === 'scalar' && entry.value.text === 'none') return tree;
  const value: Tree = { kind: 'list', items: [entry.value], start: entry.value.start };
  entries.set('cached-in', { ...entry, value });
  return { ...tree, entries };
}

export function readNetwork(checker: Checker, root: MapTree): NetworkPlan {
  const entry = root.entries.get('network');
  const tree: Tree = entry?.value ?? { kind: 'map', entries: new Map(), start: 0 };
  const read = checker.fields(networkFields, tree, '`network`', tree.start, ['links']);
  const links = tree.kind === 'map' ? tree.entries.get('links')?.value : undefined;
  return {
    sameZone: read['same-zone'],
    crossZone: read['cross-zone'],
    clients: read.clients,
    bandwidth: read.bandwidth,
    loss: read.loss,
    links: links === undefined ? [] : readLinks(checker, links),
  };
}

function readLinks(checker: Checker, tree: Tree): readonly LinkPlan[] {
  const hint = 'write `links: [ { between: [a, b], latency: 40ms } ]`';
  if (tree.kind !== 'list') {
    checker.wrongType(tree, '`links`', 'a list', hint);
    return [];
  }
  const seen = new Set<string>();
  return tree.items.map((item) => {
    const read = checker.fields(linkFields, item, 'a link', item.start, ['between']);
    const between = item.kind === 'map' ? item.entries.get('between')?.value : undefined;
    const pair = between?.kind === 'list' ? between.items : [];
    const zones = pair.map((zone) => (zone.kind === 'scalar' ? checker.zoneName(zone) : ''));
    const [first = '', second = ''] = zones;
    if (zones.length !== 2 || first === second) {
      const message = 'a link is between two different zones';
      checker.error((between ?? item).start, 'bad-link', message, hint);
    } else if (seen.has([first, second].sort().join(' '))) {
      const message = `the link between ${quoted(first)} and ${quoted(second)} is given twice`;
      checker.error(item.start, 'duplicate-link', message, 'remove one of them');
    }
    seen.add([first, second].sort().join(' '));
    return { between: [first, second], ...read };
  });
}
