/** What the requirements of the file have come to so far, in words. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { VerdictView } from '../protocol/frame.ts';
import { Warning } from './banners.tsx';
import { VerdictSign } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { ghostWords, takeApart, verdictHeadline, verdictSentence, verdictStory } from './words.ts';

/** In the words of the headline, which counts them. */
const shortWords: Readonly<Record<VerdictView['verdict'], string>> = {
  PASS: 'met',
  FAIL: 'missed',
  'NOT ENOUGH EVIDENCE': 'open',
};
/** A verdict that swings to and fro is announced once it has stood so long, ms. */
const announceAfterMs = 1200;

interface VerdictBarProps {
  readonly state: PageState;
  /** Looks into a percentile that is missed: of one operation, or (null) of all. */
  readonly onWhy: (operation: string | null) => void;
}

export function VerdictBar({ state, onWhy }: VerdictBarProps): JSX.Element {
  const verdicts = verdictsOf(state);
  const worst = worstOf(verdicts);
  const ghost = state.ghost.value?.verdicts ?? [];
  const story = verdictStory(verdicts);
  return (
    <section class="verdict-bar" aria-label="Verdict">
      <Announcement verdicts={verdicts} />
      <div class="verdict-headline">
        <VerdictSign verdict={worst} />
        <div>
          <strong>{verdictHeadline(verdicts)}</strong>
          <span class="verdict-ending">{state.ending.value ?? 'so far in this run'}</span>
        </div>
      </div>
      <ul class="verdicts" tabIndex={0} aria-label="Requirements">
        {worstFirst(verdicts).map((verdict) => (
          <Verdict
            key={verdict.text}
            verdict={verdict}
            onWhy={onWhy}
            before={ghostWords(
              state.ghostName.value,
              ghost.find(({ text }) => text === verdict.text),
            )}
          />
        ))}
      </ul>
      <div class="verdict-line" data-verdict={worst}>
        <p class="verdict-story" data-verdict={worst} title={story}>
          {story}
        </p>
        <Warning state={state} />
      </div>
    </section>
  );
}

/** Heard, not seen: speaks when a verdict or its cause has changed, not when a number has. */
function Announcement({ verdicts }: { readonly verdicts: readonly VerdictView[] }): JSX.Element {
  const said = useSignal('');
  const key = verdicts.map(({ verdict, cause }) => `${verdict} ${cause ?? ''}`).join('\n');
  const words = useRef('');
  words.current = `${verdictHeadline(verdicts)}. ${verdictStory(verdicts)}`;
  useEffect(() => {
    const wait = said.peek() === '' ? 0 : announceAfterMs;
    const timer = setTimeout(() => (said.value = words.current), wait);
    return () => clearTimeout(timer);
  }, [key]);
  return (
    <p class="visually-hidden" role="status">
      {said.value}
    </p>
  );
}

interface VerdictProps {
  readonly verdict: VerdictView;
  /** What it was in the future that an act has replaced. */
  readonly before: string | null;
  readonly onWhy: VerdictBarProps['onWhy'];
}

function Verdict({ verdict: view, before, onWhy }: VerdictProps) {
  const { text, verdict, measured, cause } = view;
  const { subject, wanted } = takeApart(text);
  // Such as "41.8 ms (40.7 ms to 42.9 ms)".
  const [value, interval] = measured.split(' (');
  return (
    <li class="verdict" data-verdict={verdict} title={cause ?? verdictSentence(view)}>
      <VerdictSign verdict={verdict} />
      <div class="verdict-words">
        <span class="verdict-subject">
          <span class="verdict-word">{shortWords[verdict]}: </span>
          {subject}
          {wanted !== '' && `, wanted ${wanted}`}
        </span>{' '}
        <span class="verdict-numbers">
          <b>{value}</b>
          {before !== null ? (
            <span class="verdict-before" title="The old future, as far as it had been played">
              {before}
            </span>
          ) : (
            interval !== undefined && <span class="verdict-interval">({interval}</span>
          )}
        </span>
      </div>
      {verdict === 'FAIL' && /^p\d/.test(subject) && (
        <button
          type="button"
          class="button why-button"
          aria-label={`Why is ${subject} missed?`}
          onClick={() => onWhy(/ of (\S+)/.exec(subject)?.[1] ?? null)}
        >
          Why?
        </button>
      )}
    </li>
  );
}

/** Before the first verdicts arrive, every requirement is open. */
function verdictsOf(state: PageState): readonly VerdictView[] {
  if (state.verdicts.value.length > 0) return state.verdicts.value;
  const requirements = state.view.value?.requirements ?? [];
  return requirements.map(({ text }) => ({
    text,
    verdict: 'NOT ENOUGH EVIDENCE',
    measured: '–',
    cause: null,
  }));
}

const order = ['FAIL', 'NOT ENOUGH EVIDENCE', 'PASS'] as const;

function worstOf(verdicts: readonly VerdictView[]): VerdictView['verdict'] {
  const found = order.find((one) => verdicts.some(({ verdict }) => verdict === one));
  return found ?? 'NOT ENOUGH EVIDENCE';
}

/** What is missed stands in front, where it is seen without scrolling. */
function worstFirst(verdicts: readonly VerdictView[]): readonly VerdictView[] {
  return order.flatMap((one) => verdicts.filter(({ verdict }) => verdict === one));
}
