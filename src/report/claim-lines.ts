/** Claims in columns: the verdict, what was claimed, what was measured. */

import { padded } from './table.ts';
import type { Paint, Style } from './paint.ts';

const styles: Readonly<Record<string, Style>> = {
  PASS: 'good',
  holds: 'good',
  FAIL: 'bad',
  'does not hold': 'bad',
  'NOT ENOUGH EVIDENCE': 'open',
};

export interface JudgedClaim {
  /** `PASS`, `holds` and so on. */
  readonly word: string;
  readonly text: string;
  readonly measuredText: string;
  readonly note: string | null;
}

export function claimLines(claims: readonly JudgedClaim[], paint: Paint): string[] {
  const wordWidth = Math.max(...claims.map(({ word }) => word.length));
  const textWidth = Math.max(...claims.map(({ text }) => text.length));
  return claims.map(({ word, text, measuredText, note }) => {
    const start = paint(padded(word, wordWidth, 'left'), styles[word]!);
    const end = note === null ? measuredText : `${measuredText}, ${note}`;
    return `${start}  ${padded(text, textWidth, 'left')}  ${end}`;
  });
}
