// Makes a failing scenario small: takes out parts and simplifies values as long as it still fails in
// the same way. What is left is what the failure needs.
import { edits } from './edits.ts';
import type { Design } from './design.ts';

/** Scenarios that are tried at the most for one failure. */
const TRIES_MAX = 4_000;

/**
 * The smallest design found for which `fails` is still true, as it is for the given one. Each kind
 * of edit is tried at every place, and all kinds again until none helps.
 */
export function shrunk(
  design: Design,
  fails: (candidate: Design) => boolean,
  triesMax = TRIES_MAX,
): Design {
  let smallest = design;
  let tries = 0;
  for (let before: Design | null = null; before !== smallest;) {
    before = smallest;
    for (const edit of edits) {
      let place = 0;
      for (let candidates = edit(smallest); place < candidates.length;) {
        if (++tries > triesMax) return smallest;
        const candidate = candidates[place]!();
        if (isSame(candidate, smallest) || !fails(candidate)) {
          place++;
          continue;
        }
        smallest = candidate;
        candidates = edit(smallest);
      }
    }
  }
  return smallest;
}

function isSame(left: Design, right: Design): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
