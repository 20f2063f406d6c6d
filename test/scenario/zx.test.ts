import { test } from 'vitest';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { readInput } from '../../src/scenario/input.ts';
test('x', () => {
  for (const f of readdirSync('test/invalid').filter((f) => f.endsWith('.yaml'))) {
    const bytes = readFileSync('test/invalid/' + f);
    const { diagnostics } = loadScenario(bytes, { file: f });
    const text = formatDiagnostics(diagnostics, readInput(bytes).text);
    writeFileSync('test/invalid/' + f.replace('.yaml', '.expected'), text + '\n');
  }
});
