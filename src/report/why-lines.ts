/** Why slow requests were slow, as tables: where their time went, beside that of all requests. */

import { durationText, groupedText, percentText } from '../experiment/wording.ts';
import type { WhyResult } from '../experiment/trace-types.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';
import type { Paint } from './paint.ts';

/** Causes listed of each. */
const CAUSES_MAX = 8;

const columns: readonly Column[] = [
  { title: 'share', align: 'right' },
  { title: 'of the slow', align: 'right' },
  { title: 'of all', align: 'right' },
  { title: 'what', align: 'left' },
  { title: 'where', align: 'left' },
];

export function whyLines(why: readonly WhyResult[], paint: Paint): string[] {
  return why.flatMap((one, place) => [
    ...(place === 0 ? [] : ['']),
    paint(`Why: ${one.about}`, 'strong'),
    one.sentence,
    ...table(
      columns,
      one.causes
        .slice(0, CAUSES_MAX)
        .map(({ share, meanMs, usualMs, kind, where }) => [
          `${percentText(share)} %`,
          durationText(meanMs),
          durationText(usualMs),
          kind,
          where,
        ]),
    ),
    sampleText(one),
  ]);
}

function sampleText({ slow, looked, oneIn, thresholdMs }: WhyResult): string {
  const sample = oneIn === 1 ? '' : `, one request in ${groupedText(oneIn)}`;
  const slowest = `the ${groupedText(slow)} of ${groupedText(looked)} answered requests`;
  return `mean times over ${slowest} that took ${durationText(thresholdMs)} or more${sample}`;
}
