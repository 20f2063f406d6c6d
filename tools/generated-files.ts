// What `npm run docs` writes, by path from the root; a test holds the files in the repository
// against it.
import { format } from 'prettier';
import { catalogue } from '../src/scenario/catalogue.ts';
import { jsonSchema } from '../src/scenario/scenario-schema.ts';

export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  return {
    'schema/scenario.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
    'docs/catalogue.md': await format(catalogue(), { parser: 'markdown', printWidth: 100 }),
  };
}
