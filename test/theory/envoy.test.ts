import { holdToTheory } from './hold-to-theory.ts';
import { envoy } from './envoy.ts';

holdToTheory(envoy);
