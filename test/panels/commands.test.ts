import { describe, expect, test, vi } from 'vitest';
import type { Actions } from '../../src/panels/actions.ts';
import { commandsFor } from '../../src/panels/command-list.ts';
import { fuzzyScore } from '../../src/panels/fuzzy.ts';
import { createPageState } from '../../src/panels/page-state.ts';
import { viewOf } from '../../src/worker/view.ts';
import { description } from '../browser/mock-system.ts';

function sources() {
  const state = createPageState([{ name: 'retry-storm', load: async () => '' }]);
  state.view.value = viewOf(description, 1);
  const actions = {
    seek: vi.fn(async () => {}),
    change: vi.fn(async () => {}),
    select: vi.fn(),
    openBundled: vi.fn(async () => {}),
    openCommands: vi.fn(),
  };
  return {
    state,
    actions,
    list: { state, actions: actions as unknown as Actions, parameters: [] },
  };
}

describe('letters', () => {
  test('are found in their order, with gaps', () => {
    expect(fuzzyScore('gosh', 'Go to photos-db/shard-2')).not.toBeNull();
    expect(fuzzyScore('hsog', 'Go to photos-db/shard-2')).toBeNull();
    expect(fuzzyScore('', 'anything')).not.toBeNull();
  });

  test('in a row and at the start of words count more', () => {
    expect(fuzzyScore('play', 'Play or pause')!).toBeGreaterThan(fuzzyScore('play', 'Panel away')!);
  });
});

describe('commands', () => {
  test('name every deed once, every node and every scenario', () => {
    const { list } = sources();
    const texts = commandsFor('undo', list).map(({ text }) => text);
    expect(texts.filter((text) => text === 'Undo the last act')).toHaveLength(1);
    expect(commandsFor('Go to redis/node-1', list)[0]?.text).toBe('Go to redis/node-1');
    expect(commandsFor('redis/node-1', list)[0]?.text).toBe('Go to redis/node-1');
    expect(commandsFor('retry', list)[0]?.text).toBe('Open Retry storm');
  });

  test('a time that is typed can be gone to', () => {
    const { list, actions } = sources();
    const [first] = commandsFor('to 1:30', list);
    expect(first?.text).toBe('Go to 1:30');
    first?.run();
    expect(actions.seek).toHaveBeenCalledWith(90);
  });

  test('a parameter that is typed can be changed, from now on or from the start', () => {
    const { list, actions } = sources();
    const [now, start] = commandsFor('redis.capacity = 5% of photos', list);
    now?.run();
    start?.run();
    const change = { path: 'redis.capacity', value: '5% of photos' };
    expect(actions.change).toHaveBeenNthCalledWith(1, { ...change, from: 'now' });
    expect(actions.change).toHaveBeenNthCalledWith(2, { ...change, from: 'start' });
  });
});
