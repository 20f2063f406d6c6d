import type { ShardingPolicy } from '../../sharding.ts';

/** By ranges of equal width: neighbours stay together, and so do the popular ones. */
const policy: ShardingPolicy = {
  name: 'range',
  summary: 'By ranges of equal width: neighbours stay together, and so do the popular ones.',
  source: 'Bigtable, Chang et al., 2006; HBase regions',
  shardOf: (rank, keys, shards) => Math.floor((rank / keys) * shards),
};

export default policy;
