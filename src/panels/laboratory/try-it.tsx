/** What was chosen on a curve, made real: in this run from its start, or in another beside it. */

import type { JSX } from 'preact';
import type { Actions } from '../actions.ts';
import { Icon } from '../icons.tsx';
import type { Laboratory } from './laboratory.ts';

interface TryItProps {
  readonly laboratory: Laboratory;
  readonly actions: Actions;
  readonly cache: string;
  /** Such as `s3-fifo with 20k entries`. */
  readonly words: string;
  /** What to expect of it. */
  readonly promise: string;
  /** Null: it stays as it is. */
  readonly policy: string | null;
  /** As it would stand in the file. */
  readonly size: string;
}

export function TryIt(props: TryItProps): JSX.Element {
  const { laboratory, actions, cache, words, promise, policy, size } = props;
  const changes = [
    ...(policy === null ? [] : [{ path: `${cache}.eviction`, value: policy }]),
    { path: `${cache}.capacity`, value: size },
  ];
  const change = async () => {
    for (const one of changes) await actions.change({ ...one, from: 'start' });
  };
  return (
    <div class="try-it" role="group" aria-label="Try it">
      <p>
        <b>{words}</b>: {promise}.
      </p>
      <button type="button" class="button primary" onClick={() => void change()}>
        <Icon name="restart" />
        Run with it from the start
      </button>
      <button
        type="button"
        class="button"
        onClick={() => void laboratory.compare(actions.comparison, changes, words)}
      >
        <Icon name="compare" />
        Compare side by side
      </button>
    </div>
  );
}
