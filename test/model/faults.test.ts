import { describe, expect, it } from 'vitest';
import { faults } from '../../src/model/faults.ts';
import type { Run } from '../../src/model/run.ts';
import { expectDrained, finished, operation } from './rehearsal.ts';

/** A service in one zone that calls another in the next. */
function pair(list: readonly string[]): Run {
  return finished(`
name: A pair
duration: 60s
zones: [a, b]
traffic: { app: { rate: 50/s, arrivals: constant, to: front, stop: 40s, timeout: 500ms } }
components:
  front: { kind: service, zones: [a], timeout: 200ms, operations: { get: [ { call: back } ] } }
  back: { kind: service, zones: [b], start-up: 1s, operations: { get: [ { work: 10ms } ] } }
faults: [ ${list.join(', ')} ]
`);
}

/** Good answers from the start of one second to that of another. */
function good(run: Run, from: number, to: number): number {
  return operation(run, 'get').tally.sum('ok', from, to);
}

function slownesses(run: Run): number[] {
  return run.world.nodes.map(({ slowness }) => slowness);
}

const toNodes = [...faults.values()].filter(({ targets }) => targets !== 'parameter');

describe.each(toNodes.map((fault) => ({ name: fault.name, fault })))(
  'the fault $name',
  ({ fault, name }) => {
    const by = fault.factor === null ? '' : ', by: 30x';
    const until = fault.hasEnd ? ', for: 5s' : '';

    it('says what it does in a line or two', () => {
      expect(fault.summary).toMatch(/^[A-Z].{20,}\.$/);
    });

    it.each(['back', 'back/1', 'zone/b'])('strikes %s and is over in time', (target) => {
      const run = pair([`{ at: 5s, ${name}: ${target}${by}${until} }`]);
      if (fault.hasEnd) expect(good(run, 6, 10)).toBe(0);
      expect(good(run, 15, 39)).toBe(24 * 50);
      expect(slownesses(run)).toEqual([1, 1]);
      expectDrained(run);
    });

    it('leaves the rest alone', () => {
      const run = pair([`{ at: 5s, ${name}: front${by}${until} }`]);
      const [node] = run.world.component('back').nodes;
      expect(node!.epoch).toBe(0);
      expectDrained(run);
    });
  },
);

describe('the end of a fault', () => {
  it('that heal has undone before changes nothing: slowness', () => {
    const run = pair(['{ at: 2s, slow: back, by: 5x, for: 8s }', '{ at: 4s, heal: back }']);
    expect(slownesses(run)).toEqual([1, 1]);
  });

  it('by heal is a recovery on the timeline, and no fault', () => {
    const run = pair(['{ at: 2s, slow: back, by: 5x }', '{ at: 4s, heal: back }']);
    const entries = run.world.timeline.entries.map(({ kind, text }) => [kind, text]);
    expect(entries).toEqual([
      ['fault', 'slow of back (back/1)'],
      ['recovery', 'heal of back (back/1)'],
    ]);
  });

  it('that heal has undone before does not end a later one: slowness', () => {
    const run = pair([
      '{ at: 2s, slow: back, by: 30x, for: 8s }',
      '{ at: 4s, heal: back }',
      '{ at: 6s, slow: back, by: 30x, for: 10s }',
    ]);
    expect(good(run, 11, 15)).toBe(0);
    expect(good(run, 18, 39)).toBe(21 * 50);
    expect(slownesses(run)).toEqual([1, 1]);
  });

  it.each(['[a, b]', 'back/1', 'zone/b', 'front'])(
    'that heal has undone before does not end a later one: a partition of %s',
    (target) => {
      const run = pair([
        `{ at: 2s, partition: ${target}, for: 8s }`,
        `{ at: 4s, heal: ${target} }`,
        `{ at: 6s, partition: ${target}, for: 10s }`,
      ]);
      expect(good(run, 3, 4)).toBe(0);
      expect(good(run, 5, 6)).toBe(50);
      expect(good(run, 7, 16)).toBeLessThanOrEqual(1);
      expect(good(run, 18, 39)).toBe(21 * 50);
      expectDrained(run);
    },
  );

  it('ends its own share of slowness and no more', () => {
    const run = pair([
      '{ at: 2s, slow: back, by: 2x, for: 20s }',
      '{ at: 4s, slow: zone/b, by: 5x, for: 4s }',
    ]);
    const { windowP50 } = operation(run, 'get');
    const [before, alone, both, after] = [1, 3, 6, 12].map((window) => windowP50[window]! / 1e6);
    expect(alone! - before!).toBeCloseTo(10, 0);
    expect(both! - before!).toBeCloseTo(90, 0);
    expect(after! - before!).toBeCloseTo(10, 0);
    expect(slownesses(run)).toEqual([1, 1]);
  });
});
