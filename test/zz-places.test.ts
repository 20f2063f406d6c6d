import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { Experiment } from '/work/main/src/experiment/experiment.ts';
import { resultsOf } from '/work/main/src/experiment/results.ts';
import { formatDiagnostics } from '/work/main/src/scenario/diagnostics.ts';
import { loadScenario } from '/work/main/src/scenario/load.ts';
test('x', () => {
  const file = process.env.F!;
  const text = readFileSync(file, 'utf8');
  const first = loadScenario(text, { file });
  console.log(formatDiagnostics(first.diagnostics, text));
  const all = [['base', []] as const, ...Object.entries(first.scenario?.alternatives ?? {})];
  for (const [name, set] of all) {
    const { scenario } = loadScenario(text, { file, set });
    const at = Date.now();
    const experiment = new Experiment(scenario!);
    experiment.run.advance(Infinity);
    const r = resultsOf(experiment);
    console.log('==', name, Date.now() - at, 'ms', experiment.run.hash);
    for (const e of [...r.expect, ...r.requirements]) console.log(e.holds ? 'ok ' : 'NO ', e.text, '|', e.measuredText, e.note ?? '');
    for (const c of r.checks) if (!c.ok) console.log('CHECK', JSON.stringify(c));
    for (const [n, c] of Object.entries(r.components)) if (c.part === 'component') console.log(n, JSON.stringify(c.cdn ?? c.cache ?? c.database ?? c.utilisation));
  }
}, 100000);
