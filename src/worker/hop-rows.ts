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

/** Requests and misses that are remembered; the oldest are forgotten first. */
const rememberedMax = 20_000;

interface Birth {
  /** ns */
  readonly start: number;
  /** ns; Infinity: the client waits as long as it takes. */
  readonly deadline: number;
}

/** A look-up that found nothing: its caller goes on at once, from where the answer came to. */
interface Miss {
  readonly node: number;
  readonly time: number;
}

export class HopRows {
  private readonly rows: NodeRows;
  /** Place of each edge by the number that hops carry; replication has the numbers below 0. */
  private readonly edgePlaces: Int32Array;
  private readonly lowestNumber: number;
  /** First row of the box at which each edge begins. */
  private readonly firstRows: Int32Array;
  /** For each edge the deadline of the clients that call on it, ns; NaN where no client does. */
  private readonly deadlines: Float64Array;
  /** By the number of the request. */
  private readonly births = new Map<number, Birth>();
  private readonly misses = new Map<number, Miss>();

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
    this.deadlines = Float64Array.from(edges, ({ from }) => {
      const caller = world.components.find(({ name }) => name === boxes[from]!.name);
      return caller instanceof Population ? caller.plan.deadlineNs : NaN;
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
      if (mark <= HopMark.retry) this.noteBirth(request, departure, this.deadlines[place]!);
      hops[at + HopColumn.edge] = place;
      hops[at + HopColumn.fromNode] = this.rowOf(noted[from + 1]!, place);
      hops[at + HopColumn.toNode] = this.rowOf(noted[from + 2]!, place);
      hops[at + HopColumn.departure] = departure / 1e9;
      hops[at + HopColumn.arrival] = arrival / 1e9;
      hops[at + HopColumn.kind] = this.kindOf(noted, from);
      hops[at + HopColumn.request] = request;
      const born = mark === HopMark.replication ? undefined : this.births.get(request);
      hops[at + HopColumn.fuelAtDeparture] = fuel(born, departure);
      hops[at + HopColumn.fuelAtArrival] = fuel(born, arrival === Infinity ? departure : arrival);
    }
    return hops;
  }

  /** The first hop of a request leaves its client at the moment from which the deadline counts. */
  private noteBirth(request: number, start: number, deadline: number): void {
    if (Number.isNaN(deadline)) return;
    const known = this.births.get(request);
    // After going back in time the same request may be born again.
    if (known !== undefined && known.start <= start) return;
    remember(this.births, request, { start, deadline });
  }

  /** Whoever learns that a cache has nothing asks what lies behind it in the same instant. */
  private kindOf(noted: Float64Array, at: number): number {
    const mark = noted[at + 5]!;
    const request = noted[at + 6]!;
    if (mark === HopMark.replyMiss) {
      remember(this.misses, request, { node: noted[at + 2]!, time: noted[at + 4]! });
    } else if (mark === HopMark.read) {
      const miss = this.misses.get(request);
      if (miss === undefined) return mark;
      if (miss.node !== noted[at + 1] || miss.time !== noted[at + 3]) return mark;
      this.misses.delete(request);
      return HopKind.readAfterMiss;
    }
    return mark;
  }

  /** Clients outside of all zones have the number -1 in the simulation. */
  private rowOf(node: number, edgePlace: number): number {
    return node >= 0 ? this.rows.rowOf(node) : this.firstRows[edgePlace]!;
  }
}

/** Share of a request's time that is left at a moment; NaN without a deadline. */
function fuel(birth: Birth | undefined, now: number): number {
  if (birth === undefined || birth.deadline === Infinity) return NaN;
  return Math.min(1, Math.max(0, 1 - (now - birth.start) / birth.deadline));
}

function remember<Value>(map: Map<number, Value>, key: number, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= rememberedMax) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
