import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generatedFiles } from '../../tools/generated-files.ts';

const generated = await generatedFiles();

describe('generated files', () => {
  test.each(Object.keys(generated))('%s is fresh (else run `npm run docs`)', (path) => {
    expect(readFileSync(path, 'utf8')).toBe(generated[path]);
  });
});
