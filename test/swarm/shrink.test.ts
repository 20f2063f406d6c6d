// A failure is only worth something when it is small. These tests plant failures whose smallest form
// is known.
import { expect, test } from 'vitest';
import { Run } from '../../src/model/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { textOf } from './design.ts';
import type { Design } from './design.ts';
import { edits } from './edits.ts';
import { randomDesign } from './random-design.ts';
import { repaired } from './repair.ts';
import { shrunk } from './shrink.ts';
import { simpler } from './simpler.ts';

const patient = { timeout: 120_000 };

/** The first designs of the swarm for which something holds. */
function designsWith(holds: (design: Design) => boolean, count: number): Design[] {
  const found: Design[] = [];
  for (let seed = 1; found.length < count; seed++) {
    const design = randomDesign(seed);
    if (holds(design)) found.push(design);
  }
  return found;
}

const isAccepted = (design: Design) =>
  loadScenario(textOf(design), { file: 'shrunk.yaml' }).diagnostics.length === 0;
const hasCrash = ({ faults }: Design) => faults.some((fault) => 'crash' in fault);
const hasCache = ({ components }: Design) =>
  Object.values(components).some(({ kind }) => kind === 'cache');

test(
  'of a planted failure that needs a crash and a cache, little more than these is left',
  patient,
  () => {
    const isPlanted = (design: Design) =>
      hasCrash(design) && hasCache(design) && isAccepted(design);
    for (const design of designsWith(isPlanted, 5)) {
      const small = shrunk(design, isPlanted);
      const kinds = Object.values(small.components).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'cache')).toHaveLength(1);
      // Somebody has to ask for something, and a cache lies before a store.
      expect(kinds.length, textOf(small)).toBeLessThanOrEqual(3);
      expect(small.faults).toEqual([{ at: '1ns', crash: expect.any(String) as string }]);
      expect(Object.keys(small.traffic)).toHaveLength(1);
      expect(Object.keys(small.data)).toHaveLength(1);
      expect(small).not.toHaveProperty('network');
      expect(small.requirements ?? []).toEqual([]);
      expect(textOf(small).length).toBeLessThan(textOf(design).length / 3);
      expect(isPlanted(small)).toBe(true);
    }
  },
);

test('a failure that shows only in the run stays what it is', patient, () => {
  const isPlanted = (design: Design) => {
    const { scenario, diagnostics } = loadScenario(textOf(design), { file: 'shrunk.yaml' });
    if (scenario === null || diagnostics.length > 0) return false;
    const run = new Run(scenario.plan);
    run.advance(Infinity, 50_000);
    return run.world.timeline.entries.some(({ kind }) => kind === 'loss');
  };
  const [design] = designsWith(isPlanted, 1);
  const small = shrunk(design!, isPlanted);
  expect(isPlanted(small)).toBe(true);
  const kinds = Object.values(small.components).map(({ kind }) => kind);
  expect(kinds, textOf(small)).toContain('database');
  expect(kinds.length, textOf(small)).toBeLessThanOrEqual(2);
  expect(small.faults.length, textOf(small)).toBeLessThanOrEqual(2);
});

test('every edit makes something else, and none breaks the design it begins with', patient, () => {
  for (const design of designsWith(isAccepted, 10)) {
    const before = textOf(design);
    for (const edit of edits) {
      for (const [index, candidate] of edit(design).entries()) {
        if (index % 7 !== 0) continue;
        const text = textOf(candidate());
        expect(textOf(design)).toBe(before);
        expect(() => loadScenario(text, { file: 'edited.yaml' })).not.toThrow();
      }
    }
  }
});

test('a design that lacks a part is whole again', patient, () => {
  for (const design of designsWith(({ components }) => Object.keys(components).length > 3, 20)) {
    for (const name of Object.keys(design.components)) {
      const broken = structuredClone(design);
      delete broken.components[name];
      const whole = repaired(broken);
      if (Object.keys(whole.traffic).length === 0) continue;
      const { diagnostics } = loadScenario(textOf(whole), { file: 'repaired.yaml' });
      const dangling = diagnostics.filter(({ code }) => /^unknown|unused|no-store/.test(code));
      expect(dangling).toEqual([]);
    }
  }
});

test('simpler values come to an end', () => {
  const values = [
    'exponential(12.5ms)',
    'p50=1ms p99=3ms',
    '1m38.8s',
    '95.6ms',
    '217/s',
    '3 by range',
  ];
  for (let value of [...values, '40 entries', 37]) {
    const way = [value];
    for (let next = simpler(value); next.length > 0; next = simpler(value)) {
      value = next.at(-1) as string | number;
      way.push(value);
      expect(way.length, way.join(' → ')).toBeLessThan(200);
    }
    expect(new Set(way).size).toBe(way.length);
  }
  expect(simpler('2.5ms')).toEqual(['600us', '1ms', '2ms']);
  expect(simpler('exponential(12.5ms)')).toEqual(['12.5ms']);
  expect(simpler(8)).toEqual([1, 4]);
});
