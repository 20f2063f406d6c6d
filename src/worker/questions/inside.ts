import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerInside(
  _asked: Asked,
  _question: Questions['inside']['question'],
): Questions['inside']['answer'] {
  return null;
}
