/** Somebody turns a knob: not a failure, yet it happens to the design at one moment like one. */

import type { FaultDefinition } from '../fault.ts';

const change: FaultDefinition = {
  name: 'change',
  summary:
    'The parameter has the value of `to` from this moment on. With `for` it has the old one ' +
    'again at the end; without, it keeps the new one.',
  targets: 'parameter',
  happening: 'fault',
  hasEnd: true,
  factor: null,
  begin: (works, scope, _factor, plan) => works.changes.begin(scope, plan!),
  end: (works, scope) => works.changes.end(scope),
};

export default change;
