/** The network splits: messages across the cut are lost, in both directions. */

import type { FaultDefinition } from '../fault.ts';

const partition: FaultDefinition = {
  name: 'partition',
  summary:
    'No message reaches or leaves the target, or passes between the two zones, until the end ' +
    'given by `for`.',
  targets: 'node-or-zones',
  happening: 'fault',
  hasEnd: true,
  factor: null,
  begin: (works, scope) => works.cutOff(scope),
  end: (works, scope) => works.reconnect(scope),
};

export default partition;
