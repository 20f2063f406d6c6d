/** Why p99 is high: what the slowest requests of a span spent their time on, the greatest first. */

import type { JSX } from 'preact';
import { shortCount, shortMilliseconds, shortShare } from '../base/measured.ts';
import type { Attribution, CauseView } from '../protocol/trace.ts';
import type { Actions } from './actions.ts';
import { spanWords } from './inquiry.ts';

interface WhyProps {
  readonly why: Attribution;
  readonly actions: Actions;
}

const kindNouns: Readonly<Record<CauseView['kind'], string>> = {
  queue: 'waiting in line at',
  service: 'being worked on at',
  network: 'travelling',
  backoff: 'pausing before a retry to',
  wait: 'waiting at',
};

export function Why({ why, actions }: WhyProps): JSX.Element {
  const most = Math.max(...why.causes.map(({ share }) => share), 0.01);
  const name = why.asked.operation ?? 'all operations';
  return (
    <section class="why" aria-labelledby="why-title">
      <h2 id="why-title">Why is p99 of {name} high?</h2>
      <p class="why-sentence">{why.sentence}</p>
      <p class="quiet">
        Of {shortCount(why.looked)} requests {spanWords(why.asked)} that were taken apart
        {why.oneIn > 1 ? ` (one in ${why.oneIn})` : ''}, the {why.slow} slowest took{' '}
        {shortMilliseconds(why.thresholdMs)} or more. What they spent it on:
      </p>
      <ol class="causes">
        {why.causes.map((cause) => (
          <li key={`${cause.kind}${cause.where}`}>
            <button
              type="button"
              class="cause"
              onClick={() => actions.select(placeOf(cause.where))}
              title={`Select ${placeOf(cause.where)}`}
            >
              <span class="cause-share">{shortShare(cause.share)}</span>
              <span class="cause-words">
                {kindNouns[cause.kind]} <b>{cause.where}</b>
              </span>
              <span class="cause-bar" data-kind={cause.kind} aria-hidden="true">
                <span style={{ width: `${(100 * cause.share) / most}%` }} />
              </span>
              <span class="cause-times">
                {shortMilliseconds(cause.meanMs)}, usually {shortMilliseconds(cause.usualMs)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The node of a cause; of an edge, the one that is called. */
function placeOf(where: string): string {
  return where.split('>').at(-1)!.trim();
}
