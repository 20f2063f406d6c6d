/** A node is one process of a component: an instance, a cache node, a primary or a replica. */

import type { Station } from './station.ts';

/** `off`: an autoscaler has not started it, or has stopped it; no process that could fail. */
export const NodeState = Object.freeze({ up: 0, starting: 1, down: 2, off: 3 } as const);

export class Node {
  /** Place in the world's list of nodes. */
  readonly id: number;
  /** Number of the component it belongs to. */
  readonly component: number;
  /** Place among the component's nodes, from 0. */
  readonly index: number;
  /** Number of its zone. */
  readonly zone: number;
  /** Such as `api/3` or `db/shard-1/node-2`. */
  readonly path: string;
  readonly label: string;
  /** Shard number from 0, -1 when the component has none. */
  readonly shard: number;
  /** Where work waits and is done; null for a node that only passes requests on. */
  station: Station | null = null;
  state: number = NodeState.up;
  /** It is off until a change asks for it, and before that nobody knows of it. */
  isReserve = false;
  /** Every duration of work is multiplied by it; 1 when healthy. */
  slowness = 1;
  /** What it held in memory was lost by a crash and it has not served since. */
  memoryLost = false;
  /** While it starts: when the start-up began and when it will be over, ns. */
  startsAt = 0;
  servesAt = 0;
  /** Crashes so far; start-ups begun before a crash are void. */
  epoch = 0;

  constructor(fields: {
    id: number;
    component: number;
    index: number;
    zone: number;
    path: string;
    label: string;
    shard: number;
  }) {
    this.id = fields.id;
    this.component = fields.component;
    this.index = fields.index;
    this.zone = fields.zone;
    this.path = fields.path;
    this.label = fields.label;
    this.shard = fields.shard;
  }
}
