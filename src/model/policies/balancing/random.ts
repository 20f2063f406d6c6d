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
    const { healthyCount } = this.targets;
    return healthyCount === 0 ? -1 : this.targets.nthHealthy(this.stream.below(healthyCount));
  }
}

const policy: BalancingPolicy = {
  name: 'random',
  summary: 'Any healthy instance with the same probability.',
  source: 'kube-proxy in iptables mode',
  create: (targets, stream) => new Random(targets, stream),
};

export default policy;
