/** A balancing policy picks one of several instances for a request. One file each. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';

/** The instances a caller chooses from, as that caller sees them. */
export class Targets {
  readonly count: number;
  /** Requests this caller has at each instance. */
  readonly inFlight: Int32Array;
  /** 1 for an instance that the caller believes healthy. */
  readonly healthy: Uint8Array;
  healthyCount: number;
  /** Sum of `inFlight`. */
  totalInFlight = 0;
  /** Names for hashing, in order. */
  readonly names: readonly string[];
  readonly weights: readonly number[];

  constructor(names: readonly string[], weights: readonly number[]) {
    this.count = names.length;
    this.names = Object.freeze([...names]);
    this.weights = Object.freeze([...weights]);
    this.inFlight = new Int32Array(this.count);
    this.healthy = new Uint8Array(this.count).fill(1);
    this.healthyCount = this.count;
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
  readonly create: (targets: Targets, stream: Stream, options: BalancingOptions) => Picker;
}

export const balancingPolicies: Registry<BalancingPolicy> = registryOf(
  import.meta.glob<{ default: BalancingPolicy }>('./policies/balancing/*.ts', { eager: true }),
);

export const defaultBalancingOptions: BalancingOptions = Object.freeze({
  choices: 2,
  loadFactor: 1.25,
  virtualNodes: 100,
});
