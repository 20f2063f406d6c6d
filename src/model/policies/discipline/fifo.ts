import type { Discipline } from '../../discipline.ts';

/** First in, first out: the fair default. */
const discipline: Discipline = {
  name: 'fifo',
  summary: 'First come, first served.',
  source: 'Kleinrock, Queueing Systems 1, 1975',
  byPriority: false,
  newestFirst: false,
  preemptive: false,
  shared: false,
};

export default discipline;
