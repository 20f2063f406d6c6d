import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerWhy(
  _asked: Asked,
  _question: Questions['why']['question'],
): Questions['why']['answer'] {
  return null;
}
