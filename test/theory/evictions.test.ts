import { holdToTheory } from './hold-to-theory.ts';
import { evictions } from './evictions.ts';

holdToTheory(evictions);
