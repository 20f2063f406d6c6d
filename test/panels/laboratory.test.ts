import { describe, expect, test } from 'vitest';
import { isScenario } from '../../src/panels/drop.ts';
import { linearAxis, logAxis, nearest, pathThrough } from '../../src/panels/laboratory/axis.ts';
import { chainCsv, chainMeasures, chainSentence } from '../../src/panels/laboratory/chain-words.ts';
import { drawCurves } from '../../src/panels/laboratory/curve-lines.ts';
import {
  curveCsv,
  curveSentence,
  ratioText,
  sizeMark,
  sizeValue,
} from '../../src/panels/laboratory/curve-words.ts';
import { labelPlaces } from '../../src/panels/laboratory/label-places.ts';
import { presentPlace } from '../../src/panels/laboratory/chain-charts.tsx';
import { stackedAreas } from '../../src/panels/stacked.ts';
import { total } from '../../src/panels/cache-reasons.tsx';
import type { ChainResult, Curve, CurveReport } from '../../src/protocol/laboratory.ts';

function curve(name: string, kind: Curve['kind'], ratios: readonly number[], error = 0): Curve {
  const points = ratios.map((missRatio, place) => ({
    size: 10 ** (place + 1),
    misses: missRatio * 1000,
    missRatio,
    error,
  }));
  return { name, kind, points };
}

const report: CurveReport = {
  unit: 'entries',
  requests: 1000,
  keys: 400,
  bytes: 400,
  cold: 100,
  sampled: 1,
  curves: [
    curve('lru', 'policy', [0.8, 0.5, 0.2]),
    curve('sieve', 'policy', [0.7, 0.4, 0.2]),
    curve('belady', 'bound', [0.6, 0.3, 0.2]),
  ],
  workingSet: [],
  present: 100,
};

describe('names at the ends of lines', () => {
  const room = { top: 0, bottom: 200, apart: 10 };

  test('stay where their lines end when there is room', () => {
    expect(labelPlaces([150, 20, 80], room)).toEqual([150, 20, 80]);
  });

  test('that would overlap are moved apart as little as can be, in their order', () => {
    expect(labelPlaces([100, 100, 100], room)).toEqual([90, 100, 110]);
    expect(labelPlaces([104, 100, 20], room)).toEqual([107, 97, 20]);
  });

  test('never leave the drawing, and stand closer when there are too many', () => {
    expect(labelPlaces([199, 200, 200], room)).toEqual([180, 190, 200]);
    expect(labelPlaces([5, 5, 5], { top: 0, bottom: 10, apart: 10 })).toEqual([0, 5, 10]);
  });
});

