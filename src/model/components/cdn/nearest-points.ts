/**
 * Which point of a cdn a client comes to: one in its own zone, in turn where there are several; all
 * points in turn for clients of zones without one. A point that is down is passed over, as routes
 * to it are withdrawn.
 *
 * Source: RFC 4786, Operation of Anycast Services, 2006. Routes change at once here.
 */

import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';

export class NearestPoints {
  private readonly all: readonly Node[];
  private readonly byZone: ReadonlyMap<number, readonly Node[]>;
  /** Where the turn stands in each zone, and for clients of other zones. */
  private readonly turns = new Map<number, number>();

  constructor(points: readonly Node[]) {
    const byZone = new Map<number, Node[]>();
    for (const point of points) {
      const near = byZone.get(point.zone) ?? [];
      near.push(point);
      byZone.set(point.zone, near);
    }
    this.all = points;
    this.byZone = byZone;
  }

  /** The point for a client of a zone, -1 for clients outside of all zones. */
  pick(zone: number): Node {
    const near = this.byZone.get(zone);
    if (near?.some(({ state }) => state === NodeState.up) === true) return this.next(near, zone);
    return this.next(this.all, -1);
  }

  private next(points: readonly Node[], turn: number): Node {
    let place = this.turns.get(turn) ?? 0;
    let tried = 1;
    while (points[place]!.state !== NodeState.up && tried < points.length) {
      place = (place + 1) % points.length;
      tried++;
    }
    this.turns.set(turn, (place + 1) % points.length);
    return points[place]!;
  }
}
