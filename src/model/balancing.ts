/** A balancing policy picks one of several instances for a request. One file each. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';
import type { PriorityLevels } from './priority-levels.ts';

/** Decides which of the instances that are there get requests. */
export interface Keeper {
  /** An instance has come or gone. */
  presenceChanged(index: number): void;
}

/** The instances a caller chooses from, as that caller sees them. */
export class Targets {
  readonly count: number;
  /** Requests this caller has at each instance. */
  readonly inFlight: Int32Array;
  /** 1 for an instance that gets requests, because the caller believes it healthy. */
  readonly healthy: Uint8Array;
  healthyCount: number;
  /** 1 for an instance that is there; the others an autoscaler has switched off. */
  readonly present: Uint8Array;
  /** Null: whoever is there gets requests. */
  keeper: Keeper | null = null;
  /** How often `healthy` has changed for longer than one pick. */
  changes = 0;
  /** The instance that the present pick leaves out although it is healthy, or -1. */
  avoided = -1;
  /** Sum of `inFlight`. */
  totalInFlight = 0;
  /** Names for hashing, in order. */
  readonly names: readonly string[];
  readonly weights: readonly number[];

  /** `shared`: what is known of each instance, when these are a part of others. */
  constructor(
    names: readonly string[],
    weights: readonly number[],
    shared: Pick<Targets, 'inFlight' | 'healthy' | 'present'> | null = null,
  ) {
    this.count = names.length;
    this.names = Object.freeze([...names]);
    this.weights = Object.freeze([...weights]);
    this.inFlight = shared?.inFlight ?? new Int32Array(this.count);
    this.healthy = shared?.healthy ?? new Uint8Array(this.count).fill(1);
    this.present = shared?.present ?? new Uint8Array(this.count).fill(1);
    this.healthyCount = this.count;
  }

  /** The instances from `start` to before `end` as targets of their own; see `recount`. */
  part(start: number, end: number): Targets {
    return new Targets(this.names.slice(start, end), this.weights.slice(start, end), {
      inFlight: this.inFlight.subarray(start, end),
      healthy: this.healthy.subarray(start, end),
      present: this.present.subarray(start, end),
    });
  }

  /** Brings a part up to date with the whole, in which it begins at `start`. */
  recount({ avoided, changes }: Targets, start: number): void {
    this.changes = changes;
    this.avoided = avoided < 0 ? -1 : avoided - start;
    this.healthyCount = 0;
    this.totalInFlight = 0;
    for (let index = 0; index < this.count; index++) {
      this.healthyCount += this.healthy[index]!;
      this.totalInFlight += this.inFlight[index]!;
    }
  }

  /** The place of the n-th healthy instance, n from 0 and below `healthyCount`. */
  nthHealthy(n: number): number {
    if (this.healthyCount === this.count) return n;
    let left = n;
    let index = 0;
    while (this.healthy[index] === 0 || left-- > 0) index++;
    return index;
  }

  setHealthy(index: number, healthy: boolean): void {
    if ((this.healthy[index] === 1) === healthy) return;
    this.healthy[index] = healthy ? 1 : 0;
    this.healthyCount += healthy ? 1 : -1;
    this.changes++;
  }

  /** An instance has come, and gets requests unless the keeper decides otherwise, or has gone. */
  setPresent(index: number, present: boolean): void {
    this.present[index] = present ? 1 : 0;
    if (this.keeper === null) this.setHealthy(index, present);
    else this.keeper.presenceChanged(index);
  }

  /** Leaves a healthy instance out of the next picks, until `readmit`; no change of health. */
  avoid(index: number): void {
    this.avoided = index;
    this.healthy[index] = 0;
    this.healthyCount--;
  }

  /** Ends `avoid`. */
  readmit(index: number): void {
    this.avoided = -1;
    this.healthy[index] = 1;
    this.healthyCount++;
  }
}

/** Numbers a policy may need; each policy uses its own. */
export interface BalancingOptions {
  /** Instances compared by `two-choices`. */
  readonly choices: number;
  /** Bound of `consistent-hash`, a multiple of the mean load. */
  readonly loadFactor: number;
  /** Points of each instance on the ring. */
  readonly virtualNodes: number;
  /** Entries of the table of `maglev`, a prime. */
  readonly tableSize: number;
  /** Groups of instances that take over from each other; null: all are one group. */
  readonly levels?: PriorityLevels | null;
}

export interface Picker {
  /** Place of a healthy instance for a request with this key (-1: none); -1 when all are sick. */
  pick(key: number): number;
}

export interface BalancingPolicy {
  /** The word after `policy:`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** True when requests of one key go to one instance. */
  readonly byKey?: boolean;
  readonly create: (targets: Targets, stream: Stream, options: BalancingOptions) => Picker;
}

export const balancingPolicies: Registry<BalancingPolicy> = registryOf(
  import.meta.glob<{ default: BalancingPolicy }>('./policies/balancing/*.ts', { eager: true }),
);

export const defaultBalancingOptions: BalancingOptions = Object.freeze({
  choices: 2,
  loadFactor: 1.25,
  virtualNodes: 100,
  tableSize: 65_537,
});
