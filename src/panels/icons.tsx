/** Small line icons, 16 px, in the colour of the text around them. A label always says the same. */

import type { JSX } from 'preact';
import type { VerdictView } from '../protocol/frame.ts';

const paths = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  restart: 'M3.2 8a4.8 4.8 0 1 0 1.6-3.6M3 2.2v3h3',
  open: 'M2 12.5v-9h4l1.5 1.8H14v7.2z',
  text: 'M3 3.5h10M3 6.5h7M3 9.5h10M3 12.5h5',
  sun:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6' +
    'M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6',
  help: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M8 12.2v.6',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  close: 'M4 4l8 8M12 4l-8 8',
  crash: 'M4 4l8 8M12 4l-8 8',
  start: 'M4 3v10M12.5 3L6 8l6.5 5z',
  end: 'M12 3v10M3.5 3L10 8l-6.5 5z',
  back: 'M8 3.5L3 8l5 4.5M13 3.5L8 8l5 4.5',
  on: 'M8 3.5L13 8l-5 4.5M3 3.5L8 8l-5 4.5',
  until: 'M3.5 14V2.5h8l-1.8 3 1.8 3h-8',
  bookmark: 'M4.5 2.5h7v11L8 10.6l-3.5 2.9z',
  undo: 'M6 3L2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10 3l3.5 3.5L10 10M13 6.5H6.5a3.5 3.5 0 0 0 0 7H9',
  save: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11',
  compare: 'M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z',
  command: 'M2.5 4.5L6 8l-3.5 3.5M8 12h5.5',
  more: 'M3.5 7.2v1.6M8 7.2v1.6M12.5 7.2v1.6',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9',
} as const;

export type IconName = keyof typeof paths;

const filled: ReadonlySet<IconName> = new Set<IconName>(['play', 'pause']);

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  const solid = filled.has(name);
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={paths[name]}
        fill={solid ? 'currentColor' : 'none'}
        stroke={solid ? 'none' : 'currentColor'}
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Gameday's own mark: boxes, one of them knocked out. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect x="2" y="2" width="9" height="9" rx="2.5" fill="var(--flight)" />
      <rect x="13" y="2" width="9" height="9" rx="2.5" fill="var(--flight)" opacity="0.55" />
      <rect x="2" y="13" width="9" height="9" rx="2.5" fill="var(--flight)" opacity="0.55" />
      <path
        d="M14.5 14.5l6 6M20.5 14.5l-6 6"
        stroke="var(--failed)"
        stroke-width="2.6"
        stroke-linecap="round"
      />
    </svg>
  );
}

/** Verdicts differ in shape first: square with a tick, disc with a cross, diamond with dots. */
export function VerdictSign({
  verdict,
}: {
  readonly verdict: VerdictView['verdict'];
}): JSX.Element {
  return (
    <svg class="verdict-sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      {verdict === 'PASS' && (
        <>
          <rect x="2" y="2" width="20" height="20" rx="5" fill="var(--ok)" />
          <path d="M7 12.4l3.4 3.4L17 8.8" fill="none" stroke="#fff" stroke-width="2.4" />
        </>
      )}
      {verdict === 'FAIL' && (
        <>
          <circle cx="12" cy="12" r="11" fill="var(--failed)" />
          <path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="#fff" stroke-width="2.6" />
        </>
      )}
      {verdict === 'NOT ENOUGH EVIDENCE' && (
        <>
          <path
            d="M12 1.5L22.5 12 12 22.5 1.5 12z"
            fill="none"
            stroke="var(--outline)"
            stroke-width="1.8"
            stroke-linejoin="round"
          />
          <path
            d="M7.8 12h.01M12 12h.01M16.2 12h.01"
            stroke="var(--ink-soft)"
            stroke-width="2.4"
            stroke-linecap="round"
          />
        </>
      )}
    </svg>
  );
}
