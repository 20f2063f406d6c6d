import { holdToTheory } from './hold-to-theory.ts';
import { characteristicTimes } from './characteristic-time.ts';

holdToTheory(characteristicTimes);
