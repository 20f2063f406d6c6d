/** Everything takes longer, yet answers come: the failure that health checks do not see. */

import type { FaultDefinition } from '../fault.ts';

const slow: FaultDefinition = {
  name: 'slow',
  summary: 'All work takes `by` times as long, until the end given by `for`.',
  targets: 'node',
  happening: 'fault',
  hasEnd: true,
  factor: {
    description: 'How many times as long work takes.',
    min: 1,
    max: 10_000,
  },
  begin: (works, scope, factor) => works.slow(scope, factor),
  end: (works, scope) => works.restoreSpeed(scope),
};

export default slow;
