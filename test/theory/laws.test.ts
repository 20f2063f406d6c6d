import { holdToTheory } from './hold-to-theory.ts';
import { laws } from './laws.ts';

holdToTheory(laws);
