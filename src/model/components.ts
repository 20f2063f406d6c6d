/** Every kind of component: the files of components/, by the name that each declares. */

import { registryOf } from '../base/registry.ts';
import type { Registry } from '../base/registry.ts';
import type { ComponentDefinition } from './component.ts';

export const components: Registry<ComponentDefinition> = registryOf(
  import.meta.glob<{ readonly default: ComponentDefinition }>('./components/*.ts', { eager: true }),
);
