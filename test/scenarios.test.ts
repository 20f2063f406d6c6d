// Every scenario that comes with the program: it is sound, it runs to its end, it keeps the laws
// that every run keeps, and each of its expectations holds. So no text in it can say what is untrue.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Experiment } from '../src/experiment/experiment.ts';
import { resultsOf } from '../src/experiment/results.ts';
import type { Results } from '../src/experiment/result-types.ts';
import { formatDiagnostics } from '../src/scenario/diagnostics.ts';
import { loadScenario } from '../src/scenario/load.ts';

const folder = join(import.meta.dirname, '../scenarios');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

test('there are scenarios', () => {
  expect(files).not.toEqual([]);
});

describe.each(files)('scenarios/%s', (name) => {
  const file = `scenarios/${name}`;
  const text = readFileSync(join(folder, name), 'utf8');
  const { scenario, diagnostics } = loadScenario(text, { file });
  let results: Results;

  beforeAll(() => {
    if (scenario === null) return;
    const experiment = new Experiment(scenario);
    experiment.run.advance(Infinity);
    results = resultsOf(experiment);
  }, 300_000);

  test('has no problems, not even warnings', () => {
    expect(formatDiagnostics(diagnostics, text)).toBe('');
  });

  test('says what it is about', () => {
    expect(scenario!.about.trim()).not.toBe('');
  });

  test('runs to its end', () => {
    expect(results.ending).toMatchObject({ kind: 'duration' });
  });

  test('passes all self-checks', () => {
    expect(results.checks.length).toBeGreaterThan(5);
    expect(results.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  const claims = (scenario?.expect ?? []).map(({ text: claim }, place) => [claim, place] as const);
  test.each(claims)('%s', (_, place) => {
    const { holds, measuredText, note } = results.expect[place]!;
    expect(holds, `measured ${measuredText}${note === null ? '' : `, ${note}`}`).toBe(true);
  });
});
