/** The text of a session that was played: what an act has added to it, and saving it. */

import type { AddedLines } from './page-state.ts';

/** Lines of `after` that `before` does not have, when they stand together; null when none. */
export function addedLines(before: string, after: string): AddedLines | null {
  const old = before.split('\n');
  const fresh = after.split('\n');
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) first += 1;
  let oldEnd = old.length;
  let end = fresh.length;
  while (oldEnd > first && end > first && old[oldEnd - 1] === fresh[end - 1]) {
    oldEnd -= 1;
    end -= 1;
  }
  while (first < end && fresh[first]!.trim() === '') first += 1;
  while (end > first && fresh[end - 1]!.trim() === '') end -= 1;
  return end > first ? { first: first + 1, count: end - first } : null;
}

/** "photo-feed.yaml" as "photo-feed-played.yaml"; saving what was saved keeps its name. */
export function playedName(file: string): string {
  const stem = file.replace(/\.ya?ml$/i, '').replace(/-played$/, '');
  return `${stem === '' ? 'scenario' : stem}-played.yaml`;
}

/** Hands a text to the browser as a download. */
export function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the text by the time this turn is over.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
