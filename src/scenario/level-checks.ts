/** Caches before caches, and memory before disks: words that need others to have an effect. */

import { quoted } from '../base/reading.ts';
import type { StampedeProtection as Stampede, Warmth } from '../model/parameters.ts';
import type { ComponentPlan, DatasetPlan } from '../model/plan.ts';
import type { PlaceOf } from './balancer-checks.ts';
import type { Checker } from './checker.ts';

export function checkLevels(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  datasets: readonly DatasetPlan[],
  placeOf: PlaceOf,
): void {
  for (const plan of components.values()) {
    if (plan.kind === 'cache')
      checkCache(checker, plan, nextOf(plan, components, datasets), placeOf);
    if (plan.kind === 'database') checkPool(checker, plan, placeOf);
  }
}

/** The caches that lie behind one, of all datasets. */
function nextOf(
  { name }: ComponentPlan,
  components: ReadonlyMap<string, ComponentPlan>,
  datasets: readonly DatasetPlan[],
): readonly ComponentPlan[] {
  return datasets.flatMap(({ cachedIn }) => {
    const level = cachedIn.indexOf(name);
    const next = level < 0 ? undefined : components.get(cachedIn[level + 1] ?? '');
    return next?.kind === 'cache' ? [next] : [];
  });
}

function checkCache(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  behind: readonly ComponentPlan[],
  placeOf: PlaceOf,
): void {
  const isAside = parameters.strategy === 'cache-aside';
  const { inclusion } = parameters;
  if (inclusion === 'exclusive' || inclusion === 'inclusive') {
    const place = placeOf(name, 'inclusion');
    const far = behind.find(
      ({ parameters: { inside } }) => inside !== null && inside !== parameters.inside,
    );
    const other = behind.find(({ parameters: { strategy } }) => strategy !== 'cache-aside');
    if (behind.length === 0) {
      const message = `${quoted(name)} is ${inclusion}, and no cache lies behind it`;
      const hint = 'name another cache after it under `cached-in`';
      checker.error(place, 'conflicting-keys', message, hint);
    } else if (!isAside || other !== undefined) {
      const through = isAside ? other!.name : name;
      const message = `${quoted(name)} is ${inclusion}, and ${quoted(through)} is not cache-aside`;
      const hint = 'let the reader fill both: write `strategy: cache-aside`';
      checker.error(place, 'conflicting-keys', message, hint);
    } else if (inclusion === 'inclusive') {
      checkInclusive(checker, { name, parameters }, behind, placeOf);
    } else if (far !== undefined) {
      const message =
        `${quoted(name)} is exclusive and cannot send what it evicts to ${quoted(far.name)}, ` +
        `which is inside ${quoted(String(far.parameters.inside))}`;
      const hint = `put both inside the same service, or ${quoted(name)} behind it`;
      checker.error(place, 'conflicting-keys', message, hint);
    } else if (parameters.promote !== 1) {
      const message = `${quoted(name)} is exclusive, so it takes every value found behind it`;
      checker.error(placeOf(name, 'promote'), 'conflicting-keys', message, 'remove `promote`');
    }
  } else if (parameters.promote !== 1 && (!isAside || behind.length === 0)) {
    const why = isAside ? 'no cache lies behind it' : 'it fills itself with what it asks for';
    const message = `\`promote\` of ${quoted(name)} has no effect: ${why}`;
    checker.diagnostics.warning(placeOf(name, 'promote'), 'no-effect', message, 'remove it');
  }
}

/** Copies that come another way than from a reader would not be known to the cache behind. */
function checkInclusive(
  checker: Checker,
  { name, parameters }: Pick<ComponentPlan, 'name' | 'parameters'>,
  behind: readonly ComponentPlan[],
  placeOf: PlaceOf,
): void {
  const hasCopies = (parameters.replicas as number) > 0 || parameters['hot-keys'] !== 0;
  const cold = behind.find((each) => (each.parameters.warm as Warmth).kind === 'empty');
  const leases = behind.find((each) => (each.parameters.stampede as Stampede).kind === 'lease');
  const place = placeOf(name, 'inclusion');
  if (hasCopies) {
    const message = `${quoted(name)} is inclusive, and its nodes send each other copies`;
    checker.error(place, 'conflicting-keys', message, 'remove `replicas` and `hot-keys`');
  } else if (cold !== undefined && (parameters.warm as Warmth).kind !== 'empty') {
    const message = `${quoted(name)} is inclusive, and ${quoted(cold.name)} begins with less`;
    const hint = `write \`warm: popular\` at ${quoted(cold.name)} too`;
    checker.error(placeOf(name, 'warm'), 'conflicting-keys', message, hint);
  } else if (leases !== undefined) {
    const message = `${quoted(name)} is inclusive, and ${quoted(leases.name)} may refuse a fill`;
    checker.error(place, 'conflicting-keys', message, 'choose another protection than `lease`');
  }
}

/** Without a buffer pool everything is in memory. */
function checkPool(checker: Checker, { name, parameters }: ComponentPlan, placeOf: PlaceOf): void {
  if (parameters['buffer-pool'] !== null || parameters.warm === 'empty') return;
  const message = `all records of ${quoted(name)} are in memory, so \`warm\` has no effect`;
  const hint = 'add `buffer-pool:` with a capacity';
  checker.diagnostics.warning(placeOf(name, 'warm'), 'no-effect', message, hint);
}
