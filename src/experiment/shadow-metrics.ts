/** What the shadows of a cache would have had, with the error of their samples. */

import { assert } from '../base/assert.ts';
import { Cache } from '../model/components/cache/cache.ts';
import type { Shadow, ShadowRatio } from '../model/components/cache/shadow.ts';
import type { Run } from '../model/run.ts';
import { ratioOver } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { measured } from './numbers.ts';
import type { ShadowResult } from './cache-result-types.ts';
import type { Span } from './span.ts';
import { percentText } from './wording.ts';

/** What a shadow would have had of the look-ups of its cache. */
export function shadowRatio({ tally }: Cache, shadow: Shadow, { from, to }: Span): ShadowRatio {
  return shadow.ratio(tally.sum('hits', from, to) + tally.sum('misses', from, to), from, to);
}

/** The hit ratio of a shadow; its interval covers both the run's chance and the sample's. */
export function measureShadow(run: Run, cacheName: string, name: string, span: Span): Measurement {
  const cache = run.world.component(cacheName);
  assert(cache instanceof Cache, 'Only a cache has shadows.');
  const shadow = cache.shadows.find(({ rule }) => rule.name === name);
  assert(shadow !== undefined, `There is no shadow ${name}.`);
  const lookUps = (window: number) =>
    cache.tally.at(window, 'hits') + cache.tally.at(window, 'misses');
  const hits = (window: number) =>
    lookUps(window) - shadow.tally.at(window, 'misses') / shadow.rate;
  const ratio = { numerator: hits, denominator: lookUps, isShare: shadow.rate === 1 };
  const measurement = ratioOver(run, span, ratio, 'no look-up');
  if (shadow.rate === 1 || Number.isNaN(measurement.value)) return measurement;
  const { error, hitRatio: value } = shadowRatio(cache, shadow, span);
  const { interval } = measurement;
  if (interval === null) return { ...measurement, value };
  const ofRun = Math.max(interval.high - measurement.value, measurement.value - interval.low);
  const half = Math.sqrt(ofRun * ofRun + error * error);
  const bounds = { low: Math.max(0, value - half), high: Math.min(1, value + half) };
  return { ...measurement, value, interval: bounds };
}

/** `81.23 % ± 0.41`; without an error when all keys were seen. */
export function shadowText({ hitRatio, error }: ShadowRatio, rate: number): string {
  const margin = rate === 1 ? '' : ` ± ${(error * 100).toFixed(2)}`;
  return `${percentText(hitRatio)} %${margin}`;
}

export function shadowResults(cache: Cache, span: Span): ShadowResult[] {
  return cache.shadows.map((shadow) => {
    const { hitRatio, error } = shadowRatio(cache, shadow, span);
    const count = (column: string) => shadow.tally.sum(column, span.from, span.to);
    return {
      name: shadow.rule.name,
      hitRatio: measured(hitRatio),
      error95: measured(Number.isNaN(hitRatio) ? NaN : error),
      sampledShare: shadow.rate,
      lookUps: count('lookUps'),
      instantFills: count('instantFills'),
      sparedFetches: count('spared'),
    };
  });
}
