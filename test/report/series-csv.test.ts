import { expect, test } from 'vitest';
import { resultsOf } from '../../src/experiment/results.ts';
import { seriesCsv } from '../../src/report/series-csv.ts';
import { everything, experimentOf } from '../experiment/small-designs.ts';

test('every window is a row and every number a column', () => {
  const series = resultsOf(experimentOf(everything), { series: true }).series!;
  const lines = seriesCsv(series).split('\r\n');
  const titles = lines[0]!.split(',');
  expect(lines).toHaveLength(series.timeSeconds.length + 2);
  expect(new Set(lines.slice(0, -1).map((line) => line.split(',').length))).toEqual(
    new Set([titles.length]),
  );
  expect(titles.slice(0, 3)).toEqual(['timeSeconds', 'get offered', 'get ok']);
  expect(titles).toContain('cache hitRatio');
  const third = lines[3]!.split(',');
  expect(Number(third[0])).toBe(series.timeSeconds[2]);
  expect(Number(third[2])).toBe(series.operations['get']!.ok[2]);
});

test('what was not measured is empty', () => {
  const csv = seriesCsv({
    timeSeconds: [1, 2],
    operations: {},
    components: { a: column([null, 3]) },
  });
  expect(csv).toBe('timeSeconds,a arrivals,a rejections,a hitRatio\r\n1,0,0,\r\n2,0,0,3\r\n');
});

test('no title is taken for a formula or breaks its cell', () => {
  const csv = seriesCsv({ timeSeconds: [], operations: {}, components: { '=1+1,"': column([]) } });
  expect(csv).toContain(`,"'=1+1,"" arrivals",`);
});

function column(hitRatio: (number | null)[]) {
  const zeros = hitRatio.map(() => 0);
  return { arrivals: zeros, rejections: zeros, hitRatio };
}
