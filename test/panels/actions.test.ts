import { beforeEach, expect, test, vi } from 'vitest';
import { Actions } from '../../src/panels/actions.ts';
import { FrameIntake } from '../../src/panels/frame-intake.ts';
import { createPageState, type PageState } from '../../src/panels/page-state.ts';
import type { ActReply, Session } from '../../src/protocol/session.ts';
import { viewOf } from '../../src/worker/view.ts';
import { description } from '../browser/mock-system.ts';

let state: PageState;
let actions: Actions;

const view = viewOf(description, 1);
const loaded = 'name: a\n';
const acted = 'name: a\nfaults:\n  - { at: 1s, crash: redis }\n';

const reply = (text: string, undoable: readonly string[]): ActReply => ({
  ok: true,
  text,
  forkedAt: 1,
  view: null,
  undoable,
  redoable: [],
});

const session = {
  load: vi.fn<Session['load']>(async (text) =>
    text.includes('wrong')
      ? {
          ok: false,
          diagnostics: [
            {
              severity: 'error',
              code: 'too-many-components',
              line: 1,
              column: 1,
              message: 'there are 501 components; at most 500 are allowed',
              hint: null,
              excerpt: '',
            },
          ],
        }
      : { ok: true, view },
  ),
  play: vi.fn(async () => {}),
  pause: vi.fn(async () => {}),
  seek: vi.fn(async () => {}),
  step: vi.fn(async () => {}),
  intervene: vi.fn(async () => reply(acted, ['crash redis at 1s'])),
  undo: vi.fn(async () => reply(loaded, [])),
};

beforeEach(async () => {
  vi.clearAllMocks();
  state = createPageState([]);
  actions = new Actions(state, session as unknown as Session, new FrameIntake(state));
  await actions.run(loaded, 'a.yaml');
});

test('a text that is run is played from its start', () => {
  expect(session.play).toHaveBeenCalledTimes(1);
  expect(state.text.value).toBe(loaded);
  expect(state.draft.value).toBeNull();
});

test('a text that cannot be run stays in the pane, and that of the run is not lost', async () => {
  await actions.run('wrong', 'a.yaml');
  expect(state.draft.value).toBe('wrong');
  expect(state.text.value).toBe(loaded);
  expect(state.trouble.value).toContain('501 components; at most 500');
});

test('an act writes itself into the text, and undo takes it out again', async () => {
  await actions.intervene({ verb: 'crash', target: 'redis' });
  expect(state.text.value).toBe(acted);
  expect(state.added.value).toEqual({ first: 2, count: 2 });
  expect(state.ghostName.value).toBe('before your act');
  await actions.undo();
  expect(state.text.value).toBe(loaded);
  expect(state.added.value).toBeNull();
  expect(state.ghostName.value).toBe('with your act');
});

test('a box that was moved stays where it was put through acts and undo', async () => {
  actions.placeBox('redis', 10, 20);
  expect(state.text.value).toContain('redis: [10, 20]');
  await actions.intervene({ verb: 'crash', target: 'redis' });
  expect(state.text.value).toContain('redis: [10, 20]');
  expect(state.text.value).toContain('crash: redis');
  await actions.undo();
  expect(state.text.value).toBe(`${loaded}\npositions:\n  redis: [10, 20]\n`);
});

test('an act while a text is being edited leaves the edited text alone', async () => {
  state.draft.value = 'name: b\n';
  await actions.intervene({ verb: 'crash', target: 'redis' });
  expect(state.draft.value).toBe('name: b\n');
});

test('times outside the run mean its ends', async () => {
  await actions.seek(-5);
  await actions.seek(1e9);
  expect(session.seek).toHaveBeenNthCalledWith(1, 0);
  expect(session.seek).toHaveBeenNthCalledWith(2, view.durationSeconds);
});

test('a step back is a seek from a run that stands still', async () => {
  state.time.value = 5;
  state.play.value = 'playing';
  await actions.step(-0.001);
  expect(session.pause).toHaveBeenCalled();
  expect(session.seek).toHaveBeenCalledWith(4.999);
  await actions.step('event');
  expect(session.step).toHaveBeenCalledWith('event');
});

test('without a selection an act says what is missing', async () => {
  await actions.interveneOnSelection('slow');
  expect(state.notice.value).toContain('Select something first');
  await actions.flushSelection();
  expect(state.notice.value).toContain('Only a cache');
  await actions.undo();
  expect(state.notice.value).toContain('nothing to undo');
  expect(session.intervene).not.toHaveBeenCalled();
});

test('one mark stands at one time, and the nearest is taken away', () => {
  actions.addBookmark(3);
  actions.addBookmark(3);
  actions.addBookmark(9);
  expect(state.bookmarks.value).toEqual([3, 9]);
  actions.removeBookmark(8);
  expect(state.bookmarks.value).toEqual([3]);
});
