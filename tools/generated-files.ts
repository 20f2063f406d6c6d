// What `npm run docs` writes, by path from the root; a test holds the files in the repository
// against it.
import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { keyTable } from '../src/panels/keys.ts';
import { catalogue } from '../src/scenario/catalogue.ts';
import { jsonSchema } from '../src/scenario/scenario-schema.ts';

export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  return {
    'schema/scenario.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
    'README.md': await format(withKeys(readFileSync('README.md', 'utf8')), {
      parser: 'markdown',
      printWidth: 100,
      singleQuote: true,
    }),
    'docs/catalogue.md': await format(catalogue(), { parser: 'markdown', printWidth: 100 }),
  };
}

const keysBegin = '<!-- keys: written by `npm run docs` from src/panels/keys.ts -->';
const keysEnd = '<!-- end of keys -->';

/** The README with its table of keys written anew; everything else in it is written by hand. */
function withKeys(readme: string): string {
  const [before, rest = ''] = readme.split(keysBegin);
  const after = rest.split(keysEnd)[1];
  if (after === undefined) throw new Error(`README.md lacks "${keysBegin}" or "${keysEnd}".`);
  return `${before}${keysBegin}\n\n${keyTable()}\n\n${keysEnd}${after}`;
}