describe('axes', () => {
  test('a logarithmic one gives each decade the same room and marks round values', () => {
    const { at, from, marks } = logAxis({ low: 10, high: 1000, start: 0, end: 200 }, 20);
    expect([10, 100, 1000].map((value) => Math.round(at(value)))).toEqual([0, 100, 200]);
    expect(from(100)).toBeCloseTo(100, 9);
    expect(marks).toEqual([10, 20, 50, 100, 200, 500, 1000]);
    expect(logAxis({ low: 10, high: 1e6, start: 0, end: 100 }, 40).marks).toEqual([100, 1e4, 1e6]);
  });

  test('a linear one begins and ends where it is told to', () => {
    const { at, from, marks } = linearAxis({ low: 0, high: 1, start: 100, end: 0 }, 20);
    expect([at(0), at(0.5), at(1)]).toEqual([100, 50, 0]);
    expect(from(-50)).toBe(1);
    expect(marks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  test('the nearest value is the one that is nearest in the drawing', () => {
    const axis = logAxis({ low: 1, high: 100, start: 0, end: 100 }, 20);
    expect(nearest([1, 10, 100], axis, 55)).toBe(1);
    expect(nearest([1, 10, 100], axis, 99)).toBe(2);
  });

  test('a path is broken where there is no number', () => {
    expect(
      pathThrough([
        [0, 1],
        [1, NaN],
        [2, 3],
        [3, 4],
      ]),
    ).toBe('M0.0 1.0M2.0 3.0L3.0 4.0');
  });
});

describe('the drawing of curves', () => {
  const box = { width: 600, height: 300 };

  test('marks the present size and the miss ratio of the run on the scales of the curves', () => {
    const run = { cache: 'redis', policy: 'lru', lookUps: 200, misses: 90 };
    const drawing = drawCurves(report, run, box);
    expect(drawing.presentX).toBeCloseTo(drawing.x.at(100), 9);
    expect(drawing.runPoint!.y).toBeCloseTo(drawing.y.at(0.45), 9);
    expect(drawing.sizes).toEqual([10, 100, 1000]);
    const heights = drawing.lines.map(({ label }) => label.y).sort((a, b) => a - b);
    heights.slice(1).forEach((y, place) => expect(y - heights[place]!).toBeGreaterThan(14.9));
    expect(drawing.lines.map(({ curve: { name } }) => name)).toEqual(['lru', 'sieve', 'belady']);
  });

  test('shows what sampling leaves open as a band, and none when nothing is', () => {
    const sampled = { ...report, curves: [curve('lru', 'policy', [0.8, 0.5], 0.05)] };
    expect(drawCurves(sampled, null, box).lines[0]!.band).toMatch(/^M.*Z$/);
    expect(drawCurves(report, null, box).lines[0]!.band).toBe('');
  });

  test('names the lines beside the plot only where there is room', () => {
    const [wide, narrow] = [600, 360].map((width) => drawCurves(report, null, { ...box, width }));
    expect([wide!.isNamed, narrow!.isNamed]).toEqual([true, false]);
    expect(narrow!.plot.right).toBeGreaterThan(340);
  });

  test('without a run there is neither a present size nor a point', () => {
    const { presentX, runPoint } = drawCurves({ ...report, present: null }, null, box);
    expect([presentX, runPoint]).toEqual([null, null]);
  });
});

describe('words', () => {
  test('the sentence says where the cache stands, what is better and by how much', () => {
    expect(curveSentence(report, 'lru')).toBe(
      'At 100 entries lru misses 50.0 % of 1.0k look-ups; sieve would miss 10.0 points less ' +
        '(or as much with 46 entries); the best that can be misses 20.0 points less.',
    );
    expect(curveSentence(report, 'sieve')).toBe(
      'At 100 entries sieve misses 40.0 % of 1.0k look-ups; no other policy here misses less; ' +
        'the best that can be misses 10.0 points less.',
    );
  });

  test('of a trace, it holds the best policy against the worst', () => {
    expect(curveSentence({ ...report, present: null }, null)).toBe(
      'At 100 entries sieve misses 40.0 % of 1.0k look-ups; lru misses 10.0 points more; ' +
        'the best that can be misses 10.0 points less.',
    );
    const alone = { ...report, curves: report.curves.slice(0, 1) };
    expect(curveSentence(alone, null)).toBe('At 100 entries lru misses 50.0 % of 1.0k look-ups.');
    expect(curveSentence({ ...report, curves: [] }, null)).toBe('There is no curve.');
  });

  test('ratios keep their digits where little is missed', () => {
    expect([0, 0.0123, 0.5].map(ratioText)).toEqual(['0.0 %', '1.2 %', '50.0 %']);
  });

  test('a size is written short for the eye and exactly for the file', () => {
    expect([sizeMark(9999, 'entries'), sizeMark(25_000, 'entries')]).toEqual(['9999', '25k']);
    expect(sizeMark(1_500_000, 'bytes')).toBe('1.5 MB');
    expect([sizeValue(80_321, 'entries'), sizeValue(1234, 'bytes')]).toEqual([
      '80321 entries',
      '1234B',
    ]);
  });

  test('the file for other programs has every point of every curve', () => {
    const lines = curveCsv(report).trim().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[1]).toBe('lru,policy,10,800,0.8,0');
  });
});

describe('the chain', () => {
  const point = { capacity: '10', size: 10, hitRatio: 0.2, storeLoad: 800, p99Ms: 90, cost: NaN };
  const chain: ChainResult = {
    cache: 'redis',
    unit: 'entries',
    points: [point, { ...point, capacity: '100', size: 100, hitRatio: 0.8, storeLoad: 200 }],
    present: 60,
    store: 'photos-db',
    operation: 'view',
  };

  test('says what is not known in place of drawing it', () => {
    expect(chainMeasures(chain).map(({ isKnown }) => isKnown)).toEqual([true, true, true, false]);
    expect(chainSentence(chain)).toBe(
      'From 10 entries to 100 entries: hit ratio from 20.0 % to 80.0 %, load of photos-db from ' +
        '800/s to 200/s, p99 of view from 90 ms to 90 ms.',
    );
    expect(chainCsv(chain).split('\n')[2]).toBe('100,100,0.8,200,90,NaN');
  });

  test('begins at the point that is nearest to the present size', () => {
    expect(presentPlace(chain)).toBe(1);
  });
});

describe('stacked areas', () => {
  test('lie upon one another and reach the full height where their sum is the greatest', () => {
    const room = { width: 100, height: 40, endSeconds: 4 };
    const [first, second] = stackedAreas(
      [1, 2],
      [
        [10, 20],
        [10, 20],
      ],
      room,
    );
    expect(first).toBe(
      'M0.0 30.0L25.0 30.0L25.0 20.0L50.0 20.0L50.0 40.0L25.0 40.0L25.0 40.0L0.0 40.0Z',
    );
    expect(second).toContain('L50.0 0.0L');
  });

  test('a column in which nothing happened has no area', () => {
    const room = { width: 100, height: 40, endSeconds: 4 };
    expect(
      stackedAreas(
        [1, 2],
        [
          [1, 1],
          [0, NaN],
        ],
        room,
      )[1],
    ).toBe('');
  });

  test('totals are rates times the lengths of their windows', () => {
    expect(total([1, 2, 2.5], [10, NaN, 20], 3)).toBe(20);
    expect(total([1, 2, 2.5], [10, NaN, 20], 2)).toBe(10);
  });
});

describe('a dropped file', () => {
  test.each([
    ['mine.yaml', 'anything', true],
    ['notes.txt', 'name: A\ncomponents:\n  api: {}\n', true],
    ['trace.csv', 'time,key\n1,a\n', false],
    ['access.log', '127.0.0.1 - - [10/Oct/2000] "GET / HTTP/1.0" 200 1', false],
  ])('%s is told by its ending or its contents', async (name, text, expected) => {
    expect(await isScenario(new File([text], name))).toBe(expected);
  });
});
