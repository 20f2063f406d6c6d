/** What the shadows of caches would have had, a line each. */

import { shadowText } from '../experiment/shadow-metrics.ts';
import { percentText } from '../experiment/wording.ts';
import type { ShadowResult } from '../experiment/cache-result-types.ts';
import type { ComponentResult } from '../experiment/result-types.ts';

export function shadowLines(components: Readonly<Record<string, ComponentResult>>): string[] {
  return Object.entries(components).flatMap(([name, { cache }]) =>
    (cache?.shadows ?? []).map((shadow) => `${name} with ${shadow.name}: ${ratioText(shadow)}`),
  );
}

/** `81.23 % ± 0.41 of the look-ups would have been hits`. */
function ratioText({ hitRatio, error95, sampledShare }: ShadowResult): string {
  if (hitRatio === null) return 'nothing was looked up';
  const ratio = shadowText({ hitRatio, error: error95 ?? NaN }, sampledShare);
  const seen = sampledShare === 1 ? '' : `, from ${percentText(sampledShare)} % of the keys`;
  return `${ratio} of the look-ups would have been hits${seen}`;
}
