// Scenarios that once broke something: each was found by the swarm and made small, and has to keep
// every law from then on. The head of each file says what went wrong.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tryScenario } from './swarm/trial.ts';

const folder = 'test/regress';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('what once went wrong', () => {
  test.each(files)('%s keeps every law now', (file) => {
    expect(tryScenario(readFileSync(`${folder}/${file}`, 'utf8')).complaint).toBeNull();
  });

  test('each file says what was broken', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(readFileSync(`${folder}/${file}`, 'utf8')).toMatch(/^# Found by .*\n# Broken: .+/);
    }
  });
});
