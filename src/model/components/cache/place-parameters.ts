/** What can be said of the place of a cache: inside a service, before another cache. */

import { choice, component, share } from '../../parameters.ts';

export const placeParameters = {
  inside: component({
    description:
      'The service in whose instances it lives: each instance has a node of its own, which holds ' +
      'all of `capacity`, is asked without a message, and is lost with the instance. A look-up ' +
      'takes 1us there, and any number go on together, unless the file says otherwise. Left ' +
      'out: it has processes of its own.',
    kinds: ['service'],
    optional: true,
    source: 'Caffeine, Guava: caches inside a process',
  }),
  promote: share({
    description:
      'Probability with which a value that was found in a cache behind this one is put in here; ' +
      '0%: only what comes from the store is.',
    default: '100%',
  }),
  inclusion: choice({
    description:
      'What this cache and the one behind it hold together: free (each what it is given), ' +
      'exclusive (a value is in one of the two: a hit behind moves it here, and what this one ' +
      'evicts moves there), inclusive (whatever leaves the one behind leaves this one too, by a ' +
      'message to all of its nodes).',
    of: ['free', 'exclusive', 'inclusive'],
    default: 'free',
    source: 'Wong and Wilkes, My Cache or Yours?, 2002: demotion; Baer and Wang, 1988: inclusion',
  }),
};
