/** One sign for each kind of happening, told apart by shape. */

import type { JSX } from 'preact';
import type { Happening } from '../protocol/frame.ts';

const drawings: Readonly<
  Record<Happening['kind'], { readonly d: string; readonly color: string }>
> = {
  fault: { d: 'M3 3l6 6M9 3l-6 6', color: 'var(--failed)' },
  loss: { d: 'M6 1.5l4.5 8.5h-9zM6 4.8v2', color: 'var(--failed)' },
  budget: { d: 'M2 2h8v8H2zM4 4l4 4M8 4l-4 4', color: 'var(--failed)' },
  health: { d: 'M1.5 6h2l1.5-3.5 2 7L8.5 6h2', color: 'var(--slow)' },
  scaling: { d: 'M2 4.5V2h2.5M2 2l3 3M10 7.5V10H7.5M10 10L7 7', color: 'var(--flight)' },
  detection: {
    d: 'M5 1.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M7.5 7.5l3 3',
    color: 'var(--slow)',
  },
  election: { d: 'M6 1.5L10.5 6 6 10.5 1.5 6z', color: 'var(--slow)' },
  promotion: { d: 'M1.5 3.5L4 6l2-4 2 4 2.5-2.5-1 6.5h-7z', color: 'var(--ok)' },
  redirection: { d: 'M1.5 9V6.5a2 2 0 0 1 2-2h6M7 2l2.8 2.5L7 7', color: 'var(--flight)' },
  recovery: { d: 'M2 6.5l2.8 2.8L10 3', color: 'var(--ok)' },
};

export function HappeningSign({ kind }: { readonly kind: Happening['kind'] }): JSX.Element {
  const { d, color } = drawings[kind];
  return (
    <svg class="happening-sign" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path
        d={d}
        fill="none"
        stroke={color}
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
