import { describe, expect, it } from 'vitest';
import { checkEvictions } from '../../src/scenario/eviction-checks.ts';
import type { ComponentPlan } from '../../src/model/plan.ts';

const policies = new Map([
  ['by-count', { worksInBytes: false }],
  ['lru', { worksInBytes: true }],
]);

function faultsOf(parameters: Record<string, unknown>) {
  const faults: unknown[] = [];
  const component = { name: 'hot', kind: 'cache', parameters } as unknown as ComponentPlan;
  const checker = { error: (...fault: unknown[]) => void faults.push(fault) };
  checkEvictions(checker, new Map([['hot', component]]), (_name, key) => key.length, policies);
  return faults;
}

describe('an eviction policy that counts entries alone', () => {
  const bytes = { kind: 'bytes', bytes: 1_000 };

  it('is refused where the capacity is in bytes, with the cure', () => {
    expect(faultsOf({ eviction: 'by-count', capacity: bytes })).toEqual([
      [
        'eviction'.length,
        'conflicting-keys',
        '`by-count` cannot make room in `hot`, which is sized in bytes',
        'give `capacity` in entries, or use `lru`',
      ],
    ]);
    expect(faultsOf({ 'buffer-eviction': 'by-count', 'buffer-pool': bytes })).toHaveLength(1);
  });

  it('is refused in a shadow too', () => {
    const shadow = [
      { name: '50%', eviction: null },
      { name: 'by-count 50%', eviction: 'by-count' },
    ];
    const faults = faultsOf({ eviction: 'lru', capacity: bytes, shadow });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(
      '`by-count` cannot make room in a shadow of `hot`, which is sized in bytes',
    );
    const entries = { kind: 'entries', entries: 10 };
    expect(faultsOf({ eviction: 'lru', capacity: entries, shadow })).toEqual([]);
  });

  it('may count entries, and others may do as they like', () => {
    const entries = { kind: 'entries', entries: 10 };
    expect(faultsOf({ eviction: 'by-count', capacity: entries })).toEqual([]);
    expect(faultsOf({ eviction: 'lru', capacity: bytes })).toEqual([]);
    expect(faultsOf({ 'buffer-eviction': 'by-count', 'buffer-pool': null })).toEqual([]);
  });
});
