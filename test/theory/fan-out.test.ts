import { holdToTheory } from './hold-to-theory.ts';
import { fanOut } from './fan-out.ts';

holdToTheory(fanOut);
