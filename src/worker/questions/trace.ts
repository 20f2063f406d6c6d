import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerTrace(
  _asked: Asked,
  _question: Questions['trace']['question'],
): Questions['trace']['answer'] {
  return null;
}
