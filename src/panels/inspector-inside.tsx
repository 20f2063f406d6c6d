/** What goes on inside the selected place at this moment, asked for twice a second at the most. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { shortMilliseconds, shortCount } from '../base/measured.ts';
import type { Inside as InsideView, PresentRequest } from '../protocol/inside.ts';
import type { Actions } from './actions.ts';
import { Contents } from './cache-contents.tsx';
import type { PageState } from './page-state.ts';

const askEveryMs = 500;

interface InsideProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly path: string;
}

export function Inside({ state, actions, path }: InsideProps): JSX.Element | null {
  const inside = useSignal<InsideView | null>(null);
  useEffect(
    () => keepAsking({ state, actions, path }, (answer) => (inside.value = answer)),
    [path],
  );
  const now = inside.value;
  if (now === null || now.path !== path) return null;
  const isEdge = path.includes('>');
  return (
    <section class="inside" aria-label="Inside">
      <h3>Inside, now</h3>
      {now.facts.length > 0 && (
        <dl class="facts">
          {now.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {now.contents !== null && <Contents contents={now.contents} />}
      <Line
        actions={actions}
        word={isEdge ? 'on the way' : 'served'}
        all={now.servedInAll}
        shown={now.served}
      />
      <Line
        actions={actions}
        word={isEdge ? 'pausing before a retry' : 'waiting, first in line first'}
        all={now.waitingInAll}
        shown={now.waiting}
      />
      {now.keys !== null && now.keys.length > 0 && (
        <p class="quiet">
          Leaving next: {now.keys.map(({ key, dataset }) => `${dataset} ${key}`).join(', ')}
        </p>
      )}
    </section>
  );
}

/** Asks whenever the picture has changed, with a pause in between; gives back what ends it. */
function keepAsking(
  { state, actions, path }: InsideProps,
  take: (answer: InsideView | null) => void,
): () => void {
  let isOver = false;
  let isAsking = false;
  let askedMs = -Infinity;
  const ask = async (): Promise<void> => {
    isAsking = true;
    askedMs = performance.now();
    const answer = await actions.inquiry.inside(path);
    isAsking = false;
    if (!isOver) take(answer);
  };
  let isDue = true;
  const stop = state.calmNodes.subscribe(() => {
    isDue = true;
  });
  const timer = window.setInterval(() => {
    const isSoon = performance.now() - askedMs < askEveryMs;
    if (!isDue || isAsking || isSoon || document.hidden) return;
    isDue = false;
    void ask();
  }, 100);
  return () => {
    isOver = true;
    stop();
    window.clearInterval(timer);
  };
}

interface LineProps {
  readonly actions: Actions;
  readonly word: string;
  readonly all: number;
  readonly shown: readonly PresentRequest[];
}

/** Each request that has a number opens its waterfall. */
function Line({ actions, word, all, shown }: LineProps): JSX.Element | null {
  if (all === 0) return null;
  return (
    <div class="present">
      <p>
        <b>{shortCount(all)}</b> {word}
      </p>
      <ul>
        {shown.map((one, place) => (
          <li key={place}>
            <Request {...{ actions, one }} />
          </li>
        ))}
        {all > shown.length && <li class="quiet">and {shortCount(all - shown.length)} more</li>}
      </ul>
    </div>
  );
}

function Request(props: { readonly actions: Actions; readonly one: PresentRequest }): JSX.Element {
  const { actions, one } = props;
  const words = `${one.operation}${one.attempt > 1 ? `, try ${one.attempt}` : ''}`;
  const since = shortMilliseconds(one.sinceMs);
  if (one.request === 0 && one.origin === null) {
    return (
      <span class="present-request">
        <span>{words}</span> <span>{since}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      class="present-request"
      title="Take this request apart"
      onClick={() => void actions.inquiry.openPresent(one)}
    >
      <span>{words}</span> <span>{since}</span>
    </button>
  );
}
