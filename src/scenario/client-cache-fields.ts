/** What can be said about the caches of clients. */

import { count, list, syntax, text } from '../model/parameters.ts';

export const clientCacheFields = {
  keeps: list({
    description: 'Operations whose answers are kept, one for each key.',
    of: text({ description: 'An operation of the mix that only reads records of its keys.' }),
    min: 1,
  }),
  capacity: syntax('capacity', {
    description:
      'How much each client keeps: entries, bytes, or a share of a dataset. What was used longest' +
      ' ago makes room.',
  }),
  ttl: syntax('ttl', {
    live: true,
    description: 'Age at which a copy expires, counted from its fill at the client; none: never.',
    default: 'none',
    optional: true,
  }),
  clients: count({
    description: 'Open loop: distinct clients, each with a cache of its own.',
    min: 1,
    max: 1_000_000,
    optional: true,
  }),
  activity: syntax('popularity', {
    description: 'Open loop: how requests spread over the clients, in the forms of a popularity.',
    default: 'uniform',
  }),
};
