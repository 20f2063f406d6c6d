/** What a cache that writes back later loses when it dies. */

import { runFile } from './compare.ts';
import { counted, meanOf, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasureOptions, TheoryCase } from './theory-case.ts';

export const writeBack: readonly TheoryCase[] = [
  {
    id: 'C-WRITEBACK-LOSS',
    title: 'Writes lost with a cache that had not written them back',
    about:
      'Two hundred writes a second, written back every five seconds, and sixty crashes that lie ' +
      'evenly over the time between two flushes. Theory: λT / 2 in the mean, at most those of T, ' +
      'and nothing with write-through; elementary.',
    files: ['c-writeback-loss'],
    seconds: 4,
    measure: measureLosses,
  },
];

/** Writes a second times the time between two flushes. */
const AT_STAKE = 1000;

function measureLosses(options: MeasureOptions): Finding[] {
  const lost = lossesOf(runFile('c-writeback-loss', options).timeline);
  const set = [{ path: 'copies.strategy', value: 'write-through' }];
  const through = runFile('c-writeback-loss', { ...options, set });
  const { mean, interval } = meanOf(lost);
  const most = Math.max(...lost);
  return [
    {
      // The crashes are evenly laid, so what is left to chance is the Poisson number of writes.
      ...within(4 / Math.sqrt((lost.length * AT_STAKE) / 2), {
        what: `writes lost, mean of ${lost.length} crashes`,
        expected: AT_STAKE / 2,
        measured: mean,
        interval,
      }),
      isSampling: true,
    },
    {
      ...within(4 / Math.sqrt(AT_STAKE), {
        what: 'writes lost, most',
        expected: AT_STAKE,
        measured: most,
        interval: null,
      }),
      bound: 'at most',
    },
    counted('writes lost with write-through', 0, through.components['copies']!.cache!.lostWrites),
  ];
}

/** What each crash lost, from the words of the timeline. */
function lossesOf(timeline: readonly { readonly kind: string; readonly text: string }[]): number[] {
  return timeline.filter(({ kind }) => kind === 'loss').map(({ text }) => parseInt(text, 10));
}
