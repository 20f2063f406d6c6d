import { coldCaches } from './cold-caches.ts';
import { holdToTheory } from './hold-to-theory.ts';

holdToTheory(coldCaches);
