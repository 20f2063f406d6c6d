import { holdToTheory } from './hold-to-theory.ts';
import { queues } from './queues.ts';

holdToTheory(queues);
