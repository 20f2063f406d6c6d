/** The state of a node as a small sign; the shapes repeat those on the stage. */

import type { JSX } from 'preact';
import type { NodeState } from '../protocol/node-reading.ts';

const drawings: Readonly<Record<NodeState, { readonly d: string; readonly color: string }>> = {
  up: { d: 'M3 8.4l3.4 3.4L13 5', color: 'var(--ok)' },
  starting: { d: 'M4 3h8M4 13h8M5 3c0 5 6 5 6 10M11 3c0 5-6 5-6 10', color: 'var(--outline)' },
  slow: { d: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3l2.2 1.4', color: 'var(--slow)' },
  down: { d: 'M4 4l8 8M12 4l-8 8', color: 'var(--failed)' },
  off: { d: 'M5 4.5a5 5 0 1 0 6 0M8 2.5v5', color: 'var(--outline)' },
  cut: { d: 'M1.5 8H6M10 8h4.5M7 11l2-6', color: 'var(--outline)' },
};

export function StateSign({ state }: { readonly state: NodeState }): JSX.Element {
  const { d, color } = drawings[state];
  return (
    <svg class="state-sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={d}
        fill="none"
        stroke={color}
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
