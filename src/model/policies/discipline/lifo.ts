import type { Discipline } from '../../discipline.ts';

/** Last in, first out: under overload the newest still meet their deadlines. */
const discipline: Discipline = {
  name: 'lifo',
  summary: 'The newest is served first; under overload some are served in time, others starve.',
  source: 'Nishtala et al., Scaling Memcache at Facebook, 2013; adaptive LIFO, Maurer, 2015',
  byPriority: false,
  newestFirst: true,
  preemptive: false,
  shared: false,
};

export default discipline;
