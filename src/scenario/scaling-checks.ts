/** What only shows when an autoscaler and the service it belongs to are looked at together. */

import { quoted } from '../base/reading.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';

/** Where a parameter of a component stands in the file; null when the file does not give it. */
export type GivenPlace = (component: string, ...parameter: readonly string[]) => number | null;

interface Autoscale {
  readonly min: number;
  readonly max: number;
  readonly target: number;
}

export function checkScaling(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  placeOf: GivenPlace,
): void {
  for (const { name, kind, parameters } of components.values()) {
    const autoscale = parameters.autoscale as Autoscale | null | undefined;
    if (kind !== 'service' || autoscale === null || autoscale === undefined) continue;
    const { max, min, target } = autoscale;
    const start = placeOf(name, 'autoscale') ?? 0;
    if (min > max && placeOf(name, 'autoscale', 'max') !== null) {
      const message = `\`min\` of ${quoted(name)} is ${min}, above \`max\`, which is ${max}`;
      const place = placeOf(name, 'autoscale', 'min') ?? start;
      checker.error(place, 'conflicting-keys', message, 'are the two swapped?');
    }
    const place = placeOf(name, 'instances');
    const instances = Number(parameters.instances);
    if (place !== null && min <= max && (instances < min || instances > max)) {
      const message = `${quoted(name)} begins with ${instances} instances, outside of its bounds`;
      const hint = `write ${min === max ? min : `${min} to ${max}`}, or leave \`instances\` out`;
      checker.error(place, 'conflicting-keys', message, hint);
    }
    if (target === 0) {
      const at = placeOf(name, 'autoscale', 'target') ?? start;
      checker.error(at, 'out-of-range', 'workers that are never busy cannot be a target');
    }
    if (parameters.workers === Infinity) {
      const message = `the workers of ${quoted(name)} are unlimited, so no share of them is busy`;
      const at = placeOf(name, 'workers') ?? start;
      checker.error(at, 'conflicting-keys', message, 'give a number of `workers`');
    }
  }
}
