/** A restart that empties the memory: the case in which a cache hurts most. */

import type { FaultDefinition } from '../fault.ts';

const restartCold: FaultDefinition = {
  name: 'restart-cold',
  summary:
    'The process stops, loses its requests in flight and its contents, and serves again, empty, ' +
    'after its `start-up`.',
  targets: 'node',
  happening: 'fault',
  hasEnd: false,
  factor: null,
  begin: (works, scope) => works.restart(scope, true),
  end: () => undefined,
};

export default restartCold;
