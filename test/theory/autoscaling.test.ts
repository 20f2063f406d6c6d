import { autoscaling } from './autoscaling.ts';
import { holdToTheory } from './hold-to-theory.ts';

holdToTheory(autoscaling);
