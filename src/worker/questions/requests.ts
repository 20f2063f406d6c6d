import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerRequests(
  _asked: Asked,
  _question: Questions['requests']['question'],
): Questions['requests']['answer'] {
  return [];
}
