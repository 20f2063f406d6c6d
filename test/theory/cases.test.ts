import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { balancing } from './balancing.ts';
import { caches } from './caches.ts';
import { CASES } from './compare.ts';
import { disciplines } from './disciplines.ts';
import { fanOut } from './fan-out.ts';
import { networks } from './networks.ts';
import { queues } from './queues.ts';

const cases = [...queues, ...disciplines, ...networks, ...balancing, ...caches, ...fanOut];

test('every scenario file of theory is held to it in one table', () => {
  const files = readdirSync(CASES).sort();
  expect(cases.map(({ id }) => `${id}.yaml`).sort()).toEqual(files);
});

test('every case expects something', () => {
  const empty = cases.filter((theory) => Object.keys(theory.expect).length === 0);
  expect(empty).toEqual([]);
});
