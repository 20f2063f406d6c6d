import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerSheet(
  _asked: Asked,
  _question: Questions['sheet']['question'],
): Questions['sheet']['answer'] {
  return null;
}
