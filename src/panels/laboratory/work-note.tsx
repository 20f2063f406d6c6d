/** How far a question to the laboratory is, in words; with a way to end it, or to ask again. */

import type { JSX } from 'preact';
import type { Work } from './laboratory.ts';

interface WorkNoteProps<Result> {
  readonly work: Work<Result>;
  /** What is going to happen, before it has been asked for. */
  readonly offer: string;
  readonly onStart: () => void;
  readonly startWord: string;
  readonly onCancel: () => void;
  readonly canStart: boolean;
}

export function WorkNote<Result>(props: WorkNoteProps<Result>): JSX.Element | null {
  const { work, offer, onStart, startWord, onCancel, canStart } = props;
  if (work.state === 'done') return null;
  if (work.state === 'busy') {
    const isKnown = Number.isFinite(work.share);
    return (
      <div class="lab-work" data-state="busy">
        <progress
          max={1}
          aria-label="Progress of the laboratory"
          {...(isKnown ? { value: work.share } : {})}
        />
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
        <p role="status">{work.words}</p>
      </div>
    );
  }
  return (
    <div class="lab-work" data-state={work.state}>
      {work.state === 'failed' ? (
        <p role="alert">
          <b>
            <span aria-hidden="true">✕ </span>
            {work.why}
          </b>{' '}
          {work.cure}
        </p>
      ) : (
        <p>{work.state === 'cancelled' ? 'Cancelled; nothing was changed.' : offer}</p>
      )}
      <button type="button" class="button primary" disabled={!canStart} onClick={onStart}>
        {work.state === 'none' ? startWord : 'Try again'}
      </button>
    </div>
  );
}
