/** All that has happened, to be filtered; choosing a line goes there and selects its target. */

import { useComputed, useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { clock } from '../base/measured.ts';
import type { Happening } from '../protocol/frame.ts';
import type { Actions } from './actions.ts';
import { eventLines, kindsOf, type EventLine } from './event-filter.ts';
import { HappeningSign } from './happening-sign.tsx';
import type { PageState } from './page-state.ts';

interface EventLogProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function EventLog({ state, actions }: EventLogProps): JSX.Element {
  const kind = useSignal<Happening['kind'] | null>(null);
  const text = useSignal('');
  const newestFirst = useSignal(true);
  const withGhost = useSignal(false);
  const list = useRef<HTMLOListElement>(null);
  const all = state.happenings.value;
  const ghost = state.ghost.value?.happenings ?? [];
  const filter = { kind: kind.value, text: text.value, newestFirst: newestFirst.value };
  // The list is drawn anew when the present passes an event, not whenever the clock moves.
  const present = useComputed(() => {
    const passed = state.happenings.value.filter(({ time }) => time <= state.time.value + 1e-9);
    return passed.at(-1)?.time ?? -1;
  });
  const lines = eventLines(all, withGhost.value ? ghost : [], present.value, filter);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
  };
  return (
    <section class="event-log" aria-label="Events">
      <Filters {...{ kind, text, newestFirst, withGhost, all, ghosts: ghost.length }} />
      {lines.length === 0 ? (
        <p class="quiet event-none">
          {all.length === 0 ? 'Nothing has happened yet.' : 'No event is like that.'}
        </p>
      ) : (
        <ol class="events" data-own-arrows ref={list} onKeyDown={move}>
          {lines.map((line, place) => (
            <li key={`${line.isGhost}${line.happening.time}${line.happening.text}${place}`}>
              <Line line={line} onChoose={() => void choose(line, { state, actions })} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface FiltersProps {
  readonly kind: Signal<Happening['kind'] | null>;
  readonly text: Signal<string>;
  readonly newestFirst: Signal<boolean>;
  readonly withGhost: Signal<boolean>;
  readonly all: readonly Happening[];
  /** Happenings of the future that was left. */
  readonly ghosts: number;
}

function Filters(props: FiltersProps): JSX.Element {
  const { kind, text, newestFirst, withGhost, all, ghosts } = props;
  return (
    <div class="event-filters">
      <label>
        <span class="visually-hidden">Kind of event</span>
        <select
          class="select"
          value={kind.value ?? ''}
          onChange={({ currentTarget: { value } }) =>
            (kind.value = value === '' ? null : (value as Happening['kind']))
          }
        >
          <option value="">all kinds ({all.length})</option>
          {kindsOf(all).map(({ kind: one, count }) => (
            <option key={one} value={one}>
              {one} ({count})
            </option>
          ))}
        </select>
      </label>
      <label class="event-search">
        <span class="visually-hidden">Words in the event</span>
        <input
          class="field"
          type="search"
          placeholder="Filter by words"
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
      </label>
      <button
        type="button"
        class="button"
        aria-pressed={newestFirst.value}
        onClick={() => (newestFirst.value = !newestFirst.value)}
      >
        Newest first
      </button>
      {ghosts > 0 && (
        <button
          type="button"
          class="button"
          aria-pressed={withGhost.value}
          onClick={() => (withGhost.value = !withGhost.value)}
        >
          With the future before ({ghosts})
        </button>
      )}
    </div>
  );
}

/** A future that was left cannot be gone to; its target can be looked at. */
async function choose({ happening, isGhost }: EventLine, props: EventLogProps): Promise<void> {
  const { state, actions } = props;
  actions.select(happening.target);
  if (isGhost) return;
  // Whoever goes to a moment wants to see it, not to fly past it.
  if (state.play.value === 'playing') await actions.togglePlay();
  await actions.seek(happening.time);
}

function Line({ line, onChoose }: { readonly line: EventLine; readonly onChoose: () => void }) {
  const { happening, isAhead, isGhost } = line;
  const { time, kind, target, text } = happening;
  const remark = isGhost ? 'in the future before' : isAhead ? 'ahead' : '';
  return (
    <button
      type="button"
      class="event"
      data-ahead={isAhead}
      data-ghost={isGhost}
      onClick={onChoose}
    >
      <HappeningSign kind={kind} />
      <time>{clock(time)}</time>
      <span class="event-kind">{kind}</span>
      <span class="event-target">{target}</span>
      <span class="event-text">
        {text}
        {remark !== '' && <em>, {remark}</em>}
      </span>
    </button>
  );
}
