import type { Discipline } from '../../discipline.ts';

/** By urgency, without taking a worker away. */
const discipline: Discipline = {
  name: 'priority',
  summary: 'The most urgent is served first; a running one is never interrupted.',
  source: 'Cobham, Priority Assignment in Waiting Line Problems, 1954; urgency of RFC 9218',
  byPriority: true,
  newestFirst: false,
  preemptive: false,
  shared: false,
};

export default discipline;
