import { holdToTheory } from './hold-to-theory.ts';
import { networks } from './networks.ts';

holdToTheory(networks);
