import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';
import type { Stream } from '../../../kernel/random.ts';

/** Any healthy instance with the same probability. */
class Random implements Picker {
  private readonly targets: Targets;
  private readonly stream: Stream;

  constructor(targets: Targets, stream: Stream) {
    this.targets = targets;
    this.stream = stream;
  }

  pick(): number {
    const { count, healthy, healthyCount } = this.targets;
    if (healthyCount === 0) return -1;
    let left = this.stream.below(healthyCount);
    if (healthyCount === count) return left;
    let index = 0;
    for (;;) {
      if (healthy[index] === 1 && left-- === 0) return index;
      index++;
    }
  }
}

const policy: BalancingPolicy = {
  name: 'random',
  summary: 'Any healthy instance with the same probability.',
  source: 'kube-proxy in iptables mode',
  create: (targets, stream) => new Random(targets, stream),
};

export default policy;
