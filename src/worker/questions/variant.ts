/** The text of a session with other values in it, as the comparison of two runs needs it. */

import type { Questions } from '../../protocol/session.ts';
import { withSettings } from '../../scenario/alternative-text.ts';
import type { Asked } from './asked.ts';

export function answerVariant(
  { text }: Asked,
  { settings }: Questions['variant']['question'],
): Questions['variant']['answer'] {
  return withSettings(text, settings);
}
