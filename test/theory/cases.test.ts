import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { groups, measuredCases } from './bank.ts';
import { CASES } from './compare.ts';
import { isDesign } from './theory-case.ts';
import { leftOut, notYet } from './unmeasured.ts';

test('every scenario file of theory is used by a case, and no case lacks its file', () => {
  const used = measuredCases.flatMap((theory) =>
    isDesign(theory) ? [theory.id.toLowerCase()] : (theory.files ?? []),
  );
  const files = readdirSync(CASES).sort();
  expect(used.map((name) => `${name}.yaml`).sort()).toEqual(files);
});

test('every case expects something', () => {
  const empty = measuredCases.filter(
    (theory) => isDesign(theory) && Object.keys(theory.expect).length === 0,
  );
  expect(empty).toEqual([]);
});

test('the collection has 211 cases, each of them once and in a group', () => {
  const all = [...measuredCases, ...notYet, ...leftOut].map(({ id }) => id);
  expect(all).toHaveLength(211);
  expect(new Set(all).size).toBe(211);
  const grouped = groups.flatMap(({ measured, notYet: waiting, leftOut: left }) => [
    ...measured,
    ...waiting,
    ...left,
  ]);
  expect(grouped.map(({ id }) => id).sort()).toEqual(all.sort());
});
