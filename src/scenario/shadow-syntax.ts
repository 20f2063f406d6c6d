/** A cache that rides along with another: `200%`, `s3-fifo 100%`; in a file and in claims. */

import { bad, good, quoted } from '../base/reading.ts';
import { listed, suggestion } from '../base/suggest.ts';
import { evictionPolicies } from '../model/eviction.ts';
import type { Reading } from '../base/reading.ts';
import type { ShadowRule } from '../model/parameters.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { ClaimMetric } from './claim-metrics.ts';

const usage = 'write `200%` or `s3-fifo 100%`';

/** Sizes in relation to the capacity, in percent. */
const PERCENT_MOST = 10_000;

export function readShadow(text: string): Reading<ShadowRule> {
  const match = /^(?:(\S+)\s+)?(\d+\.?\d*|\.\d+)%$/.exec(text);
  if (match === null) {
    if (evictionPolicies.has(text)) {
      return bad('bad-shadow', `${quoted(text)} has no size`, `write \`${text} 100%\``);
    }
    return bad('bad-shadow', `${quoted(text)} is not a shadow of a cache`, usage);
  }
  const [, policy, percentText] = match;
  if (policy !== undefined && !evictionPolicies.has(policy)) {
    const hint = suggestion(policy, [...evictionPolicies.keys()], 'allowed are');
    return bad('unknown-value', `${quoted(policy)} is not an eviction policy`, hint);
  }
  const percent = Number(percentText);
  if (!(percent > 0) || percent > PERCENT_MOST) {
    const seen = quoted(`${percentText!}%`);
    const message = `${seen} is out of range; above 0% up to ${PERCENT_MOST}% is allowed`;
    return bad('out-of-range', message, usage, text.length - percentText!.length - 1);
  }
  const name = `${policy === undefined ? '' : `${policy} `}${percent}%`;
  return good({ name, eviction: policy ?? null, times: percent / 100 });
}

/** What stands after `with` in a claim, null: nothing does. `subject`: what stands after `of`. */
export function readClaimedShadow(
  text: string | undefined,
  metric: ClaimMetric,
  subject: string | null,
  components: ReadonlyMap<string, ComponentPlan>,
): Reading<string | null> {
  if (text === undefined) return good(null);
  const component = components.get(subject ?? '');
  if (metric.name !== 'hit ratio' || component?.kind !== 'cache') {
    const message = 'only `hit ratio of` a cache can be that of a shadow';
    return bad('bad-claim', message, 'write `hit ratio of some-cache with 200% > 80%`');
  }
  const read = readShadow(text);
  if (!read.ok) return read;
  const { name } = read.value;
  const shadows = (component.parameters.shadow ?? []) as readonly ShadowRule[];
  if (shadows.some((shadow) => shadow.name === name)) return good(name);
  const message = `${quoted(component.name)} has no shadow ${quoted(name)}`;
  const names = [...new Set(shadows.map((shadow) => shadow.name))];
  const has = names.length === 0 ? '' : `; it has ${listed(names)}`;
  return bad('unknown-value', `${message}${has}`, `add \`${name}\` to its \`shadow\``);
}
