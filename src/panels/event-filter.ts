/** Which happenings the event log shows, in which order, and which of them lie ahead. */

import type { Happening } from '../protocol/frame.ts';

export interface EventFilter {
  /** Null: all kinds. */
  readonly kind: Happening['kind'] | null;
  /** Words that must all be in the text or the target. */
  readonly text: string;
  readonly newestFirst: boolean;
}

export interface EventLine {
  readonly happening: Happening;
  /** Later than the present, known because it has been played before. */
  readonly isAhead: boolean;
  /** Of the future that was left. */
  readonly isGhost: boolean;
}

export function eventLines(
  own: readonly Happening[],
  ghost: readonly Happening[],
  now: number,
  { kind, text, newestFirst }: EventFilter,
): EventLine[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const lines = [
    ...own.map((happening) => ({
      happening,
      isAhead: happening.time > now + 1e-9,
      isGhost: false,
    })),
    ...ghost.map((happening) => ({ happening, isAhead: false, isGhost: true })),
  ].filter(({ happening }) => {
    if (kind !== null && happening.kind !== kind) return false;
    const said = `${happening.kind} ${happening.target} ${happening.text}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
  lines.sort((left, right) => left.happening.time - right.happening.time);
  return newestFirst ? lines.reverse() : lines;
}

/** Kinds that occur, with how often. */
export function kindsOf(own: readonly Happening[]): { kind: Happening['kind']; count: number }[] {
  const counts = new Map<Happening['kind'], number>();
  for (const { kind } of own) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
