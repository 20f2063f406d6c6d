/** What the slow requests of a span of time were waiting for. */

import { explain } from '../../experiment/explain.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerWhy(
  { recording, frontier }: Asked,
  question: Questions['why']['question'],
): Questions['why']['answer'] {
  return explain(recording, question, Math.round(frontier * 1e9));
}
