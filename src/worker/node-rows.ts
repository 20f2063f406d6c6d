/**
 * Which row of the picture's nodes a node of the simulation has. Rows go box by box: populations
 * first, since traffic comes from there, then the components as in the file. A population has one
 * row of its own, whether its clients sit in a zone or outside of all.
 */

import type { Node } from '../model/node.ts';
import { Population } from '../model/workloads/population.ts';
import type { Component, World } from '../model/world.ts';

export interface DrawnBox {
  readonly component: Component;
  readonly firstRow: number;
  /** Empty for a population, which has one row all the same. */
  readonly nodes: readonly Node[];
}

export class NodeRows {
  readonly boxes: readonly DrawnBox[];
  readonly count: number;
  private readonly rows: Int32Array;

  constructor(world: World) {
    const clients = world.components.filter(isPopulation);
    const others = world.components.filter((component) => !isPopulation(component));
    this.rows = new Int32Array(world.nodes.length);
    let row = 0;
    this.boxes = [...clients, ...others].map((component) => {
      const firstRow = row;
      const nodes = isPopulation(component) ? [] : component.nodes;
      nodes.forEach((node, index) => {
        this.rows[node.id] = firstRow + index;
      });
      if (component instanceof Population && component.place !== null) {
        this.rows[component.place.id] = firstRow;
      }
      row += isPopulation(component) ? 1 : nodes.length;
      return { component, firstRow, nodes };
    });
    this.count = row;
  }

  /** Row of a node by its number in the simulation. */
  rowOf(node: number): number {
    return this.rows[node]!;
  }
}

export function isPopulation(component: Component): boolean {
  return component instanceof Population;
}
