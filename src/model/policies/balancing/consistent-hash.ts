import { HashRing, hashKey } from '../../hash-ring.ts';
import type { BalancingOptions, BalancingPolicy, Picker, Targets } from '../../balancing.ts';
import type { Stream } from '../../../kernel/random.ts';

/**
 * The instance that owns the request's key on a hash ring, so that a key keeps its instance. No
 * instance may hold more than `load-factor` times the mean of requests in flight, rounded up;
 * beyond that the request walks on along the ring. A request without a key starts anywhere.
 *
 * Source: Mirrokni, Thorup, Zadimoghaddam, Consistent Hashing with Bounded Loads, SODA 2018.
 */
class ConsistentHash implements Picker {
  private readonly targets: Targets;
  private readonly stream: Stream;
  private readonly ring: HashRing;
  private readonly loadFactor: number;

  constructor(targets: Targets, stream: Stream, options: BalancingOptions) {
    this.targets = targets;
    this.stream = stream;
    this.ring = new HashRing(targets.names, options.virtualNodes);
    this.loadFactor = options.loadFactor;
  }

  pick(key: number): number {
    const { healthy, healthyCount, inFlight, totalInFlight } = this.targets;
    if (healthyCount === 0) return -1;
    const bound = Math.ceil((this.loadFactor * (totalInFlight + 1)) / healthyCount);
    let point = this.ring.pointAt(key < 0 ? this.stream.uint32() : hashKey(key));
    for (;;) {
      const member = this.ring.memberAt(point);
      if (healthy[member] === 1 && inFlight[member]! < bound) return member;
      point = point + 1 === this.ring.points ? 0 : point + 1;
    }
  }
}

const policy: BalancingPolicy = {
  name: 'consistent-hash',
  summary: 'The instance that owns the key on a hash ring, unless it is overloaded.',
  source: 'HAProxy hash-type consistent with hash-balance-factor 125',
  byKey: true,
  create: (targets, stream, options) => new ConsistentHash(targets, stream, options),
};

export default policy;
