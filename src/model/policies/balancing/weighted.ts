import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';

/**
 * Smooth weighted round robin: every instance gains its weight at each pick, the richest is picked
 * and pays the sum of all weights, so picks of one instance are spread out.
 *
 * Source: nginx, ngx_http_upstream_round_robin.c, 2012. Ties go to the first; they pass over at
 * once.
 */
class Weighted implements Picker {
  private readonly targets: Targets;
  private readonly credit: Float64Array;

  constructor(targets: Targets) {
    this.targets = targets;
    this.credit = new Float64Array(targets.count);
  }

  pick(): number {
    const { count, healthy, weights } = this.targets;
    let total = 0;
    let best = -1;
    for (let index = 0; index < count; index++) {
      if (healthy[index] === 0) continue;
      const weight = weights[index]!;
      total += weight;
      this.credit[index]! += weight;
      if (best < 0 || this.credit[index]! > this.credit[best]!) best = index;
    }
    if (best >= 0) this.credit[best]! -= total;
    return best;
  }
}

const policy: BalancingPolicy = {
  name: 'weighted',
  summary: 'Each instance in proportion to its weight, evenly spread.',
  source: 'nginx upstream module: smooth weighted round robin',
  create: (targets) => new Weighted(targets),
};

export default policy;
