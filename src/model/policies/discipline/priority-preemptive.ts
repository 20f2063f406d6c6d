import type { Discipline } from '../../discipline.ts';

/** By urgency, interrupting the less urgent, which resume where they stopped. */
const discipline: Discipline = {
  name: 'priority-preemptive',
  summary: 'A more urgent request interrupts a less urgent one, which resumes later.',
  source: 'Jaiswal, Priority Queues, 1968: preemptive resume',
  byPriority: true,
  newestFirst: false,
  preemptive: true,
  shared: false,
};

export default discipline;
