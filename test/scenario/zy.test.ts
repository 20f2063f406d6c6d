import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { jsonSchema } from '../../src/scenario/scenario-schema.ts';
test('x', () => { writeFileSync('/tmp/play/schema.json', JSON.stringify(jsonSchema(), null, 2)); });
