import { describe, expect, it } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import {
  judgeOverReplications,
  mergeReplications,
  overReplications,
  seedOfReplication,
} from '../../src/experiment/replications.ts';
import type {
  IntervalResult,
  RequirementResult,
  Results,
} from '../../src/experiment/result-types.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { plain } from '../../src/report/paint.ts';
import { replicationsReport } from '../../src/report/replications-report.ts';
import { queue, scenarioOf, withClaims } from './small-designs.ts';

function claim(
  measured: number | null,
  verdict: RequirementResult['verdict'],
  interval: IntervalResult | null = null,
  changes: Partial<RequirementResult> = {},
): RequirementResult {
  return {
    text: 'mean < 10ms',
    line: 3,
    metric: 'mean',
    subject: null,
    unit: 'ms',
    comparator: '<',
    bound: 10,
    measured,
    measuredText: '',
    interval,
    note: measured === null ? 'nothing was answered' : null,
    verdict,
    ...changes,
  };
}

describe('one number over replications', () => {
  it('has the mean and the t interval of a textbook', () => {
    // Half the width is 2.776 × √2.5 ÷ √5.
    const { mean, interval, min, max, count } = overReplications([1, 2, 3, 4, 5]);
    expect([mean, min, max, count]).toEqual([3, 1, 5, 5]);
    expect(interval![0]).toBeCloseTo(3 - 1.96293, 4);
    expect(interval![1]).toBeCloseTo(3 + 1.96293, 4);
  });

  it('leaves out what was not measured, and has no interval of fewer than two values', () => {
    expect(overReplications([null, 4, null, 6])).toMatchObject({ mean: 5, count: 2 });
    expect(overReplications([null, 4])).toMatchObject({ mean: 4, interval: null, count: 1 });
    expect(overReplications([null, null])).toEqual({
      mean: null,
      interval: null,
      min: null,
      max: null,
      count: 0,
    });
  });

  it('keeps shares between nought and one and nothing below nought', () => {
    expect(overReplications([0.999, 1, 1], 'share').interval![1]).toBe(1);
    expect(overReplications([0, 0, 30]).interval![0]).toBe(0);
  });

  it('covers the true mean nineteen times in twenty', () => {
    const stream = streamFor('1', 'replications', 'coverage');
    const sets = 4_000;
    let covered = 0;
    for (let set = 0; set < sets; set++) {
      const values = Array.from({ length: 8 }, () => 100 + stream.normal());
      const [low, high] = overReplications(values).interval!;
      if (low <= 100 && 100 <= high!) covered++;
    }
    // Four standard deviations of a share of 0.95 in four thousand.
    expect(Math.abs(covered / sets - 0.95)).toBeLessThan(0.014);
  });
});

