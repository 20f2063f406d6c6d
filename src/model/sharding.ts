/** A sharding policy says which shard holds a key. One file each. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';

export interface ShardingPolicy {
  /** The word after `by`; also the file's name. */
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** Shard from 0 of the key with this rank among `keys` keys of its dataset. */
  readonly shardOf: (rank: number, keys: number, shards: number) => number;
}

export const shardingPolicies: Registry<ShardingPolicy> = registryOf(
  import.meta.glob<{ default: ShardingPolicy }>('./policies/sharding/*.ts', { eager: true }),
);
