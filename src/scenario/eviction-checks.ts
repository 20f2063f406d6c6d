/** What only shows when a cache's way to make room and its capacity are looked at together. */

import { quoted } from '../base/reading.ts';
import { evictionPolicies } from '../model/eviction.ts';
import type { EvictionPolicy } from '../model/eviction.ts';
import type { Capacity, ShadowRule } from '../model/parameters.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { PlaceOf } from './balancer-checks.ts';
import type { Checker } from './checker.ts';

/** Parameters that name a policy, each with the one that says how much it makes room in. */
const pairs = [
  ['eviction', 'capacity'],
  ['buffer-eviction', 'buffer-pool'],
] as const;

export function checkEvictions(
  checker: Pick<Checker, 'error'>,
  components: ReadonlyMap<string, ComponentPlan>,
  placeOf: PlaceOf,
  policies: ReadonlyMap<string, Pick<EvictionPolicy, 'worksInBytes'>> = evictionPolicies,
): void {
  const inEntries = (word: string) => policies.get(word)?.worksInBytes === false;
  const others = [...policies].filter(([, policy]) => policy.worksInBytes);
  const other = quoted(others[0]?.[0] ?? 'lru');
  for (const { name, parameters } of components.values()) {
    for (const [eviction, capacity] of pairs) {
      const bound = parameters[capacity] as Capacity | null | undefined;
      if (bound?.kind !== 'bytes') continue;
      const sized = `${quoted(name)}, which is sized in bytes`;
      const hint = `give \`${capacity}\` in entries, or use ${other}`;
      const word = String(parameters[eviction]);
      if (inEntries(word)) {
        const message = `${quoted(word)} cannot make room in ${sized}`;
        checker.error(placeOf(name, eviction), 'conflicting-keys', message, hint);
      }
      if (eviction !== 'eviction') continue;
      for (const shadow of (parameters.shadow ?? []) as readonly ShadowRule[]) {
        if (shadow.eviction === null || !inEntries(shadow.eviction)) continue;
        const message = `${quoted(shadow.eviction)} cannot make room in a shadow of ${sized}`;
        checker.error(placeOf(name, 'shadow'), 'conflicting-keys', message, hint);
      }
    }
  }
}
