/** What went wrong, in a line across the page; and that the system on screen is not stable. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';

export function Banners({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <div class="banners">
      <Trouble state={state} />
    </div>
  );
}

function Trouble({ state }: { readonly state: PageState }): JSX.Element | null {
  const { trouble } = state;
  if (trouble.value === null) return null;
  const dismiss = () => (trouble.value = null);
  return (
    <div class="trouble" role="alert">
      <span>{trouble.value}</span>
      <Dismiss onClick={dismiss} />
    </div>
  );
}

/** Once dismissed it stays away until something else is said. */
export function Warning({ state }: { readonly state: PageState }): JSX.Element {
  const dismissed = useSignal<string | null>(null);
  const words = state.warning.value;
  const kind = kindOf(words);
  useEffect(() => {
    if (kind === null) dismissed.value = null;
  }, [kind]);
  const isShown = words !== null && dismissed.value !== kind;
  return (
    <div class="warning-place" role="status">
      {isShown && (
        <div class="warning">
          <span title={`Unstable: ${words}.`}>Unstable: {words}.</span>
          <Dismiss onClick={() => (dismissed.value = kind)} />
        </div>
      )}
    </div>
  );
}

/** Numbers in it may change without anything new being said. */
function kindOf(words: string | null): string | null {
  return words?.replace(/[\d.,]+/g, '#') ?? null;
}

function Dismiss({ onClick }: { readonly onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="button square" aria-label="Dismiss" onClick={onClick}>
      <Icon name="close" />
    </button>
  );
}
