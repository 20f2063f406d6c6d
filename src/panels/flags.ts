/** Which flags stand above the strip of time; what would cover another is drawn as one with it. */

import type { Happening } from '../protocol/frame.ts';
import type { PageState } from './page-state.ts';

export interface Flag {
  readonly key: string;
  /** s */
  readonly time: number;
  readonly kind: 'planned' | 'happening' | 'ghost' | 'fork' | 'bookmark';
  readonly text: string;
  /** What can be done with it. */
  readonly hint: string;
  /** Kind of the happening, if it is one. */
  readonly sign: Happening['kind'] | null;
}

/** Flags nearer than this are drawn as one, px. */
const flagGap = 13;
const goThere = 'A click goes there.';

export function flagsOf(
  state: PageState,
  durationSeconds: number,
  /** Width of the strip, px. */
  stripWidth = 1400,
): readonly Flag[] {
  const gap = (flagGap / stripWidth) * durationSeconds;
  const happenings = spread(state.happenings.value, gap);
  const isFree = (time: number) => happenings.every((one) => Math.abs(one.time - time) >= gap);
  const ghost = (state.ghost.value?.happenings ?? []).filter(({ time }) => isFree(time));
  const flags: Flag[] = [
    ...planned(state).filter(({ time }) => isFree(time)),
    ...spread(ghost, gap).map((one) => flagOf(one, 'ghost', state.ghostName.value)),
    ...happenings.map((one) => flagOf(one, 'happening')),
    ...bookmarks(state.bookmarks.value),
  ];
  const forkedAt = state.forkedAt.value;
  const hasParted = state.ghost.value !== null || state.undoable.value.length > 0;
  if (hasParted && forkedAt !== null && forkedAt > 0 && isFree(forkedAt)) {
    const text = 'here your act parted the futures';
    flags.push({ key: 'fork', time: forkedAt, kind: 'fork', text, hint: goThere, sign: null });
  }
  return flags.sort((a, b) => a.time - b.time);
}

function flagOf(
  { time, kind, target, text }: Happening,
  as: 'happening' | 'ghost',
  name = '',
): Flag {
  const words = as === 'ghost' ? `${name}: ${text}` : text;
  const key = `${as} ${time} ${kind} ${target}`;
  return { key, time, kind: as, text: words, hint: goThere, sign: kind };
}

function planned({ view }: PageState): Flag[] {
  const faults = view.value?.faults ?? [];
  return faults.map(({ atSeconds: time, text }, index) => ({
    key: `planned ${index}`,
    time,
    kind: 'planned',
    text: `planned: ${text}`,
    hint: goThere,
    sign: null,
  }));
}

function bookmarks(times: readonly number[]): Flag[] {
  const hint = 'A click goes there; Delete or a right click removes it.';
  return times.map((time) => ({
    key: `bookmark ${time}`,
    time,
    kind: 'bookmark',
    text: 'bookmark',
    hint,
    sign: null,
  }));
}

/** Leaves out flags that would cover the one before; what went wrong goes first. */
function spread(happenings: readonly Happening[], gap: number): Happening[] {
  const shown: Happening[] = [];
  for (const happening of happenings) {
    const last = shown.at(-1);
    const isNear = last !== undefined && happening.time - last.time < gap;
    if (!isNear) shown.push(happening);
    else if (happening.kind === 'fault' && last.kind !== 'fault') {
      shown[shown.length - 1] = happening;
    }
  }
  return shown;
}
