import { holdToTheory } from './hold-to-theory.ts';
import { replication } from './replication.ts';

holdToTheory(replication);
