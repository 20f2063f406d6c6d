import type { ShardingPolicy } from '../../sharding.ts';

/** By the remainder of the key: keys in turn go to shards in turn. */
const policy: ShardingPolicy = {
  name: 'modulo',
  summary: 'By the remainder of the key: keys in turn go to shards in turn.',
  source: 'The textbook scheme; adding a shard moves almost every key',
  shardOf: (rank, _keys, shards) => rank % shards,
};

export default policy;
