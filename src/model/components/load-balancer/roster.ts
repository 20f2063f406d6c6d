/**
 * The roster of a balancer says which instances get requests: those that are there, pass their
 * health checks and are not ejected. When too few of them are left to carry the load, it panics and
 * sends to all: a part of the requests fails, but the few do not drown in the load of the many.
 *
 * Source: Envoy documentation, Load balancing: panic threshold, priority levels, 2023.
 */

import { formatShare } from '../../../base/format-units.ts';
import type { Keeper, Targets } from '../../balancing.ts';
import { healthScore, loadsByHealth, loadsBySize, totalHealth } from '../../priority-levels.ts';
import type { PriorityLevels } from '../../priority-levels.ts';
import type { World } from '../../world.ts';

export interface RosterFields {
  /** Name of the balancer, and of the component behind it. */
  readonly name: string;
  readonly to: string;
  readonly targets: Targets;
  readonly levels: PriorityLevels;
  /** A level with a smaller share of healthy instances panics, 0 to 1; 0: never. */
  readonly panicThreshold: number;
  /** Health of a level is its share of healthy instances times this. */
  readonly surplus: number;
}

export class Roster implements Keeper {
  readonly targets: Targets;
  /** Null: nobody probes the instances. */
  checks: Keeper | null = null;
  private readonly world: World;
  private readonly fields: RosterFields;
  private readonly passing: Uint8Array;
  private readonly ejected: Uint8Array;
  /** 1 for a level that panics. */
  private readonly panics: Uint8Array;

  constructor(world: World, fields: RosterFields) {
    const { count } = fields.targets;
    this.world = world;
    this.fields = fields;
    this.targets = fields.targets;
    this.passing = new Uint8Array(count).fill(1);
    this.ejected = new Uint8Array(count);
    this.panics = new Uint8Array(fields.levels.count);
    this.targets.keeper = this;
  }

  /** True for an instance that the balancer believes healthy, whether it gets requests or not. */
  trusts(index: number): boolean {
    return this.passing[index] === 1 && this.ejected[index] === 0;
  }

  /** Instances that are there and believed healthy. */
  get fitCount(): number {
    let count = 0;
    for (let index = 0; index < this.targets.count; index++) if (this.isFit(index)) count++;
    return count;
  }

  isPassing(index: number): boolean {
    return this.passing[index] === 1;
  }

  isEjected(index: number): boolean {
    return this.ejected[index] === 1;
  }

  setPassing(index: number, passing: boolean): void {
    this.passing[index] = passing ? 1 : 0;
    this.settle();
  }

  setEjected(index: number, ejected: boolean): void {
    this.ejected[index] = ejected ? 1 : 0;
    this.settle();
  }

  /** Nothing bad is known of an instance that has just come. */
  presenceChanged(index: number): void {
    this.passing[index] = 1;
    this.ejected[index] = 0;
    this.settle();
    this.checks?.presenceChanged(index);
  }

  private settle(): void {
    const { levels, surplus } = this.fields;
    const sizes: number[] = [];
    const fit: number[] = [];
    for (let level = 0; level < levels.count; level++) {
      sizes.push(this.countIn(level, (index) => this.targets.present[index] === 1));
      fit.push(this.countIn(level, (index) => this.isFit(index)));
    }
    const scores = fit.map((healthy, level) => healthScore(healthy, sizes[level]!, surplus));
    const panics = this.panicsOf(fit, sizes, totalHealth(scores));
    levels.loads.set(panics.includes(false) ? loadsByHealth(scores) : loadsBySize(sizes));
    for (const [level, isPanic] of panics.entries()) {
      this.setPanic(level, isPanic, `${fit[level]!} of ${sizes[level]!}`);
      this.each(level, (index) => {
        const isTarget = isPanic ? this.targets.present[index] === 1 : this.isFit(index);
        this.targets.setHealthy(index, isTarget);
      });
    }
  }

  /** A level panics when too few are healthy, unless the levels together can take everything. */
  private panicsOf(fit: readonly number[], sizes: readonly number[], health: number): boolean[] {
    const { panicThreshold } = this.fields;
    return fit.map((healthy, level) => health < 100 && healthy < panicThreshold * sizes[level]!);
  }

  private setPanic(level: number, isPanic: boolean, healthy: string): void {
    if ((this.panics[level] === 1) === isPanic) return;
    this.panics[level] = isPanic ? 1 : 0;
    const { levels, name, panicThreshold, to } = this.fields;
    const where = levels.count === 1 ? '' : ` at priority ${level}`;
    const few = `${healthy} of ${to} are healthy, below ${formatShare(panicThreshold)}`;
    const text = isPanic ? `panics${where}: ${few}, so all get requests` : `calms down${where}`;
    this.world.timeline.add(this.world.simulation.now, 'health', name, `${name} ${text}`);
  }

  private isFit(index: number): boolean {
    return this.targets.present[index] === 1 && this.trusts(index);
  }

  private countIn(level: number, test: (index: number) => boolean): number {
    let count = 0;
    this.each(level, (index) => {
      if (test(index)) count++;
    });
    return count;
  }

  private each(level: number, visit: (index: number) => void): void {
    const { starts } = this.fields.levels;
    for (let index = starts[level]!; index < starts[level + 1]!; index++) visit(index);
  }
}
