import { holdToTheory } from './hold-to-theory.ts';
import { disciplines } from './disciplines.ts';

holdToTheory(disciplines);
