/**
 * What a kind of box is: its name in the scenario language, its parameters, its metrics, and how
 * to make one. Each file in components/ declares one and is found by its name.
 */

import type { Fields, ValuesOf } from './parameters.ts';
import type { Component, World } from './world.ts';

export interface ComponentDefinition<F extends Fields = Fields> {
  /** The word after `kind:`; also the file's name. */
  readonly name: string;
  /** One or two sentences for the catalogue and the palette. */
  readonly summary: string;
  /** Which drawing the stage uses. */
  readonly glyph: 'balancer' | 'service' | 'cache' | 'cdn' | 'database';
  readonly parameters: F;
  /** What this kind reports beyond the metrics that every component has. */
  readonly metrics: readonly MetricDescription[];
  readonly create: (world: World, name: string, parameters: ValuesOf<F>) => Component;
}

export interface MetricDescription {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

/** Keeps the types of the parameters for `create`, and erases them for the registry. */
export function defineComponent<F extends Fields>(
  definition: ComponentDefinition<F>,
): ComponentDefinition {
  return definition as unknown as ComponentDefinition;
}
