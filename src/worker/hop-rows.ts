/**
 * Hops as the page draws them: the simulation's numbers of edges and nodes become places in the
 * picture. Thousands come with every frame, so the places are looked up in tables. Two things that
 * no single hop knows are read off their order: how much of the client's time is left, and that a
 * read goes to the store because a cache had nothing.
 */

import { HOP_WIDTH, HopMark } from '../model/hop-log.ts';
import { Population } from '../model/workloads/population.ts';
import type { World } from '../model/world.ts';
import { HOP_STRIDE, HopColumn, HopKind } from '../protocol/frame.ts';
import type { DrawnEdge } from './describe.ts';
import type { BoxDescription } from './engine.ts';
import type { NodeRows } from './node-rows.ts';
import { RecentRequests } from './recent-requests.ts';

export class HopRows {
  private readonly rows: NodeRows;
  /** Place of each edge by the number that hops carry; replication has the numbers below 0. */
  private readonly edgePlaces: Int32Array;
  private readonly lowestNumber: number;
  /** First row of the box at which each edge begins. */
  private readonly firstRows: Int32Array;
  /** For each edge the clients that call on it; null where no client does. */
  private readonly clients: readonly (Population | null)[];
  /** When each request began, ns, and its deadline, ns; Infinity: the client waits for ever. */
  private readonly births = new RecentRequests();
  /** When a look-up of each found nothing, ns, and the node that learnt of it and goes on. */
  private readonly misses = new RecentRequests();

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
    this.clients = edges.map(({ from }) => {
      const caller = world.components.find(({ name }) => name === boxes[from]!.name);
      return caller instanceof Population ? caller : null;
    });
  }

  /** The same hops in the columns of a frame; times in seconds. */
  translate(noted: Float64Array): Float64Array<ArrayBuffer> {
    const hops = new Float64Array((noted.length / HOP_WIDTH) * HOP_STRIDE);
    for (let from = 0, at = 0; from < noted.length; from += HOP_WIDTH, at += HOP_STRIDE) {
      const place = this.edgePlaces[noted[from]! - this.lowestNumber]!;
      const [departure, arrival] = [noted[from + 3]!, noted[from + 4]!];
      const request = noted[from + 6]!;
      const mark = noted[from + 5]!;
      const clients = this.clients[place]!;
      if (mark <= HopMark.retry && clients !== null) {
        this.noteBirth(request, departure, clients.deadline, mark === HopMark.retry);
      }
      hops[at + HopColumn.edge] = place;
      hops[at + HopColumn.fromNode] = this.rowOf(noted[from + 1]!, place);
      hops[at + HopColumn.toNode] = this.rowOf(noted[from + 2]!, place);
      hops[at + HopColumn.departure] = departure / 1e9;
      hops[at + HopColumn.arrival] = arrival / 1e9;
      hops[at + HopColumn.kind] = this.kindOf(noted, from);
      hops[at + HopColumn.request] = request;
      const hasFuel = mark !== HopMark.replication && this.births.knows(request);
      const until = arrival === Infinity ? departure : arrival;
      hops[at + HopColumn.fuelAtDeparture] = hasFuel ? this.fuel(request, departure) : NaN;
      hops[at + HopColumn.fuelAtArrival] = hasFuel ? this.fuel(request, until) : NaN;
    }
    return hops;
  }

  /** The first hop of a request leaves its client at the moment from which the deadline counts. */
  private noteBirth(request: number, start: number, deadline: number, isRetry: boolean): void {
    // In another future the request of the same number is another one.
    if (isRetry && this.births.knows(request)) return;
    this.births.note(request, start, deadline);
  }

  /** Whoever learns that a cache has nothing asks what lies behind it in the same instant. */
  private kindOf(noted: Float64Array, at: number): number {
    const mark = noted[at + 5]!;
    const request = noted[at + 6]!;
    if (mark === HopMark.replyMiss) {
      this.misses.note(request, noted[at + 4]!, noted[at + 2]!);
    } else if (mark === HopMark.read && this.misses.knows(request)) {
      const isFrom = this.misses.detailOf(request) === noted[at + 1];
      if (!isFrom || this.misses.timeOf(request) !== noted[at + 3]) return mark;
      this.misses.forget(request);
      return HopKind.readAfterMiss;
    }
    return mark;
  }

  /** Clients outside of all zones have the number -1 in the simulation. */
  private rowOf(node: number, edgePlace: number): number {
    return node >= 0 ? this.rows.rowOf(node) : this.firstRows[edgePlace]!;
  }

  /** Share of a request's time that is left at a moment; NaN without a deadline. */
  private fuel(request: number, now: number): number {
    const deadline = this.births.detailOf(request);
    if (deadline === Infinity) return NaN;
    return Math.min(1, Math.max(0, 1 - (now - this.births.timeOf(request)) / deadline));
  }
}
