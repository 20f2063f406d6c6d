// The frame of a random scenario: how long a unit of time is, how long the run, what is to happen
// at all. Times are drawn in units, so that the same mixture is seen from microseconds to minutes.
import { formatDuration } from '../../src/base/format-units.ts';
import { Dice } from './dice.ts';

/** Nanoseconds of a unit; about the time between two requests. */
const UNITS = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** From this unit on defaults of several seconds are short enough to be waited for. */
const PATIENT_UNIT = 10_000_000;

/**
 * What a scenario is about. Where everything is drawn alike, some things hardly ever meet: a write
 * and a primary that is just then cut off, or two urgencies in one queue.
 *
 * Source: the idea of leaving most features out of each test, to see more of those left in, is
 * from Groce, Zhang, Eide, Chen, Regehr, Swarm Testing, ISSTA 2012.
 */
export type Theme = 'anything' | 'failover' | 'urgency' | 'health';

const THEMES: readonly Theme[] = ['anything', 'anything', 'failover', 'urgency', 'health'];

export interface FrameOptions {
  /** Only constant times and nothing that draws a phase, so that time can be scaled exactly. */
  readonly constant?: boolean;
  /** Nanoseconds of a unit, instead of a drawn number. */
  readonly unitNs?: number;
}

export class Frame {
  readonly seed: number;
  readonly dice: Dice;
  readonly unitNs: number;
  /** Length of the run in units. */
  readonly span: number;
  readonly zones: readonly string[];
  /** Nothing takes time on the way, so that calls happen inside each other. */
  readonly isInstant: boolean;
  /** Messages may vanish, so everybody who waits needs a timeout. */
  readonly hasPartitions: boolean;
  /** All times are whole units, so that much happens at the same moment. */
  readonly isGrid: boolean;
  /** On the grid, and nothing draws a time or a phase. */
  readonly isConstant: boolean;
  readonly theme: Theme;

  constructor(seed: number, { constant = false, unitNs }: FrameOptions = {}) {
    this.seed = seed;
    this.dice = new Dice(seed);
    const drawn = this.dice.pick(UNITS);
    this.unitNs = unitNs ?? drawn;
    this.span = Math.round(this.dice.spread(150, 1_500));
    this.theme = this.dice.pick(THEMES);
    const isFailover = this.theme === 'failover';
    this.zones = ['a', 'b', 'c'].slice(0, this.dice.pick(isFailover ? [2, 2, 2, 3] : [1, 2, 3]));
    this.isInstant = this.dice.chance(0.2);
    this.hasPartitions = this.dice.chance(isFailover ? 0.8 : 0.5);
    this.isConstant = constant;
    this.isGrid = this.dice.chance(0.25) || constant;
  }

  /** True when a default of several seconds does no harm. */
  get isPatient(): boolean {
    return this.unitNs >= PATIENT_UNIT && !this.isConstant;
  }

  /** A duration of so many units, in three digits. */
  time(units: number): string {
    if (this.isGrid) return formatDuration(Math.ceil(units) * this.unitNs);
    return formatDuration(Math.round(Number((units * this.unitNs).toPrecision(3))));
  }

  /** A duration that is at least a millisecond, as some parameters ask. */
  slowTime(units: number): string {
    return this.time(Math.max(1_000_000 / this.unitNs, units));
  }

  /** A moment within a part of the run: at its very start now and then. */
  moment(part: number): string {
    return this.dice.chance(0.05) ? '0s' : this.time(this.dice.spread(1, this.span * part - 2));
  }

  /** A law of durations of about that mean. */
  law(mean: number): string {
    const { dice } = this;
    if (mean === 0 || dice.chance(0.05)) return '0s';
    if (this.isConstant || (this.isGrid && dice.chance(0.7))) return this.time(mean);
    const t = (units: number) => this.time(units);
    return dice.pick([
      t(mean),
      t(mean),
      `exponential(${t(mean)})`,
      `exponential(${t(mean)})`,
      `uniform(${t(mean / 2)}, ${t(mean * 1.5)})`,
      `uniform(0s, ${t(mean * 2)})`,
      `p50=${t(mean / 2)} p99=${t(mean * 5)}`,
      `normal(${t(mean)}, ${t(mean / 3)})`,
      `lognormal(mean ${t(mean)}, cv 1.5)`,
      `lognormal(median ${t(mean)}, sigma 0.5)`,
      `gamma(shape 0.5, mean ${t(mean)})`,
      `erlang(3, ${t(mean)})`,
      `hyper-exponential(90% ${t(mean / 2)}, 10% ${t(mean * 5.5)})`,
      `weibull(shape 0.7, mean ${t(mean)})`,
      `pareto(shape 2.2, mean ${t(mean)})`,
      `pareto(shape 3, min ${t(mean / 2)})`,
      `mixture(80% ${t(mean / 2)}, 20% exponential(${t(mean * 3)}))`,
      `empirical(${t(mean / 2)}, ${t(mean / 2)}, ${t(mean * 2)})`,
    ]);
  }

  /** Time on the wire. */
  latency(): string {
    if (this.isInstant) return '0s';
    return this.law(this.dice.pick([0, 0.05, 0.2, 1, 3]));
  }

  /** Time that work takes. */
  work(): string {
    const means = this.theme === 'urgency' ? [2, 4, 10, 20] : [0, 0.1, 0.5, 1, 2, 4, 10];
    return this.law(this.dice.pick(means));
  }

  /** How long a caller waits; `none` only where every message arrives. */
  timeout(): string {
    if (!this.hasPartitions && this.dice.chance(0.2)) return 'none';
    return this.law(this.dice.spread(2, 200)).replace(/^0s$/, this.time(20));
  }

  /** Several of the zones, or `null` for the default. */
  someZones(): string[] | null {
    if (this.dice.chance(0.3)) return null;
    return this.zones.slice(0, this.dice.between(1, this.zones.length));
  }
}
