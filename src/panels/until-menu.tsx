/** Runs on until something is true: a time, a happening, a slow p99, a long queue, a failure. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Happening } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Until } from '../protocol/session.ts';
import type { Actions } from './actions.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { readTime, spokenTime } from './time-words.ts';

interface UntilProps {
  readonly state: PageState;
  readonly actions: Actions;
}

const happeningKinds: readonly Happening['kind'][] = [
  'fault',
  'recovery',
  'detection',
  'election',
  'promotion',
  'redirection',
  'health',
  'scaling',
  'loss',
];

export function UntilMenu({ state, actions }: UntilProps): JSX.Element {
  const isOpen = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen.value) return undefined;
    place.current?.querySelector<HTMLElement>('.until-menu input')?.focus();
    const close = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) isOpen.value = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [isOpen.value]);
  const run = (until: Until) => {
    isOpen.value = false;
    void actions.runUntil(until);
  };
  return (
    <div
      class="until"
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen.value) return;
        event.stopPropagation();
        isOpen.value = false;
        place.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        class="button"
        aria-expanded={isOpen.value}
        aria-controls="until-menu"
        title="Run on as fast as possible until something is true"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name="until" />
        Run until …
      </button>
      {isOpen.value && state.view.value !== null && (
        <Menu state={state} view={state.view.value} onRun={run} />
      )}
    </div>
  );
}

interface MenuProps {
  readonly state: PageState;
  readonly view: ScenarioView;
  readonly onRun: (until: Until) => void;
}

function Menu({ state, view, onRun }: MenuProps): JSX.Element {
  const operations = view.series
    .filter(({ chart, label }) => chart === 'latency' && label.startsWith('p99 '))
    .map(({ label }) => label.slice('p99 '.length));
  const queues = view.series.filter(({ chart }) => chart === 'queue').map(({ label }) => label);
  const target = view.requirements.find(({ targetMs }) => targetMs !== null)?.targetMs ?? 100;
  const next = Math.min(view.durationSeconds, Math.ceil(state.time.peek()) + 10);
  return (
    <div class="until-menu" id="until-menu" role="group" aria-label="Run until">
      <Line
        onRun={(form) => {
          const seconds = readTime(form.get('time') ?? '');
          if (seconds === null) state.notice.value = 'Write a time such as 1:30, 90s or 250ms.';
          else onRun({ kind: 'time', seconds });
        }}
      >
        <label>
          it is <input name="time" size={7} defaultValue={spokenTime(next)} />
        </label>
      </Line>
      <Line
        onRun={(form) => {
          const of = happeningKinds.find((kind) => kind === form.get('of')) ?? null;
          onRun({ kind: 'happening', of });
        }}
      >
        <label>
          the next <Choice name="of" any="happening" of={happeningKinds} />
        </label>
      </Line>
      <Line
        onRun={(form) => {
          const aboveMs = Number(form.get('above'));
          onRun({ kind: 'p99', operation: form.get('of') || null, aboveMs });
        }}
      >
        <label>
          p99 of <Choice name="of" any="any operation" of={operations} />
        </label>
        <label>
          is above <input name="above" type="number" min="0" step="any" defaultValue={target} /> ms
        </label>
      </Line>
      <Line
        onRun={(form) => {
          const above = Number(form.get('above'));
          onRun({ kind: 'queue', component: form.get('of') || null, above });
        }}
      >
        <label>
          at <Choice name="of" any="any component" of={queues} />
        </label>
        <label>
          more than <input name="above" type="number" min="0" defaultValue={50} /> wait
        </label>
      </Line>
      <Line onRun={() => onRun({ kind: 'failure' })}>
        <span>the first request fails</span>
      </Line>
    </div>
  );
}

interface LineProps {
  readonly children: ComponentChildren;
  readonly onRun: (form: { get(name: string): string | null }) => void;
}

function Line({ children, onRun }: LineProps): JSX.Element {
  return (
    <form
      class="until-line"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        onRun({ get: (name) => form.get(name) as string | null });
      }}
    >
      <span class="until-words">{children}</span>
      <button type="submit" class="button">
        Run
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  /** What it says when nothing in particular is chosen. */
  readonly any: string;
  readonly of: readonly string[];
}

function Choice({ name, any, of }: ChoiceProps): JSX.Element {
  return (
    <select name={name} class="select">
      <option value="">{any}</option>
      {of.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
