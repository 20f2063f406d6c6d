import { holdToTheory } from './hold-to-theory.ts';
import { conflicts } from './conflicts.ts';

holdToTheory(conflicts);
