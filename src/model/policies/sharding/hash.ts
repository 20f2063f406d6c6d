import { hashKey } from '../../hash-ring.ts';
import type { ShardingPolicy } from '../../sharding.ts';

/** By a hash of the key: popular keys are spread, ranges are not kept together. */
const policy: ShardingPolicy = {
  name: 'hash',
  summary: 'By a hash of the key: popular keys are spread, ranges are not kept together.',
  source: 'MongoDB hashed sharding; Amazon Dynamo, DeCandia et al., 2007',
  shardOf: (rank, _keys, shards) => hashKey(rank) % shards,
};

export default policy;
