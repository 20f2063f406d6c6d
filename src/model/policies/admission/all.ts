import type { AdmissionPolicy, Admitter } from '../../admission.ts';

const everyone: Admitter = Object.freeze({ asked: () => undefined, admits: () => true });

/** Every key comes in. */
const policy: AdmissionPolicy = {
  name: 'all',
  summary: 'Every key comes in.',
  source: 'memcached, Redis: a set always stores',
  takes: 'nothing',
  create: () => everyone,
};

export default policy;
