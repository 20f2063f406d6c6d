/**
 * A database: shards, each with a primary and replicas. The primary's writes reach the replicas
 * through a log; when a primary is lost, a replica takes over and what it had not received is lost.
 */

import { defineComponent } from '../component.ts';
import { parameters } from './database/parameters.ts';
import { Database } from './database/database.ts';

export default defineComponent({
  name: 'database',
  summary:
    'Shards with a primary and replicas each; replication, failover, lost writes, stale reads.',
  glyph: 'database',
  parameters,
  metrics: [
    { name: 'staleReads', unit: 'reads', description: 'Reads of a version older than the newest.' },
    {
      name: 'lostWrites',
      unit: 'writes',
      description: 'Acknowledged writes that did not survive.',
    },
    { name: 'elections', unit: 'elections', description: 'Primaries declared dead.' },
    { name: 'promotions', unit: 'promotions', description: 'Replicas that became primary.' },
    {
      name: 'lagSecondsMax',
      unit: 's',
      description: 'Longest time for which a replica that is up, cut off or not, lacked a write.',
    },
    {
      name: 'lagWritesMax',
      unit: 'writes',
      description: 'Most writes that such a replica was behind.',
    },
    {
      name: 'bufferPool',
      unit: 'statements',
      description: 'With a buffer pool: statements whose record was in memory, and others.',
    },
  ],
  create: (world, name, values) => new Database(world, name, values),
});
