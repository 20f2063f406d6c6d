/** Reads what the clients of a population keep for themselves. */

import { quoted } from '../base/reading.ts';
import { existing } from '../base/suggest.ts';
import type { clientCacheFields } from './client-cache-fields.ts';
import { behind } from './declarations.ts';
import { keepingFault, writes } from './kept-answers.ts';
import { limits } from './limits.ts';
import type { Capacity, ValuesOf } from '../model/parameters.ts';
import type { ClientCachePlan, MixPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { DeclaredComponent } from './declarations.ts';
import type { Graph } from './graph.ts';
import type { Entry, Tree } from './tree.ts';

export type ClientCacheValues = ValuesOf<typeof clientCacheFields>;

interface Reading {
  readonly checker: Checker;
  readonly graph: Graph;
  readonly values: ClientCacheValues;
  readonly tree: Tree;
  readonly target: DeclaredComponent;
  readonly mix: readonly MixPlan[];
}

/** `population` is its entry in the file, `loop` the clients of a closed loop, else null. */
export function readClientCache(
  checker: Checker,
  graph: Graph,
  population: Entry,
  values: ClientCacheValues | null,
  traffic: { readonly to: string; readonly mix: readonly MixPlan[]; readonly loop: number | null },
): ClientCachePlan | null {
  const tree =
    population.value.kind === 'map'
      ? population.value.entries.get('client-cache')?.value
      : undefined;
  const target = behind(checker.declared, traffic.to);
  if (values === null || tree === undefined || target === null || target.kind === '') return null;
  const { loop, mix } = traffic;
  // A mix with a fault has been reported where it stands.
  if (mix.length === 0) return null;
  checkClients(checker, population.key, tree, loop);
  const clients = loop ?? values.clients ?? 1;
  const reading = { checker, graph, values, tree, target, mix };
  if (!checkKeeps(reading)) return null;
  checkRoom(reading, clients);
  const { activity, capacity, keeps, ttl } = values;
  return { clients, activity, capacity, ttl, keeps, clears: clearedBy(reading) };
}

/** In a closed loop the clients are known, in an open one they must be told. */
function checkClients(checker: Checker, name: string, tree: Tree, loop: number | null): void {
  const entries = tree.kind === 'map' ? tree.entries : new Map<string, Entry>();
  if (loop === null && !entries.has('clients')) {
    const message = `\`client-cache\` of ${quoted(name)} does not say how many clients there are`;
    checker.error(tree.start, 'missing-key', message, 'add `clients: 10k`');
  }
  if (loop === null) return;
  for (const key of ['clients', 'activity']) {
    const given = entries.get(key);
    if (given === undefined) continue;
    const message = `each client of the closed loop ${quoted(name)} has a cache of its own`;
    checker.error(given.keyStart, 'conflicting-keys', message, `remove \`${key}\``);
  }
}

/** True when answers of each operation can be kept. */
function checkKeeps({ checker, values, tree, target, mix }: Reading): boolean {
  const place = (tree.kind === 'map' ? tree.entries.get('keeps')?.value.start : null) ?? tree.start;
  let isGood = true;
  const wrong = (code: string, message: string, hint: string | null) => {
    checker.error(place, code, message, hint);
    isGood = false;
  };
  const asked = mix.map(({ operation }) => operation);
  for (const [index, operation] of values.keeps.entries()) {
    const part = mix.find((each) => each.operation === operation);
    const what = `clients cannot keep answers of ${quoted(operation)}`;
    if (values.keeps.indexOf(operation) < index) {
      wrong('duplicate-name', `the operation ${quoted(operation)} is named twice`, 'remove one');
    } else if (part === undefined) {
      const hint = existing(operation, asked);
      wrong('unknown-operation', `${what}: they do not ask for it`, hint);
    } else if (target.kind === 'service') {
      const fault = keepingFault(checker, target.name, operation, part.keys);
      if (fault !== null) wrong('conflicting-keys', `${what}: ${fault.why}`, fault.hint);
    } else if (operation === 'write') {
      wrong('conflicting-keys', `${what}: it writes records`, 'keep only answers of `read`');
    }
  }
  return isGood;
}

/** All clients together keep no more than one table has room for. */
function checkRoom({ checker, graph, values, tree, mix }: Reading, clients: number): void {
  const kept = mix
    .filter(({ operation }) => values.keeps.includes(operation))
    .flatMap(({ keys }) => graph.dataset(keys ?? '') ?? []);
  const size = Math.min(...kept.map((dataset) => dataset.size));
  // Nobody keeps more than there is.
  const keysOf = (dataset: (typeof kept)[number]) =>
    dataset.keys * (dataset.absent === undefined ? 1 : 2);
  const all = kept.reduce((sum, dataset) => sum + keysOf(dataset), 0);
  const each = Math.min(entriesOf(values.capacity, size, graph), all);
  if (clients * each <= limits.clientEntries) return;
  const place =
    (tree.kind === 'map' ? tree.entries.get('capacity')?.value.start : null) ?? tree.start;
  const message = `${clients} clients with ${each} entries each keep ${clients * each}`;
  const most = Math.max(1, Math.floor(limits.clientEntries / clients));
  const hint = `at most ${limits.clientEntries} are possible; write \`capacity: ${most} entries\``;
  checker.error(place, 'out-of-range', message, hint);
}

function entriesOf(capacity: Capacity, size: number, graph: Graph): number {
  if (capacity.kind === 'entries') return capacity.entries;
  if (capacity.kind === 'bytes') return Math.floor(capacity.bytes / Math.max(1, size));
  return Math.floor((graph.dataset(capacity.dataset)?.keys ?? 1) * capacity.share);
}

/** Operations of the mix that write records of which answers are kept, by the same keys. */
function clearedBy({ checker, values, target, mix }: Reading): readonly string[] {
  const kept = mix.filter(({ operation }) => values.keeps.includes(operation));
  const data = new Set(kept.map(({ keys }) => keys));
  return mix
    .filter(({ keys, operation }) => {
      if (keys === null || !data.has(keys) || values.keeps.includes(operation)) return false;
      if (target.kind !== 'service') return operation === 'write';
      return writes(checker, target.name, operation, keys);
    })
    .map(({ operation }) => operation);
}
