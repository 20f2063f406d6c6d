/**
 * Everything that can be made to go wrong: the files of faults/, by the verb that each declares.
 */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { FaultDefinition } from './fault.ts';

export const faults: Registry<FaultDefinition> = registryOf(
  import.meta.glob<{ readonly default: FaultDefinition }>('./faults/*.ts', { eager: true }),
);
