/** Requests of a span of time that are worth a look. */

import { findRequests } from '../../experiment/find-requests.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerRequests(
  { recording, frontier }: Asked,
  question: Questions['requests']['question'],
): Questions['requests']['answer'] {
  return findRequests(recording, question, Math.round(frontier * 1e9));
}
