/** Which other caches ride along with one, to see what they would have had. */

import { list, syntax } from '../../parameters.ts';

/** Shadows of one cache at most. */
export const SHADOWS_MOST = 8;

export const shadowParameters = {
  shadow: list({
    description:
      'Other caches that ride along and answer nobody: each says which hit ratio a cache of its ' +
      'size, in relation to this capacity, or of its policy would have had. Up to ' +
      `${SHADOWS_MOST}; large ones see a sample of the keys, and the error is stated.`,
    of: syntax('shadow', {
      description: 'A size in relation to the capacity, after an eviction policy if another.',
    }),
    min: 1,
    optional: true,
  }),
};
