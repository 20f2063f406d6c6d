import { test } from 'vitest';
import { readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
test('x', () => {
  const file = process.env.F ?? 'scenarios/photo-feed.yaml';
  const text = readFileSync(file, 'utf8');
  const t = performance.now();
  const { scenario, diagnostics } = loadScenario(text, { file });
  console.log(performance.now() - t);
  console.log(formatDiagnostics(diagnostics, text));
  if (scenario && !process.env.Q) console.dir(scenario, { depth: 6 });
});
