import { holdToTheory } from './hold-to-theory.ts';
import { caches } from './caches.ts';

holdToTheory(caches);
