import { describe, expect, test } from 'vitest';
import type { CurveReport } from '../../src/laboratory/curve.ts';
import { curveDrawing, sizeText } from '../../src/report/curve-drawing.ts';
import { strokesOf } from '../../src/report/curve-font.ts';
import { drawingPixels } from '../../src/report/curve-pixels.ts';
import { drawingSvg } from '../../src/report/curve-svg.ts';
import { curveTable } from '../../src/report/curve-table.ts';
import { plain } from '../../src/report/paint.ts';

/** So many policies that miss nearly the same, at sizes from 10 to 100,000. */
function report(policies: number, error = 0): CurveReport {
  const sizes = [10, 100, 1_000, 10_000, 100_000];
  return {
    unit: 'entries',
    requests: 1_000,
    keys: 500,
    bytes: 500,
    cold: 100,
    sampled: error === 0 ? 1 : 0.1,
    curves: Array.from({ length: policies }, (_, number) => ({
      name: `policy-${number}`,
      kind: 'policy' as const,
      points: sizes.map((size, place) => {
        const missRatio = 0.8 / (place + 1) + number / 1_000;
        return { size, misses: missRatio * 1_000, missRatio, error };
      }),
    })),
    workingSet: [],
    present: 1_000,
  };
}

describe('a drawing of curves', () => {
  test('names every line, and no name stands on another', () => {
    const { shapes, height } = curveDrawing(report(18), 'many');
    const names = shapes.flatMap((shape) =>
      shape.kind === 'words' && shape.text.startsWith('policy-') ? [shape.y] : [],
    );
    expect(names).toHaveLength(18);
    names.sort((a, b) => a - b);
    names.slice(1).forEach((y, place) => expect(y - names[place]!).toBeGreaterThanOrEqual(13));
    expect(names.at(-1)).toBeLessThan(height);
  });

  test('has sizes on a logarithmic axis: tenfold is the same way everywhere', () => {
    const { shapes } = curveDrawing(report(1), 'one');
    const line = shapes.find((shape) => shape.kind === 'line' && shape.points.length === 5);
    const places = line?.kind === 'line' ? line.points.map(([x]) => x) : [];
    const steps = places.slice(1).map((x, place) => x - places[place]!);
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 6);
  });

  test('marks the present size and labels both axes', () => {
    const svg = drawingSvg(curveDrawing(report(2), 'a < b'), 'a < b');
    for (const words of ['now', 'misses, % of reads', 'size of the cache, entries', '10k']) {
      expect(svg).toContain(`>${words}</text>`);
    }
    expect(svg).toContain('<title>a &lt; b</title>');
  });

  test('has the colour of a line where the line is, and is white where nothing is', () => {
    const drawing = curveDrawing(report(1), 'one');
    const line = drawing.shapes.find(
      ({ kind, ...rest }) => kind === 'line' && 'points' in rest && rest.points.length === 5,
    );
    const [x, y] = line?.kind === 'line' ? line.points[2]! : [0, 0];
    const pixels = drawingPixels(drawing, 1);
    const at = (column: number, row: number) =>
      Array.from(
        pixels.rgb.subarray(
          (row * pixels.width + column) * 3,
          (row * pixels.width + column) * 3 + 3,
        ),
      );
    expect(pixels.rgb).toHaveLength(pixels.width * pixels.height * 3);
    expect(at(2, 2)).toEqual([255, 255, 255]);
    const [red, , blue] = at(Math.round(x), Math.round(y));
    expect(blue! - red!).toBeGreaterThan(50);
  });
});

test('every letter that can be typed has strokes of its own, but for the space', () => {
  const seen = new Set<string>();
  for (let code = 33; code < 127; code++) {
    const strokes = strokesOf(String.fromCharCode(code));
    expect(strokes.length).toBeGreaterThan(0);
    seen.add(JSON.stringify(strokes));
  }
  expect(seen.size).toBe(94);
  expect(strokesOf(' ')).toEqual([]);
  expect(strokesOf('é')).toEqual(strokesOf('?'));
});

test('a table of a sample says so and shows the errors', () => {
  const text = curveTable(report(2, 0.012), 'sampled', plain);
  expect(text).toContain('10 % of the keys were played; ± is half of the 95 % interval');
  expect(text).toContain('80.00 ±1.2 %');
});

test('sizes are short', () => {
  expect([1, 950, 10_000, 12_500, 2_000_000].map((size) => sizeText(size, 'entries'))).toEqual([
    '1',
    '950',
    '10k',
    '13k',
    '2M',
  ]);
  expect([500, 2_000, 512e6, 1.5e9].map((size) => sizeText(size, 'bytes'))).toEqual([
    '500B',
    '2KB',
    '512MB',
    '1.5GB',
  ]);
});
