/** What only shows when the words about the nodes of a cache are looked at together. */

import { quoted } from '../base/reading.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { StampedeProtection } from '../model/parameters.ts';
import type { Checker } from './checker.ts';

type PlaceAt = (name: string, key: string) => number;

export function checkClusters(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  placeAt: PlaceAt,
): void {
  for (const component of components.values()) {
    if (component.kind !== 'cache') continue;
    checkCopies(checker, component, placeAt);
    checkProtection(checker, component, placeAt);
    checkLosses(checker, component, placeAt);
  }
}

/** Copies are on other nodes than the entry itself. */
function checkCopies(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  placeAt: PlaceAt,
): void {
  const nodes = Number(parameters.nodes);
  const replicas = Number(parameters.replicas);
  if (replicas >= nodes) {
    const message = `${quoted(name)} has too few nodes (${nodes}) for \`replicas: ${replicas}\``;
    const hint = 'add nodes: an entry and its copies are on different ones';
    checker.error(placeAt(name, 'replicas'), 'conflicting-keys', message, hint);
  }
  const words = [
    ['on-node-loss', 'fails over to copies'],
    ['warm-from', 'is filled from copies'],
  ] as const;
  for (const [key, what] of words) {
    if (parameters[key] !== 'replica' || replicas > 0) continue;
    const message = `${quoted(name)} ${what} and keeps none`;
    checker.error(placeAt(name, key), 'conflicting-keys', message, 'add `replicas: 1`');
  }
}

function checkProtection(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  placeAt: PlaceAt,
): void {
  const { kind } = parameters.stampede as StampedeProtection;
  if (kind === 'lease' && parameters.strategy !== 'cache-aside') {
    const message = `${quoted(name)} fetches itself, so there is nobody to lease a key to`;
    const hint = 'write `stampede: single-flight`';
    checker.error(placeAt(name, 'stampede'), 'conflicting-keys', message, hint);
  }
  const leases = kind === 'lease' || kind === 'global-single-flight';
  if (leases && Number(parameters['hot-keys']) > 0 && parameters.strategy === 'cache-aside') {
    const one = `one node of ${quoted(name)} decides who fetches a key`;
    const message = `${one}, and \`hot-keys\` are on all`;
    const hint = 'remove `hot-keys`, or write `stampede: single-flight`';
    checker.error(placeAt(name, 'stampede'), 'conflicting-keys', message, hint);
  }
  const needsExpiry = kind === 'early-expiry' || kind === 'stale-while-revalidate';
  if (needsExpiry && parameters.ttl === null) {
    const message = `nothing expires in ${quoted(name)}, so ${quoted(kind)} has no effect`;
    checker.diagnostics.warning(placeAt(name, 'stampede'), 'no-effect', message, 'add a `ttl`');
  }
}

/** A cache of one node has nowhere to go when it is lost. */
function checkLosses(
  checker: Checker,
  { name, parameters, instancesMost }: ComponentPlan,
  placeAt: PlaceAt,
): void {
  if (parameters['on-node-loss'] === 'miss' || parameters.nodes !== 1) return;
  if (instancesMost !== undefined && instancesMost > 1) return;
  const message = `${quoted(name)} has one node, whose keys cannot go to another`;
  const hint = 'add `nodes: 2`, or remove `on-node-loss`';
  checker.diagnostics.warning(placeAt(name, 'on-node-loss'), 'no-effect', message, hint);
}
