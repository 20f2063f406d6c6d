/** The way to what is put away on a narrow page; a wide page shows all and hides this button. */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

interface MoreProps {
  readonly word: string;
  /** Id of what it shows. */
  readonly controls: string;
  readonly isOpen: Signal<boolean>;
}

export function More({ word, controls, isOpen }: MoreProps): JSX.Element {
  return (
    <button
      type="button"
      class="button square more-button"
      aria-label={word}
      aria-expanded={isOpen.value}
      aria-controls={controls}
      title={word}
      onClick={() => (isOpen.value = !isOpen.value)}
    >
      <Icon name="more" />
    </button>
  );
}
