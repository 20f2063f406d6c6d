/**
 * Requests at recorded times: a population that replays sends the next one when it came, whatever
 * has become of those before. Nothing is drawn; a run with another seed gets the same requests.
 */

import type { ReplayPlan } from '../plan.ts';

export class Replay {
  private readonly plan: ReplayPlan;
  private readonly startNs: number;
  /** Number of the request that was sent last; -1 before the first. */
  private current = -1;

  constructor(plan: ReplayPlan, startNs: number) {
    this.plan = plan;
    this.startNs = startNs;
  }

  /** When the next request comes, ns; Infinity after the last. */
  get nextNs(): number {
    const at = this.plan.atNs[this.current + 1];
    return at === undefined ? Infinity : this.startNs + at;
  }

  advance(): void {
    this.current++;
  }

  /** Place of its operation in the mix. */
  get operation(): number {
    return this.plan.operations[this.current]!;
  }

  /** Number of its key in the dataset. */
  get key(): number {
    return this.plan.keys[this.current]!;
  }
}
