import { hashTables } from './hash-tables.ts';
import { holdToTheory } from './hold-to-theory.ts';

holdToTheory(hashTables);
