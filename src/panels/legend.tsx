/** What the shapes on the stage mean, and what one of them stands for. */

import type { JSX } from 'preact';
import { shortCount } from '../base/measured.ts';
import type { PageState, TrafficNote } from './page-state.ts';

const shapes: readonly { readonly name: string; readonly sign: JSX.Element }[] = [
  { name: 'read', sign: <circle cx="6" cy="6" r="4" fill="var(--flight)" /> },
  { name: 'write', sign: <rect x="2.2" y="2.2" width="7.6" height="7.6" fill="var(--write)" /> },
  { name: 'replication', sign: <path d="M6 .8L11.2 6 6 11.2.8 6z" fill="var(--write)" /> },
  { name: 'retry', sign: <path d="M11 6L2 1v10z" fill="var(--slow)" /> },
  {
    name: 'reply',
    sign: <circle cx="6" cy="6" r="3.6" fill="none" stroke="var(--ok)" stroke-width="1.8" />,
  },
  {
    name: 'failed reply',
    sign: <path d="M2 2l8 8M10 2l-8 8" stroke="var(--failed)" stroke-width="2.4" />,
  },
];

export function Legend({ state }: { readonly state: PageState }): JSX.Element {
  const { mode, requestsPerDot, crowded } = state.traffic.value;
  return (
    <div class="legend">
      <strong class="legend-scale">{scale(state.traffic.value)}</strong>
      {mode === 'dots' && requestsPerDot !== Infinity ? (
        <>
          <ul>
            {shapes.map(({ name, sign }) => (
              <li key={name}>
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  {sign}
                </svg>
                {name}
              </li>
            ))}
          </ul>
          <span class="legend-note">
            {crowded
              ? 'more traffic than dots: widths and numbers stay exact'
              : 'travel is drawn no faster than 0.45 s'}
          </span>
        </>
      ) : (
        <span class="legend-note">
          {mode === 'still'
            ? 'motion is reduced: width and numbers show calls per second'
            : 'too fast for dots: width and numbers show calls per second'}
        </span>
      )}
    </div>
  );
}

function scale({ mode, requestsPerDot }: TrafficNote): string {
  if (mode !== 'dots' || requestsPerDot === Infinity) return '› = traffic';
  const count = requestsPerDot === 1 ? '1 request' : `${shortCount(requestsPerDot)} requests`;
  return `1 dot = ${count}`;
}
