/** The process dies: what it held in memory and in flight is lost at once. */

import type { FaultDefinition } from '../fault.ts';

const crash: FaultDefinition = {
  name: 'crash',
  summary:
    'The process dies with its memory and its requests in flight. With `for` it starts again at ' +
    'the end; without, it stays down.',
  targets: 'node',
  happening: 'fault',
  hasEnd: true,
  factor: null,
  begin: (works, scope) => works.crash(scope),
  end: (works, scope) => works.recover(scope),
};

export default crash;
