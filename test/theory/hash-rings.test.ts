import { hashRings } from './hash-rings.ts';
import { holdToTheory } from './hold-to-theory.ts';

holdToTheory(hashRings);
