/** Finds the word a person probably meant, for the hints of diagnostics. */

import { quoted } from './reading.ts';

/** Words of a list that a hint shows. */
const MOST_LISTED = 16;

/** Longer words are cut before they are compared; bounds the work on hostile input. */
const LONGEST_COMPARED = 40;

/** More edits than this make another word. */
const MOST_EDITS = 4;

/**
 * The candidate nearest to `word` by edit distance (insert, delete, replace, swap neighbours; case
 * is ignored), or null when more than a third of the word, or more than {@link MOST_EDITS} letters,
 * must be changed. Ties go to the earlier candidate.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.slice(0, LONGEST_COMPARED).toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.min(MOST_EDITS, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.slice(0, LONGEST_COMPARED).toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean …?` when a candidate is near, else the candidates listed after `otherwise`. */
export function suggestion(
  word: string,
  candidates: readonly string[],
  otherwise: string,
): string | null {
  const near = nearest(word, candidates);
  if (near !== null) return `did you mean ${quoted(near)}?`;
  if (candidates.length === 0) return null;
  return `${otherwise} ${listed(candidates)}`;
}

/** `did you mean …?` when a candidate is near, else what there is; null when there is nothing. */
export function existing(word: string, candidates: readonly string[]): string | null {
  return suggestion(word, candidates, candidates.length === 1 ? 'there is' : 'there are');
}

/** `a`, `b` and `c`; at most {@link MOST_LISTED}, then how many more there are. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const shown = words.slice(0, MOST_LISTED).map(quoted);
  const more = words.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${conjunction} ${shown.at(-1)!}`;
}

/**
 * Fewest edits that turn `a` into `b`, a swap of neighbours counting as one.
 * Source: Damerau, A technique for computer detection and correction of spelling errors, 1964
 * (optimal string alignment: no part is edited twice).
 */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
