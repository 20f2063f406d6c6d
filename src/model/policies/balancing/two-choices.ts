import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';
import type { Stream } from '../../../kernel/random.ts';

/**
 * The least loaded of a few distinct healthy instances drawn at random (two, unless `choices` says
 * more); random among equals.
 *
 * Source: Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001; distinct draws
 * by Floyd's algorithm, Bentley and Floyd, A Sample of Brilliance, 1987.
 */
class TwoChoices implements Picker {
  private readonly targets: Targets;
  private readonly stream: Stream;
  private readonly choices: number;
  private readonly drawn: Int32Array;

  constructor(targets: Targets, stream: Stream, choices: number) {
    this.targets = targets;
    this.stream = stream;
    this.choices = choices;
    this.drawn = new Int32Array(choices);
  }

  pick(): number {
    const { healthyCount, inFlight } = this.targets;
    if (healthyCount === 0) return -1;
    const draws = Math.min(this.choices, healthyCount);
    let best = -1;
    let ties = 0;
    for (let draw = 0; draw < draws; draw++) {
      const index = this.targets.nthHealthy(this.distinct(draw, healthyCount - draws + draw + 1));
      const load = inFlight[index]!;
      if (best < 0 || load < inFlight[best]!) {
        best = index;
        ties = 1;
      } else if (load === inFlight[best]! && this.stream.below(++ties) === 0) {
        best = index;
      }
    }
    return best;
  }

  /** The next of several distinct numbers, drawn below `limit`. */
  private distinct(draw: number, limit: number): number {
    let number = this.stream.below(limit);
    for (let earlier = 0; earlier < draw; earlier++) {
      if (this.drawn[earlier] === number) {
        number = limit - 1;
        break;
      }
    }
    this.drawn[draw] = number;
    return number;
  }
}

const policy: BalancingPolicy = {
  name: 'two-choices',
  summary: 'The less loaded of two instances drawn at random.',
  source: 'Envoy LEAST_REQUEST with choice_count 2',
  create: (targets, stream, options) => new TwoChoices(targets, stream, options.choices),
};

export default policy;
