/** What the shapes on the stage mean: those that can be seen now, and how much one of them is. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { shortCount } from '../base/measured.ts';
import type { PageState, TrafficNote } from './page-state.ts';

interface Entry {
  readonly words: string;
  readonly sign: JSX.Element;
}

const failed = 'var(--failed)';
const soft = 'var(--ink-soft)';

/** By the name of the mark, in the order in which the stage lists them. */
const entries: Readonly<Record<string, Entry>> = {
  read: { words: 'read', sign: <circle cx="6" cy="6" r="4" fill="var(--flight)" /> },
  write: {
    words: 'write',
    sign: <rect x="2.2" y="2.2" width="7.6" height="7.6" fill="var(--write)" />,
  },
  replication: {
    words: 'replication',
    sign: <path d="M6 .8L11.2 6 6 11.2.8 6z" fill="var(--write)" />,
  },
  retry: { words: 'retry', sign: <path d="M11 6L2 1v10z" fill="var(--slow)" /> },
  draining: {
    words: 'fill = time left',
    sign: (
      <>
        {ring('var(--flight)', 3.8, 1.3)}
        <path d="M6 2.2a3.8 3.8 0 0 0 0 7.6z" fill="var(--flight)" />
      </>
    ),
  },
  reply: { words: 'answer', sign: ring('var(--ok)', 3.6, 1.8) },
  failed: { words: 'failed', sign: stroke('M2 2l8 8M10 2l-8 8', failed, 2.4) },
  hit: {
    words: 'cache hit',
    sign: (
      <>
        {ring('var(--ok)', 4.6, 1.4)}
        <circle cx="6" cy="6" r="1.8" fill="var(--ok)" />
      </>
    ),
  },
  miss: {
    words: 'after a miss',
    sign: ring('var(--flight)', 3.6, 2),
  },
  eviction: {
    words: 'evicted',
    sign: (
      <rect x="3" y="3" width="6.5" height="6.5" fill="none" stroke={soft} stroke-width="1.8" />
    ),
  },
  swallowed: { words: 'swallowed', sign: stroke('M6 0v8M3 5.5l3 3.5 3-3.5', soft, 1.8) },
  probe: { words: 'health probe', sign: stroke('M6 1.5v9', 'var(--ok)', 2) },
  'failed-probe': {
    words: 'failed probe',
    sign: (
      <>
        {stroke('M3 1.5v9', soft, 2)}
        {stroke('M5.5 4l5 5M10.5 4l-5 5', failed, 1.8)}
      </>
    ),
  },
  primary: {
    words: 'primary',
    sign: <path d="M1 3.5l2.6 2L6 2l2.4 3.5 2.6-2-1 6.5H2z" fill="var(--ink)" />,
  },
  lag: {
    words: 'replica lag',
    sign: stroke('M1 4h10M1 4v4M4 4v2.5M7.500 4v2.500M11 4v4', soft, 1.3),
  },
  hot: {
    words: 'hot: × fair share',
    sign: <rect x="1" y="4.500" width="10" height="3" rx="1.5" fill="var(--slow)" />,
  },
  down: { words: 'down', sign: stroke('M1 11L11 1M1 6l5-5M6 11l5-5', failed, 1.4) },
  slow: { words: 'slow', sign: clockSign() },
  cut: { words: 'cut off', sign: stroke('M0 6h3.500M8.500 6H12M5 9.500l2-7', soft, 1.6) },
  ejected: { words: 'ejected', sign: <path d="M6 1.500l4 5H2zM2 8.500h8v2H2z" fill={soft} /> },
  starting: { words: 'starting', sign: stroke('M2 10V2h8v3', 'var(--ok)', 2) },
  lossy: { words: 'lossy', sign: stroke('M0 6h2M5 6h2M10 6h2', 'var(--slow)', 2.5) },
  stampede: { words: 'stampede', sign: stroke('M0 6h12', 'var(--slow)', 4) },
};

export function Legend({ state }: { readonly state: PageState }): JSX.Element {
  const { mode, requestsPerDot, marks, evictionsPerSquare } = state.traffic.value;
  /** Matters on a low or narrow stage, which has no room for the signs. */
  const isOpen = useSignal(false);
  return (
    <div class={isOpen.value ? 'legend open' : 'legend'}>
      <strong class="legend-scale">{scale(state.traffic.value)}</strong>
      <button
        type="button"
        class="legend-button"
        aria-expanded={isOpen.value}
        aria-controls="legend-signs"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        legend
      </button>
      <div class="legend-signs" id="legend-signs">
        <ul role="list">
          {marks.map((mark) => {
            const entry = entries[mark];
            if (entry === undefined) return null;
            const count = mark === 'eviction' ? ` ×${shortCount(evictionsPerSquare)}` : '';
            return (
              <li key={mark}>
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  {entry.sign}
                </svg>
                {entry.words}
                {count}
              </li>
            );
          })}
        </ul>
        <span class="legend-note">{note(mode, requestsPerDot, state.traffic.value.crowded)}</span>
      </div>
    </div>
  );
}

function note(mode: TrafficNote['mode'], requestsPerDot: number, crowded: boolean): string {
  if (mode === 'still') return 'motion is reduced: width and numbers show calls per second';
  if (mode === 'flow' || requestsPerDot === Infinity) {
    return 'too fast for dots: width and numbers show calls per second';
  }
  return crowded
    ? 'more traffic than dots: widths and numbers stay exact'
    : 'travel is drawn no faster than 0.45 s';
}

function scale({ mode, requestsPerDot }: TrafficNote): string {
  if (mode !== 'dots' || requestsPerDot === Infinity) return '› = traffic';
  const count = requestsPerDot === 1 ? '1 request' : `${shortCount(requestsPerDot)} requests`;
  return `1 dot = ${count}`;
}

function ring(color: string, radius: number, width: number): JSX.Element {
  return <circle cx="6" cy="6" r={radius} fill="none" stroke={color} stroke-width={width} />;
}

function stroke(path: string, color: string, width: number): JSX.Element {
  return <path d={path} fill="none" stroke={color} stroke-width={width} />;
}

function clockSign(): JSX.Element {
  return (
    <>
      {ring('var(--slow)', 5, 1.4)}
      {stroke('M6 3v3l2.500 1', 'var(--ink)', 1.3)}
    </>
  );
}
