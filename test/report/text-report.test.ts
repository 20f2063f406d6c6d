import { describe, expect, test } from 'vitest';
import { resultsOf } from '../../src/experiment/results.ts';
import type { Results } from '../../src/experiment/result-types.ts';
import { coloured, plain } from '../../src/report/paint.ts';
import { textReport, verdictReport } from '../../src/report/text-report.ts';
import { clockwork, everything, experimentOf, withClaims } from '../experiment/small-designs.ts';

const text = withClaims(
  withClaims(clockwork, 'requirements', ['p99 < 10ms', 'goodput >= 200/s', 'lost writes = 0']),
  'expect',
  ['utilisation of api = 50%', 'max < 1ms'],
);
const results = resultsOf(experimentOf(text));

test('the verdicts come first, aligned, each with what was measured', () => {
  expect(verdictReport(results, plain)).toBe(
    [
      'PASS                 p99 < 10ms                5.00 ms',
      'FAIL                 goodput >= 200/s          100 /s',
      'NOT ENOUGH EVIDENCE  lost writes = 0           –, there is no cache or database',
      'holds                utilisation of api = 50%  50.00 %',
      'does not hold        max < 1ms                 5.00 ms',
      '',
    ].join('\n'),
  );
  expect(textReport(results, plain)).toContain(verdictReport(results, plain));
});

test('the whole report of a clockwork', () => {
  const lines = textReport(results, plain).split('\n');
  const { hash, events } = results;
  expect(lines.slice(0, 3)).toEqual([
    'Clockwork',
    '40s simulated, the first 10s not counted, seed 1',
    '',
  ]);
  expect(lines.slice(9, -3)).toEqual([
    'What clients saw',
    'operation  offered  ok /s  available  late  failed  shed     mean      p50      p90      p99    p99.9      max',
    'get          3,000    100      100 %     0       0     0  5.00 ms  5.00 ms  5.00 ms  5.00 ms  5.00 ms  5.00 ms',
    '',
    'What components did',
    'component  kind     arrivals  turned away     busy  queue  most  waits  p99 wait',
    'api        service     3,000            0  50.00 %      0     0    0 %      0 ms',
    '',
    'Estimates from the file',
    'requests of app on the wire: 100/s × 1KB = 100KB/s',
    '',
  ]);
  const events3 = String(events).replace(/(\d)(\d{3})$/, '$1,$2');
  expect(lines.slice(-3, -1)).toEqual([
    '11 of 11 self-checks hold',
    `${events3} events, hash ${hash}`,
  ]);
});

describe('the report of a run with faults', () => {
  const report = textReport(resultsOf(experimentOf(everything)), plain);

  test('tells what happened, and what the kinds of components add', () => {
    expect(report).toMatch(/^00:04\.000 {2}fault {8}crash of db\/shard-1\/primary/m);
    expect(report).toMatch(/^cache .* % hits, .* evictions, /m);
    expect(report).toMatch(/^db .* reads, .* writes, .*1 promotion, lag up to /m);
    expect(report).toMatch(/^edge .* 3 healthy targets$/m);
    expect(report).toMatch(/^get failed: .*\d refused/m);
  });

  test('has no line that ends in spaces and no value that is not a number', () => {
    expect(report).not.toMatch(/ $/m);
    expect(report).not.toMatch(/NaN|undefined|null|Infinity/);
  });
});

test('what went wrong with the run itself cannot be overlooked', () => {
  const broken: Results = {
    ...results,
    ending: { kind: 'events', timeSeconds: 41, text: 'the limit of 5000 events was met' },
    checks: [
      {
        name: 'rows in use',
        subject: 'calls',
        expected: 3,
        measured: 4,
        relativeError: 0.25,
        ok: false,
      },
    ],
  };
  const report = textReport(broken, plain);
  expect(report).toContain('stopped early at 00:41.000: the limit of 5000 events was met');
  expect(report).toContain('broken  calls: rows in use: 3 against 4');
  expect(report).toContain('0 of 1 self-checks hold');
});

test('a long timeline is cut and says so', () => {
  const happening = { timeSeconds: 1, kind: 'fault', target: 'api', text: 'crash of api' };
  const timeline = Array.from({ length: 60 }, () => happening);
  const report = textReport({ ...results, timeline, timelineDropped: 1_000 }, plain);
  expect(report).toContain('and 1,035 more');
});

test('colour only repeats what the words say', () => {
  const coded = textReport(results, coloured);
  expect(coded).toContain('\u001b[31;1mFAIL');
  // oxlint-disable-next-line no-control-regex
  expect(coded.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(textReport(results, plain));
});
