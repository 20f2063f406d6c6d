import type { AdmissionPolicy, Admitter, Candidate } from '../../admission.ts';

/** Entries up to a size come in, larger ones never. */
class SizeThreshold implements Admitter {
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  asked(): void {
    return;
  }

  admits({ bytes }: Candidate): boolean {
    return bytes <= this.most;
  }
}

const policy: AdmissionPolicy = {
  name: 'size-threshold',
  summary: 'Entries up to a size come in, larger ones never.',
  source: 'Abrams et al., Caching Proxies: Limitations and Potentials, 1995: LRU-Threshold',
  takes: 'size',
  create: (_stream, _view, most) => new SizeThreshold(most),
};

export default policy;
