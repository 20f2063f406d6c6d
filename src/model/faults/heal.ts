/** What is slow or cut off is well again, whatever made it so. */

import type { FaultDefinition } from '../fault.ts';

const heal: FaultDefinition = {
  name: 'heal',
  summary: 'Slowness and partitions of the target, or between the two zones, end now.',
  targets: 'node-or-zones',
  happening: 'recovery',
  hasEnd: false,
  factor: null,
  begin: (works, scope) => works.heal(scope),
  end: () => undefined,
};

export default heal;
