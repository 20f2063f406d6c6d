import type { Discipline } from '../../discipline.ts';

/** Everybody at once at an equal share, as threads on the cores of one machine. */
const discipline: Discipline = {
  name: 'processor-sharing',
  summary: 'All requests progress at once, each at an equal share of the workers.',
  source: 'Kleinrock, Time-shared Systems: A Theoretical Treatment, 1967',
  byPriority: false,
  newestFirst: false,
  preemptive: false,
  shared: true,
};

export default discipline;
