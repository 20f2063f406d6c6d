import { holdToTheory } from './hold-to-theory.ts';
import { balancing } from './balancing.ts';

holdToTheory(balancing);