describe('a requirement over replications', () => {
  const verdictsOf = (...claims: RequirementResult[]) => judgeOverReplications(claims).verdict;

  it('passes or fails when the interval of the mean is on one side of the bound', () => {
    const at = (measured: number) => claim(measured, 'NOT ENOUGH EVIDENCE', [0, 20]);
    expect(verdictsOf(at(5), at(6), at(5.5))).toBe('PASS');
    expect(verdictsOf(at(15), at(16), at(15.5))).toBe('FAIL');
    expect(verdictsOf(at(5), at(14), at(9))).toBe('NOT ENOUGH EVIDENCE');
  });

  it('says how many replications would settle it', () => {
    const at = (measured: number) => claim(measured, 'NOT ENOUGH EVIDENCE', [0, 20]);
    // Mean 9 with a half width of 4.97: 3 × (4.97 ÷ 1)² = 74.04.
    const { note, passes, fails } = judgeOverReplications([at(7), at(9), at(11)]);
    expect(note).toBe('about 75 replications would settle it');
    expect([passes, fails]).toEqual([0, 0]);
    expect(judgeOverReplications([at(9), at(10), at(11)]).note).toBe(
      'the mean is the bound itself',
    );
    expect(judgeOverReplications([at(1), at(9.99), at(19)]).note).toBe(
      'more than 10,000 replications would be needed to settle it',
    );
  });

  it('about a fact of each run passes when it holds in all and fails when it fails in one', () => {
    const lost = (measured: number) =>
      claim(measured, measured === 0 ? 'PASS' : 'FAIL', null, {
        unit: 'count',
        comparator: '=',
        bound: 0,
      });
    expect(verdictsOf(lost(0), lost(0), lost(0))).toBe('PASS');
    expect(verdictsOf(lost(0), lost(3), lost(0))).toBe('FAIL');
    expect(judgeOverReplications([lost(0), lost(3)])).toMatchObject({ passes: 1, fails: 1 });
  });

  it('does not take equal numbers for certainty where each run leaves something open', () => {
    const spotless = (low: number) =>
      claim(1, 'NOT ENOUGH EVIDENCE', [low, 1], { unit: 'share', comparator: '>=', bound: 0.999 });
    // What 400 requests leave open, less by the root of four.
    const narrow = judgeOverReplications([
      spotless(0.99),
      spotless(0.99),
      spotless(0.99),
      spotless(0.99),
    ]);
    expect(narrow.interval![0]).toBeCloseTo(0.995, 9);
    expect(narrow.verdict).toBe('NOT ENOUGH EVIDENCE');
    expect(verdictsOf(spotless(0.9992), spotless(0.9992))).toBe('PASS');
  });

  it('needs two replications that measured something', () => {
    const nothing = claim(null, 'NOT ENOUGH EVIDENCE');
    const something = claim(5, 'PASS', [4, 6]);
    expect(judgeOverReplications([nothing, nothing])).toMatchObject({
      verdict: 'NOT ENOUGH EVIDENCE',
      measuredText: '–',
      note: 'nothing was answered',
    });
    expect(judgeOverReplications([nothing, something])).toMatchObject({
      verdict: 'NOT ENOUGH EVIDENCE',
      note: 'measured in 1 of 2 replications',
    });
    const others = [5.1, 5.2].map((measured) => claim(measured, 'PASS', [4, 6]));
    expect(verdictsOf(nothing, something, ...others)).toBe('PASS');
  });
});

describe('merged replications', () => {
  const text = withClaims(queue, 'requirements', ['mean < 20ms', 'p99 < 1s']);
  const run = (number: number): Results => {
    const seed = seedOfReplication('9', number);
    const experiment = new Experiment(scenarioOf(text, { seed, duration: '20s' }));
    experiment.run.advance(Infinity);
    return resultsOf(experiment);
  };
  const all = [1, 2, 3, 4].map(run);
  const merged = mergeReplications(all);

  it('have the seed of the scenario and then their numbers behind it', () => {
    expect(merged.replications.map(({ seed }) => seed)).toEqual(['9', '9-2', '9-3', '9-4']);
    expect(merged.replications.map(({ hash }) => hash)).toEqual(all.map(({ hash }) => hash));
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(4);
    expect([merged.seed, merged.events]).toEqual([
      '9',
      all.reduce((sum, { events }) => sum + events, 0),
    ]);
  });

  it('have for each operation the mean of what the runs have, and where it may lie', () => {
    const means = all.map(({ operations }) => operations['get']!.latencyMs.mean!);
    const { meanMs } = merged.operations['get']!;
    expect(meanMs.mean).toBeCloseTo(means.reduce((sum, mean) => sum + mean, 0) / 4, 12);
    expect([meanMs.min, meanMs.max]).toEqual([Math.min(...means), Math.max(...means)]);
    expect(meanMs.interval![0]).toBeLessThan(meanMs.mean!);
    expect(merged.replications[2]!.operations['get']!.meanMs).toBe(means[2]);
  });

  it('are judged together', () => {
    expect(merged.requirements.map(({ verdict }) => verdict)).toEqual(['PASS', 'PASS']);
    expect(merged.requirements[0]).toMatchObject({ text: 'mean < 20ms', bound: 20, count: 4 });
  });

  it('read as a report with verdicts, numbers and seeds', () => {
    const report = replicationsReport(merged, plain);
    expect(report).toContain('4 replications of 20s simulated, the first 10s not counted');
    expect(report).toMatch(/^PASS {2}mean < 20ms {2}[\d.]+ ms \([\d.]+ ms to [\d.]+ ms\)$/m);
    expect(report).toMatch(/^get +ok +[\d.]+ \/s/m);
    expect(report).toContain(`9-4`);
    expect(report).toContain(all[3]!.hash);
    expect(report).toContain('all self-checks hold in every replication');
    // Counts that are nought everywhere are not shown.
    expect(report).not.toMatch(/^ +shed/m);
  });
});
