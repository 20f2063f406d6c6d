/** What the requirements of the file have come to so far, in words. */

import type { JSX } from 'preact';
import type { VerdictView } from '../protocol/frame.ts';
import { VerdictSign } from './icons.tsx';
import type { PageState } from './page-state.ts';
import { takeApart, verdictHeadline, verdictWords } from './words.ts';

export function VerdictBar({ state }: { readonly state: PageState }): JSX.Element {
  const verdicts = verdictsOf(state);
  const worst = worstOf(verdicts);
  return (
    <section class="verdict-bar" aria-label="Verdict">
      <div class="verdict-headline" role="status">
        <VerdictSign verdict={worst} />
        <div>
          <strong>{verdictHeadline(verdicts)}</strong>
          <span class="verdict-ending">{state.ending.value ?? 'so far in this run'}</span>
        </div>
      </div>
      <ul class="verdicts" tabIndex={0} aria-label="Requirements">
        {worstFirst(verdicts).map((verdict) => (
          <Verdict key={verdict.text} verdict={verdict} />
        ))}
      </ul>
    </section>
  );
}

function Verdict({ verdict: { text, verdict, measured } }: { readonly verdict: VerdictView }) {
  const { subject, wanted } = takeApart(text);
  // Such as "41.8 ms (40.7 ms to 42.9 ms)".
  const [value, interval] = measured.split(' (');
  return (
    <li class="verdict" data-verdict={verdict}>
      <VerdictSign verdict={verdict} />
      <div class="verdict-words">
        <span class="verdict-subject">
          <span class="verdict-word">{verdictWords[verdict]}: </span>
          {subject}
          {wanted !== '' && `, wanted ${wanted}`}
        </span>{' '}
        <span class="verdict-numbers">
          <b>{value}</b>
          {interval !== undefined && <span class="verdict-interval">({interval}</span>}
        </span>
      </div>
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
