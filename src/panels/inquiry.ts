/** Questions that a reader asks of the run: requests, waterfalls, causes, what is inside. */

import type { Session } from '../protocol/session.ts';
import type { PageState } from './page-state.ts';

export class Inquiry {
  private readonly state: PageState;
  private readonly session: Session;

  constructor(state: PageState, session: Session) {
    this.state = state;
    this.session = session;
  }

  /** Opens the waterfall of a request that was under way at that time, s. */
  async openTrace(request: number, near: number): Promise<void> {
    this.state.trace.value = await this.session.ask('trace', { request, near });
  }
}
