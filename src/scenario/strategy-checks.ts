/** What only shows when the strategy of a cache is looked at together with its expiry. */

import { quoted } from '../base/reading.ts';
import type { Ttl } from '../model/parameters.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { GivenPlace } from './scaling-checks.ts';

export function checkStrategies(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  placeOf: GivenPlace,
): void {
  for (const { name, kind, parameters } of components.values()) {
    if (kind !== 'cache') continue;
    const ttl = parameters.ttl as Ttl | null;
    const strategy = placeOf(name, 'strategy') ?? 0;
    if (parameters.strategy === 'refresh-ahead' && ttl === null) {
      const message = `${quoted(name)} fetches ahead of the end of a ttl, and has none`;
      checker.error(strategy, 'missing-key', message, 'add a `ttl`, such as `ttl: 1m`');
    } else if (parameters.strategy === 'refresh-ahead' && ttl!.sliding) {
      const message = `each hit moves the end of the ttl of ${quoted(name)} away`;
      const place = placeOf(name, 'ttl') ?? strategy;
      checker.error(place, 'conflicting-keys', message, 'remove `sliding`');
    }
    const active = placeOf(name, 'expiry');
    const negative = parameters['negative-ttl'];
    if (active !== null && parameters.expiry === 'active' && ttl === null && negative === null) {
      const message = `nothing in ${quoted(name)} expires, so nothing is looked for`;
      checker.diagnostics.warning(active, 'no-effect', message, 'add a `ttl`');
    }
  }
}
