/**
 * What stands above the strip of time: planned faults, happenings, those of the ghost, bookmarks.
 * One stop for the Tab key; the arrow keys go from flag to flag, Enter goes to its time.
 */

import { useSignal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useRef } from 'preact/hooks';
import type { Happening } from '../protocol/frame.ts';
import type { Actions } from './actions.ts';
import { flagsOf, type Flag } from './flags.ts';
import { HappeningSign } from './happening-sign.tsx';
import type { PageState } from './page-state.ts';
import { spokenTime } from './time-words.ts';

interface FlagsProps {
  readonly state: PageState;
  readonly actions: Actions;
  readonly durationSeconds: number;
}

export function Flags({ state, actions, durationSeconds }: FlagsProps): JSX.Element {
  const shown = useSignal<Flag | null>(null);
  const current = useSignal(0);
  const strip = useRef<HTMLDivElement>(null);
  const width = strip.current?.clientWidth ?? window.innerWidth;
  const flags = flagsOf(state, durationSeconds, width);
  const stop = Math.min(current.value, flags.length - 1);
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const flag = flags[stop];
    if (event.key === 'Delete' && flag?.kind === 'bookmark') actions.removeBookmark(flag.time);
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    current.value = Math.min(flags.length - 1, Math.max(0, stop + step));
    const buttons = event.currentTarget.querySelectorAll('button');
    buttons[current.value]?.focus();
  };
  return (
    <div
      ref={strip}
      class="timeline-flags"
      role="toolbar"
      aria-label="Happenings, planned faults and bookmarks"
      data-own-arrows
      onKeyDown={move}
    >
      {flags.map((flag, index) => (
        <button
          key={flag.key}
          type="button"
          class={`flag ${flag.kind}`}
          style={{ left: percent(flag.time / durationSeconds) }}
          tabIndex={index === stop ? 0 : -1}
          aria-label={`${spokenTime(flag.time)} ${flag.text}`}
          onClick={() => void actions.seek(flag.time)}
          onContextMenu={(event) => {
            if (flag.kind !== 'bookmark') return;
            event.preventDefault();
            shown.value = null;
            actions.removeBookmark(flag.time);
          }}
          onPointerEnter={() => (shown.value = flag)}
          onPointerLeave={() => (shown.value = null)}
          onFocus={() => {
            current.value = index;
            shown.value = flag;
          }}
          onBlur={() => (shown.value = null)}
        >
          <FlagSign flag={flag} />
        </button>
      ))}
      {shown.value !== null && <Card flag={shown.value} durationSeconds={durationSeconds} />}
    </div>
  );
}

function FlagSign({ flag }: { readonly flag: Flag }): JSX.Element {
  if (flag.kind === 'bookmark') return <Sign d="M3 1.5h6v9L6 8l-3 2.5z" />;
  if (flag.kind === 'fork') return <Sign d="M6 11V7L2.5 3M6 7l3.5-4M2 5.5V2.5h3M10 5.5V2.5H7" />;
  if (flag.kind === 'planned') return <Sign d="M2.5 2.5h7v7h-7z" />;
  return <HappeningSign kind={flag.sign as Happening['kind']} />;
}

function Sign({ d }: { readonly d: string }): JSX.Element {
  return (
    <svg class="flag-sign" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

function Card({
  flag,
  durationSeconds,
}: {
  readonly flag: Flag;
  readonly durationSeconds: number;
}) {
  return (
    <div
      class="flag-card"
      role="tooltip"
      style={{ left: `clamp(130px, ${percent(flag.time / durationSeconds)}, calc(100% - 130px))` }}
    >
      <b>{spokenTime(flag.time)}</b> {flag.text}
      <span>{flag.hint}</span>
    </div>
  );
}

export function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`;
}
