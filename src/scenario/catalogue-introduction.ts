/** The first page of the catalogue: how to read and write a scenario file. */

import { COUNT_SUFFIXES, RATE_UNITS, SIZE_UNITS, TIME_UNITS } from '../base/units.ts';
import { table } from './markdown.ts';

function words(units: Readonly<Record<string, number>>): string {
  return Object.keys(units)
    .map((unit) => `\`${unit}\``)
    .join(', ');
}

const example = `
\`\`\`yaml
name: A shop
duration: 10m
requirements:
  - p99 of buy < 300ms
  - availability >= 99.9%
traffic:
  shoppers: { rate: 200/s, to: shop, deadline: 2s }
data:
  items: { keys: 50k, stored-in: items-db }
components:
  shop:
    kind: service
    instances: 2
    operations:
      buy: [ { work: p50=5ms p99=30ms }, { write: items } ]
  items-db: { kind: database, replicas: 1 }
faults:
  - { at: 5m, crash: items-db/shard-1/primary, for: 1m }
\`\`\`
`.trim();

export const introduction = [
  '# Catalogue of the scenario language',
  'This page is written by `npm run docs` from the descriptions that the program checks files ' +
    'with.',
  'A scenario file is a design document that runs: what the design must do, who asks for it, ' +
    'what it is made of, what goes wrong. It is YAML, so that a small one looks like this:',
  example,
  'Keys and words are in kebab-case. Names start with a letter and go on with letters, digits, ' +
    '`-` and `_`. An unknown key is an error. Inside `{ }` and `[ ]` a comma ends a value, but ' +
    'not between parentheses; `backoff: exponential(50ms, max 1s)` needs no quotes here, though ' +
    'an editor that knows only YAML may want them. Anchors, aliases, tags and merge keys are ' +
    'left out.',
  '## Units',
  'A unit is written without a space after the number. A bare number is an error where it could ' +
    'be read two ways; zero needs no unit.',
  table(
    ['quantity', 'units', 'examples'],
    [
      ['duration', words(TIME_UNITS), '`250us`, `1.5s`, `1m30s`'],
      ['rate', `a time after a slash: ${words(RATE_UNITS)}`, '`200/s`, `5k/s`, `2M/day`'],
      ['size', words(SIZE_UNITS), '`2KB` is 2,000 bytes, `2KiB` is 2,048'],
      ['bandwidth', 'bits: `kbps`, `Mbps`, `Gbps`; bytes: a size and `/s`', '`1Gbps`, `100MB/s`'],
      ['count', `none, or a suffix: ${words(COUNT_SUFFIXES)}`, '`200`, `10k`, `2M`'],
      ['share', '`%`, or a number from 0 to 1', '`99.95%`, `0.9995`'],
    ],
  ),
].join('\n\n');
