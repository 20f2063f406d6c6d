/** A quiet line while a lost simulation is brought back, and a loud one when that is given up. */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { assertNever } from '../base/assert.ts';
import { Icon } from './icons.tsx';

/** `how` completes "The simulation …", such as "stopped answering". */
export type RecoveryNote =
  /** It is replayed to the time seen last, s. */
  | { readonly kind: 'returning'; readonly how: string; readonly seconds: number }
  | {
      readonly kind: 'back';
      readonly how: string;
      readonly seconds: number;
      /** The hash is that of the lost run; null when there was none to compare with. */
      readonly same: boolean | null;
    }
  | { readonly kind: 'stopped'; readonly how: string; readonly again: () => void };

/** A good end needs no answer, so it goes by itself, ms. */
const goneAfterMs = 8000;

export function Recovery({
  note,
}: {
  readonly note: Signal<RecoveryNote | null>;
}): JSX.Element | null {
  const shown = note.value;
  useEffect(() => {
    if (shown?.kind !== 'back' || shown.same === false) return undefined;
    const timer = window.setTimeout(() => (note.value = null), goneAfterMs);
    return () => window.clearTimeout(timer);
  }, [shown]);
  return (
    <div class="recovery" role="status">
      {shown !== null && (
        <div class="recovery-note" data-kind={shown.kind}>
          <span>{sentence(shown)}</span>
          {shown.kind === 'stopped' && (
            <button type="button" class="button primary" onClick={shown.again}>
              Try again
            </button>
          )}
          {shown.kind === 'back' && (
            <button
              type="button"
              class="button square"
              aria-label="Dismiss"
              onClick={() => (note.value = null)}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      )}
    </div>
  );
}

export function sentence(note: RecoveryNote): string {
  const lost = `The simulation ${note.how}`;
  switch (note.kind) {
    case 'returning':
      return `${lost}; it is being brought back to ${seconds(note)}.`;
    case 'back':
      if (note.same === null) return `${lost}; it is back at ${seconds(note)}.`;
      return note.same
        ? `${lost}; it is back at ${seconds(note)}, in the same state to the last bit.`
        : `${lost}; it is back at ${seconds(note)}, but in another state than before. ` +
            'That should not be possible: please report it with this file.';
    case 'stopped':
      return (
        `${lost}, for the fourth time within half a minute, so it was not started again. ` +
        'Your text is as you left it.'
      );
    default:
      return assertNever(note);
  }
}

function seconds({ seconds: at }: { readonly seconds: number }): string {
  return `${at.toFixed(1)} s`;
}
