import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';

/** Each healthy instance in turn. */
class RoundRobin implements Picker {
  private readonly targets: Targets;
  private last = -1;

  constructor(targets: Targets) {
    this.targets = targets;
  }

  pick(): number {
    const { count, healthy, healthyCount } = this.targets;
    if (healthyCount === 0) return -1;
    do {
      this.last = this.last + 1 === count ? 0 : this.last + 1;
    } while (healthy[this.last] === 0);
    return this.last;
  }
}

const policy: BalancingPolicy = {
  name: 'round-robin',
  summary: 'Each healthy instance in turn.',
  source: 'nginx upstream module: the default',
  create: (targets) => new RoundRobin(targets),
};

export default policy;
