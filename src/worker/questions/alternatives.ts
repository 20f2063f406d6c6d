/** The alternatives that a text names, each as a text of its own. */

import type { Questions } from '../../protocol/session.ts';
import { alternativeTexts } from '../../scenario/alternative-text.ts';
import type { Asked } from './asked.ts';

export function answerAlternatives(
  { text }: Asked,
  _question: Questions['alternatives']['question'],
): Questions['alternatives']['answer'] {
  return alternativeTexts(text).map(({ name, settings, text: changed }) => ({
    name,
    words: settings.map(({ path, value }) => `${path}: ${value}`).join(', '),
    text: changed,
  }));
}
