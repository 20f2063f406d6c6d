/**
 * Hops as the page draws them: the simulation's numbers of edges and nodes become places in the
 * picture. Thousands come with every frame, so the places are looked up in tables.
 */

import { HOP_WIDTH } from '../model/hop-log.ts';
import type { World } from '../model/world.ts';
import { HOP_STRIDE, HopColumn } from '../protocol/frame.ts';
import type { DrawnEdge } from './describe.ts';
import type { BoxDescription } from './engine.ts';
import type { NodeRows } from './node-rows.ts';

export class HopRows {
  private readonly rows: NodeRows;
  /** Place of each edge by the number that hops carry; replication has the numbers below 0. */
  private readonly edgePlaces: Int32Array;
  private readonly lowestNumber: number;
  /** First row of the box at which each edge begins. */
  private readonly firstRows: Int32Array;

  constructor(
    world: World,
    rows: NodeRows,
    edges: readonly DrawnEdge[],
    boxes: readonly BoxDescription[],
  ) {
    this.rows = rows;
    this.lowestNumber = -world.components.length;
    this.edgePlaces = new Int32Array(world.components.length + world.paths.length);
    for (const [place, { hopNumber }] of edges.entries()) {
      this.edgePlaces[hopNumber - this.lowestNumber] = place;
    }
    this.firstRows = Int32Array.from(edges, ({ from }) => boxes[from]!.firstNode);
  }

  /** The same hops in the columns of a frame; times in seconds. */
  translate(noted: Float64Array): Float64Array<ArrayBuffer> {
    const hops = new Float64Array((noted.length / HOP_WIDTH) * HOP_STRIDE);
    for (let from = 0, at = 0; from < noted.length; from += HOP_WIDTH, at += HOP_STRIDE) {
      const place = this.edgePlaces[noted[from]! - this.lowestNumber]!;
      hops[at + HopColumn.edge] = place;
      hops[at + HopColumn.fromNode] = this.rowOf(noted[from + 1]!, place);
      hops[at + HopColumn.toNode] = this.rowOf(noted[from + 2]!, place);
      hops[at + HopColumn.departure] = noted[from + 3]! / 1e9;
      hops[at + HopColumn.arrival] = noted[from + 4]! / 1e9;
      hops[at + HopColumn.kind] = noted[from + 5]!;
      hops[at + HopColumn.request] = noted[from + 6]!;
    }
    return hops;
  }

  /** Clients outside of all zones have the number -1 in the simulation. */
  private rowOf(node: number, edgePlace: number): number {
    return node >= 0 ? this.rows.rowOf(node) : this.firstRows[edgePlace]!;
  }
}
