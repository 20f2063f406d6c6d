import { expect, test } from 'vitest';
import { cheMissRatio, popularityClasses } from '../../src/laboratory/characteristic-time.ts';
import { GeneratedLookUps } from '../../src/laboratory/generated-look-ups.ts';
import { missRatioCurves } from '../../src/laboratory/curves.ts';

/** So many look-ups of each key that the shares are those of the law to nine digits. */
function zipfClasses(keys: number, exponent: number) {
  const lookUps = Int32Array.from({ length: keys }, (_, rank) => 1e9 * (rank + 1) ** -exponent);
  return popularityClasses(lookUps, keys);
}

// Values of the formula: H. Che, Y. Tung, Z. Wang, 2002, worked out apart from this program.
test.each([
  [1_000, 1, 100, 0.576524616169],
  [10_000, 0.8, 100, 0.156624635759],
  [10_000, 0.8, 1_000, 0.436659722231],
  [10_000, 1, 500, 0.586736378072],
])('%d keys of zipf(%d): an LRU cache of %d hits %d', (keys, exponent, size, hits) => {
  expect(1 - cheMissRatio(zipfClasses(keys, exponent), size, 'steady')).toBeCloseTo(hits, 4);
});

test('a cache with room for all keys misses nothing in the steady state', () => {
  expect(cheMissRatio(zipfClasses(100, 1), 100, 'steady')).toBe(0);
});

test('beside LRU that was played it is within one point where look-ups are independent', async () => {
  const open = () =>
    new GeneratedLookUps({
      popularity: { kind: 'zipf', exponent: 0.9 },
      keys: 5_000,
      requests: 500_000,
      seed: 'che',
    });
  const report = await missRatioCurves(open, {
    policies: ['lru'],
    sizes: [0.01, 0.05, 0.2, 0.5].map((share) => ({ kind: 'share', share })),
    unit: 'entries',
    bounds: false,
    sample: 1,
  });
  const [lru, che] = report.curves;
  expect(che!.name).toBe('che-lru');
  for (const [place, { missRatio }] of lru!.points.entries()) {
    expect(Math.abs(che!.points[place]!.missRatio - missRatio)).toBeLessThan(0.01);
  }
});
