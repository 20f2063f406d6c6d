import type { JSX } from 'preact';
import type { Actions } from './actions.ts';
import type { PageState } from './page-state.ts';

export function EventLog(_props: {
  readonly state: PageState;
  readonly actions: Actions;
}): JSX.Element | null {
  return null;
}
