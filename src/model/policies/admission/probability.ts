import type { Stream } from '../../../kernel/random.ts';
import type { AdmissionPolicy, Admitter } from '../../admission.ts';

/** Each time a key wants to come in a coin is tossed for it. */
class Probability implements Admitter {
  private readonly stream: Stream;
  private readonly share: number;

  constructor(stream: Stream, share: number) {
    this.stream = stream;
    this.share = share;
  }

  asked(): void {
    return;
  }

  admits(): boolean {
    return this.stream.uniform() < this.share;
  }
}

const policy: AdmissionPolicy = {
  name: 'probability',
  summary: 'A key comes in with a probability each time, so what is asked for often soon does.',
  source: 'Laoutaris, Che, Stavrakakis, The LCD Interconnection of LRU Caches, 2006: Prob(p)',
  takes: 'share',
  create: (stream, _view, share) => new Probability(stream, share),
};

export default policy;
