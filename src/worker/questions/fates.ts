/** How the requests that started in a span of time ended. */

import { fatesOf } from '../../experiment/fates.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerFates(
  { recording, frontier }: Asked,
  question: Questions['fates']['question'],
): Questions['fates']['answer'] {
  return fatesOf(recording, question, Math.round(frontier * 1e9));
}
