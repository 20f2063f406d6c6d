/** Picks requests out of a time of a recording: the slowest, typical ones, those that failed. */

import { Outcome, outcomeNames } from '../model/outcome.ts';
import { endedIn } from './ended-requests.ts';
import type { EndedRequest } from './ended-requests.ts';
import type { Recording } from './recording.ts';
import { byFailures, bySlowness, stretchesOf } from './stretches.ts';
import type { RequestNote, RequestsAsked } from './trace-types.ts';

/** Requests that ended from `asked.from` on and before `asked.to`, as far as `frontier` (ns). */
export function findRequests(
  recording: Recording,
  asked: RequestsAsked,
  frontier: number,
): readonly RequestNote[] {
  const from = Math.max(0, Math.round(asked.from * 1e9));
  const to = Math.min(frontier, Math.round(asked.to * 1e9));
  if (to <= from) return [];
  const { operation, which } = asked;
  const rank = which === 'failed' ? byFailures(operation) : bySlowness(operation);
  const found = stretchesOf(recording, { from, to }, which === 'typical' ? null : rank)
    .flatMap((stretches) => endedIn(recording, stretches))
    .filter((one) => operation === null || one.operation === operation);
  return pick(found, asked).map(noteOf);
}

function pick(found: readonly EndedRequest[], asked: RequestsAsked): readonly EndedRequest[] {
  const { limit, which } = asked;
  if (which === 'failed') {
    return found.filter(({ outcome }) => outcome !== Outcome.ok).slice(0, limit);
  }
  const answered = found
    .filter(({ outcome }) => outcome === Outcome.ok)
    .sort((left, right) => latencyOf(right) - latencyOf(left) || left.request - right.request);
  if (which === 'slowest') return answered.slice(0, limit);
  const middle = placeOf(answered, which === 'p99' ? 0.99 : 0.5);
  const start = Math.max(0, Math.min(answered.length - limit, middle - Math.floor(limit / 2)));
  return answered.slice(start, start + limit);
}

function latencyOf({ start, end }: EndedRequest): number {
  return end - start;
}

/** Place of a quantile among requests that stand for several, the slowest first. */
function placeOf(slowestFirst: readonly EndedRequest[], quantile: number): number {
  const total = slowestFirst.reduce((sum, { weight }) => sum + weight, 0);
  let slower = 0;
  for (const [place, { weight }] of slowestFirst.entries()) {
    slower += weight;
    if (slower > (1 - quantile) * total) return place;
  }
  return 0;
}

function noteOf(one: EndedRequest): RequestNote {
  return {
    request: one.request,
    operation: one.operation,
    start: one.start / 1e9,
    latencyMs: latencyOf(one) / 1e6,
    outcome: outcomeNames[one.outcome]!,
    late: one.isLate,
  };
}
