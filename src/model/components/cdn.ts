/**
 * A content delivery network: points of presence near the clients, each with real contents of its
 * own. A second one behind the first, with a single point, is an origin shield.
 */

import { defineComponent } from '../component.ts';
import { parameters } from './cdn/parameters.ts';
import { Cdn } from './cdn/cdn.ts';

export default defineComponent({
  name: 'cdn',
  summary:
    'Points of presence that answer clients from their own copies and ask the origin for the rest.',
  glyph: 'cdn',
  parameters,
  metrics: [
    { name: 'hits', unit: 'requests', description: 'Requests answered from a copy at the point.' },
    { name: 'misses', unit: 'requests', description: 'Requests for which it had no fresh copy.' },
    { name: 'hitRatio', unit: 'share', description: 'Hits over hits and misses.' },
    {
      name: 'originRequests',
      unit: 'requests',
      description: 'Requests that went on to the origin, passed on or to fetch a copy.',
    },
    {
      name: 'coalesced',
      unit: 'requests',
      description: 'Misses that waited for a fetch which was under way already.',
    },
    { name: 'pushes', unit: 'copies', description: 'Copies that the publisher has put in.' },
    { name: 'invalidations', unit: 'copies', description: 'Copies purged after a write.' },
    { name: 'staleReads', unit: 'hits', description: 'Answers older than the newest write.' },
    {
      name: 'staleIfError',
      unit: 'requests',
      description: 'Requests answered with an expired copy because the origin failed.',
    },
    { name: 'edgeBytes', unit: 'bytes', description: 'Bytes of the answers it gave.' },
    { name: 'originBytes', unit: 'bytes', description: 'Bytes that it took from the origin.' },
  ],
  create: (world, name, values) => new Cdn(world, name, values),
});
