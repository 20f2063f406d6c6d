/**
 * Outlier ejection judges instances by the requests they get, not by probes: one that fails several
 * in a row gets none for a while, and for longer each time. It finds instances that answer every
 * probe and fail at their work.
 *
 * Source: Envoy documentation, Outlier detection: consecutive 5xx, 2023. Every failed attempt
 * counts, also a timeout. Other than in Envoy a good probe does not end an ejection.
 */

import { formatDuration } from '../../../base/format-units.ts';
import type { AttemptListener } from '../../edge.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import type { ValueOf } from '../../parameters.ts';
import type { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import type { parameters } from './parameters.ts';
import type { Roster } from './roster.ts';

type Settings = NonNullable<ValueOf<(typeof parameters)['outlier-ejection']>>;

/** Kind of event of the balancer. */
export const SWEEP = 30;

interface Owner {
  readonly number: number;
  readonly name: string;
  readonly tally: Tally;
}

export class OutlierEjection implements AttemptListener {
  private readonly world: World;
  private readonly owner: Owner;
  private readonly roster: Roster;
  private readonly nodes: readonly Node[];
  private readonly settings: Settings;
  private readonly ejectionColumn: number;
  /** Failed attempts in a row. */
  private readonly failures: Int32Array;
  /** Ejections, less the sweeps that have found the instance in use since; the next adds one. */
  private readonly strikes: Int32Array;
  private readonly endsAt: Float64Array;

  constructor(
    world: World,
    owner: Owner,
    roster: Roster,
    nodes: readonly Node[],
    settings: Settings,
  ) {
    const { count } = roster.targets;
    this.world = world;
    this.owner = owner;
    this.roster = roster;
    this.nodes = nodes;
    this.settings = settings;
    this.ejectionColumn = owner.tally.columns.indexOf('ejections');
    this.failures = new Int32Array(count);
    this.strikes = new Int32Array(count);
    this.endsAt = new Float64Array(count);
    world.simulation.schedule(settings.every, owner.number, SWEEP, 0, 0);
  }

  attemptEnded(target: number, outcome: number): void {
    if (outcome === Outcome.ok) {
      this.failures[target] = 0;
      return;
    }
    if (++this.failures[target]! < this.settings.consecutive) return;
    this.failures[target] = 0;
    if (!this.roster.isEjected(target) && this.mayEject()) this.eject(target);
  }

  /** Takes back instances whose time is over, and forgives the others a strike. */
  sweep(): void {
    const { roster, settings, world } = this;
    const { now } = world.simulation;
    world.simulation.schedule(settings.every, this.owner.number, SWEEP, 0, 0);
    for (const [target, { path }] of this.nodes.entries()) {
      if (!roster.isEjected(target)) {
        this.strikes[target] = Math.max(0, this.strikes[target]! - 1);
      } else if (now >= this.endsAt[target]!) {
        this.failures[target] = 0;
        roster.setEjected(target, false);
        const text = `${path} put back by ${this.owner.name} after its ejection`;
        world.timeline.add(now, 'health', path, text);
      }
    }
  }

  private eject(target: number): void {
    const { base, consecutive, 'max-time': longest } = this.settings;
    const { path } = this.nodes[target]!;
    const { now } = this.world.simulation;
    const strikes = ++this.strikes[target]!;
    const time = Math.min(base * strikes, Math.max(base, longest));
    this.endsAt[target] = now + time;
    this.owner.tally.counts[this.ejectionColumn]!++;
    this.roster.setEjected(target, true);
    const text = `${path} ejected by ${this.owner.name} for ${formatDuration(time)}`;
    const reason = `after ${consecutive} failed requests in a row`;
    this.world.timeline.add(now, 'health', path, `${text} ${reason}`);
  }

  /** True while fewer than the allowed share are ejected; one always may be. */
  private mayEject(): boolean {
    const { present } = this.roster.targets;
    let all = 0;
    let ejected = 0;
    for (let target = 0; target < present.length; target++) {
      all += present[target]!;
      if (this.roster.isEjected(target)) ejected++;
    }
    // Shares such as 29 % are not exact.
    return ejected < Math.max(1, Math.floor(this.settings.max * all + 1e-9));
  }
}
