import { holdToTheory } from './hold-to-theory.ts';
import { writeBack } from './write-back.ts';

holdToTheory(writeBack);
