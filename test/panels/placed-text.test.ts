import { expect, test } from 'vitest';
import { withPosition } from '../../src/panels/placed-text.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const file = `name: Small # kept
traffic: { app: { rate: 10/s, to: api } }
components:
  api: { kind: service, operations: { get: [ { work: 1ms } ] } }
duration: 5s
`;

const placesIn = (text: string) => loadScenario(text, { file: 'small.yaml' }).scenario?.positions;

test('the place of a box is written into a text, and read back by the language', () => {
  const once = withPosition(file, 'api', 120, -40);
  expect(once.startsWith(file)).toBe(true);
  expect(placesIn(once)).toEqual({ api: [120, -40] });
  const twice = withPosition(withPosition(once, 'app', 1, 2), 'api', 7, 8);
  expect(placesIn(twice)).toEqual({ api: [7, 8], app: [1, 2] });
});

test('places that stand in one line are changed in that line', () => {
  const text = `positions: { api: [1, 2] } # by hand\n${file}`;
  const changed = withPosition(withPosition(text, 'api', 5, 6), 'app', 3, 4);
  expect(changed).toContain('# by hand');
  expect(placesIn(changed)).toEqual({ api: [5, 6], app: [3, 4] });
  expect(placesIn(withPosition(`positions: {}\n${file}`, 'api', 9, 9))).toEqual({ api: [9, 9] });
});
