import { holdToTheory } from './hold-to-theory.ts';
import { overload } from './overload.ts';

holdToTheory(overload);
