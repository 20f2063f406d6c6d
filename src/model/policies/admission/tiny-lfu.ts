import type { AdmissionPolicy, Admitter, Candidate } from '../../admission.ts';
import type { CacheView } from '../../eviction.ts';
import { FrequencySketch } from '../../frequency-sketch.ts';

const NONE = -1;
/** Without a victim to compare with, a key must have been asked for so often. */
const WITHOUT_VICTIM = 2;

/**
 * A key comes into a full cache only when it was asked for more often of late than the key that
 * would leave for it.
 *
 * Source: G. Einziger, R. Friedman, B. Manes, TinyLFU: A Highly Efficient Cache Admission Policy,
 * 2017, with the sketch of Caffeine 3. Deviations: without a doorkeeper; only the first of several
 * entries that would have to leave is compared; where the eviction policy cannot say who that is, a
 * key comes in when it was asked for at least twice of late.
 */
class TinyLfu implements Admitter {
  private readonly sketch = new FrequencySketch();
  private readonly view: CacheView;

  constructor(view: CacheView) {
    this.view = view;
  }

  asked(key: number): void {
    this.sketch.increment(key);
  }

  admits({ key, entries, hasRoom, victim }: Candidate): boolean {
    const { sketch } = this;
    sketch.ensure(entries, this.view.capacity);
    if (hasRoom) return true;
    const count = sketch.frequency(key);
    return victim === NONE ? count >= WITHOUT_VICTIM : count > sketch.frequency(victim);
  }
}

const policy: AdmissionPolicy = {
  name: 'tiny-lfu',
  summary: 'A key comes into a full cache when it was asked for more often than who would leave.',
  source: 'Einziger, Friedman, Manes, TinyLFU, 2017',
  takes: 'nothing',
  create: (_stream, view) => new TinyLfu(view),
};

export default policy;
