import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';
import type { Stream } from '../../../kernel/random.ts';

/**
 * The healthy instance with the fewest requests of this caller in flight. Ties are broken at
 * random: always taking the first would load it more than the rest.
 *
 * Source: join the shortest queue, Winston, Optimality of the Shortest Line Discipline, 1977.
 */
class LeastRequests implements Picker {
  private readonly targets: Targets;
  private readonly stream: Stream;

  constructor(targets: Targets, stream: Stream) {
    this.targets = targets;
    this.stream = stream;
  }

  pick(): number {
    const { count, healthy, inFlight } = this.targets;
    let fewest = Infinity;
    let ties = 0;
    for (let index = 0; index < count; index++) {
      if (healthy[index] === 0) continue;
      const load = inFlight[index]!;
      if (load < fewest) {
        fewest = load;
        ties = 1;
      } else if (load === fewest) {
        ties++;
      }
    }
    if (ties === 0) return -1;
    let left = ties === 1 ? 0 : this.stream.below(ties);
    let index = 0;
    for (;;) {
      if (healthy[index] === 1 && inFlight[index] === fewest && left-- === 0) return index;
      index++;
    }
  }
}

const policy: BalancingPolicy = {
  name: 'least-requests',
  summary: 'The instance with the fewest requests in flight; random among equals.',
  source: 'HAProxy leastconn, Envoy least request over all hosts',
  create: (targets, stream) => new LeastRequests(targets, stream),
};

export default policy;
