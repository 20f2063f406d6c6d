/** The process stops and starts again; what it can load from its disk is there again. */

import type { FaultDefinition } from '../fault.ts';

const restart: FaultDefinition = {
  name: 'restart',
  summary:
    'The process stops, loses its requests in flight and serves again after its `start-up`, with ' +
    'the contents it had.',
  targets: 'node',
  happening: 'fault',
  hasEnd: false,
  factor: null,
  begin: (works, scope) => works.restart(scope, false),
  end: () => undefined,
};

export default restart;
