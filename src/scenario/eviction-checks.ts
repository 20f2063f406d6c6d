/** What only shows when a cache's way to make room and its capacity are looked at together. */

import { quoted } from '../base/reading.ts';
import { evictionPolicies } from '../model/eviction.ts';
import type { EvictionPolicy } from '../model/eviction.ts';
import type { Capacity } from '../model/parameters.ts';
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
  for (const { name, parameters } of components.values()) {
    for (const [eviction, capacity] of pairs) {
      const word = String(parameters[eviction]);
      const bound = parameters[capacity] as Capacity | null | undefined;
      if (policies.get(word)?.worksInBytes !== false || bound?.kind !== 'bytes') continue;
      const sized = `${quoted(name)}, which is sized in bytes`;
      const message = `${quoted(word)} cannot make room in ${sized}`;
      const others = [...policies].filter(([, policy]) => policy.worksInBytes);
      const hint = `give \`${capacity}\` in entries, or use ${quoted(others[0]?.[0] ?? 'lru')}`;
      checker.error(placeOf(name, eviction), 'conflicting-keys', message, hint);
    }
  }
}
