import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alternativeTexts, withSettings } from '../../src/scenario/alternative-text.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const files = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

test.each(files)('%s: each alternative as a text gives the plan that its settings give', (file) => {
  const text = readFileSync(`scenarios/${file}`, 'utf8');
  const { scenario } = loadScenario(text, { file });
  const names = Object.keys(scenario!.alternatives);
  const texts = alternativeTexts(text);
  expect(texts.map(({ name }) => name)).toEqual(names);
  for (const { name, settings, text: changed } of texts) {
    const bySettings = loadScenario(text, { file, set: settings }).scenario!;
    const byText = loadScenario(changed, { file });
    expect(byText.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(withoutLines(byText.scenario!.plan), name).toEqual(withoutLines(bySettings.plan));
    expect(changed).not.toBe(text);
  }
});

test('comments stay, lists are counted from 1, and what is missing on the way is made', () => {
  const text =
    '# why\nfaults:\n  - { at: 1s, crash: a } # first\ncomponents: { a: { kind: service } }\n';
  const settings = [
    { path: 'faults.1.at', value: '2s' },
    { path: 'a.autoscale.every', value: '5s' },
  ];
  expect(withSettings(text, settings)).toBe(
    '# why\nfaults:\n  - { at: 2s, crash: a } # first\n' +
      'components: { a: { kind: service, autoscale: { every: 5s } } }\n',
  );
});

test('a path that leads nowhere, and a text that is no map, give nothing', () => {
  expect(withSettings('seed: 1', [{ path: 'redis.capacity', value: '1' }])).toBeNull();
  expect(withSettings('- 1', [])).toBeNull();
});

/** Where in the file something stands is another place in another text. */
function withoutLines(plan: unknown): unknown {
  return JSON.parse(
    JSON.stringify(plan, (key, value: unknown) => (key === 'line' ? undefined : value)),
  );
}
