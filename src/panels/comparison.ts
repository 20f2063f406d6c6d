/** Two runs side by side: A is the one on the page, B goes where A is. */

import type { PageState } from './page-state.ts';

export class Comparison {
  readonly state: PageState;

  constructor(state: PageState) {
    this.state = state;
  }

  /** Opens the comparison, or closes it. */
  toggle(): void {
    return;
  }
}
