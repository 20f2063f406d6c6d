import { describe, expect, test } from 'vitest';
import { flagsOf } from '../../src/panels/flags.ts';
import { createPageState } from '../../src/panels/page-state.ts';
import type { Happening } from '../../src/protocol/frame.ts';
import { viewOf } from '../../src/worker/view.ts';
import { description } from '../browser/mock-system.ts';

const happening = (time: number, kind: Happening['kind'], text: string): Happening => ({
  time,
  kind,
  target: 'redis',
  text,
});

function stateWith(happenings: readonly Happening[]) {
  const state = createPageState([]);
  const faults = [{ atSeconds: 30, text: 'crash redis' }];
  state.view.value = { ...viewOf(description, 1), faults };
  state.happenings.value = happenings;
  return state;
}

describe('flags', () => {
  test('stand in the order of time', () => {
    const state = stateWith([happening(50, 'election', 'election')]);
    state.bookmarks.value = [10, 70];
    const kinds = flagsOf(state, 100).map(({ kind }) => kind);
    expect(kinds).toEqual(['bookmark', 'planned', 'happening', 'bookmark']);
  });

  test('a planned fault that has struck stands there once', () => {
    const state = stateWith([happening(30, 'fault', 'crash of redis')]);
    expect(flagsOf(state, 100).map(({ text }) => text)).toEqual(['crash of redis']);
  });

  test('of two that would cover each other the fault is shown', () => {
    const near = [happening(50, 'health', 'unhealthy'), happening(50.2, 'fault', 'crash')];
    expect(flagsOf(stateWith(near), 100).map(({ text }) => text)).toEqual([
      'planned: crash redis',
      'crash',
    ]);
  });

  test('of the ghost only what the present does not share', () => {
    const shared = happening(60, 'election', 'election');
    const state = stateWith([shared]);
    const lost = happening(80, 'promotion', 'promotion');
    state.ghost.value = { forkedAt: 40, frontier: 90, happenings: [shared, lost], verdicts: [] };
    state.forkedAt.value = 40;
    expect(flagsOf(state, 100).map(({ kind, time }) => [kind, time])).toEqual([
      ['planned', 30],
      ['fork', 40],
      ['happening', 60],
      ['ghost', 80],
    ]);
  });
});
