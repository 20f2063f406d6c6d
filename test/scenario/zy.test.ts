import { test } from 'vitest';
import { writeFileSync, mkdirSync } from 'node:fs';
import { generatedFiles } from '../../tools/generated-files.ts';
test('x', async () => { mkdirSync('docs',{recursive:true}); mkdirSync('schema',{recursive:true}); for (const [p,t] of Object.entries(await generatedFiles())) writeFileSync(p, t); });
