/** What one row of `Frame.nodes` says, rounded to what can be seen. */

import { NODE_STRIDE, NodeColumn } from './frame.ts';

export type NodeState = 'up' | 'starting' | 'slow' | 'down' | 'cut' | 'off';
type NodeRole = 'none' | 'primary' | 'replica' | 'candidate';

export interface Reading {
  readonly state: NodeState;
  readonly role: NodeRole;
  readonly busy: number;
  readonly queue: number;
  readonly rate: number;
  /** 0–1, NaN when nothing was looked up. */
  readonly hitRatio: number;
  readonly fill: number;
  /** Seconds. */
  readonly lag: number;
  readonly healthy: number;
  /** 0–1 while it starts. */
  readonly progress: number;
  /** Its share of the requests by a fair share; NaN where there is nothing to share. */
  readonly heat: number;
  /** Share of its balancers that have ejected it. */
  readonly ejected: number;
  /** How many times as long its work takes. */
  readonly slowness: number;
}

const states: readonly NodeState[] = ['up', 'starting', 'slow', 'down', 'cut', 'off'];
const roles: readonly NodeRole[] = ['none', 'primary', 'replica', 'candidate'];

export const restingReading: Reading = {
  state: 'up',
  role: 'none',
  busy: 0,
  queue: 0,
  rate: 0,
  hitRatio: NaN,
  fill: 0,
  lag: 0,
  healthy: 1,
  progress: 0,
  heat: NaN,
  ejected: 0,
  slowness: 1,
};

export function readNode(rows: Float32Array, node: number): Reading {
  const at = node * NODE_STRIDE;
  const value = (column: number) => rows[at + column] ?? 0;
  return {
    state: states[value(NodeColumn.state)] ?? 'up',
    role: roles[value(NodeColumn.role)] ?? 'none',
    busy: Math.round(value(NodeColumn.busy)),
    queue: Math.round(value(NodeColumn.queue)),
    rate: twoDigits(value(NodeColumn.rate)),
    hitRatio: Math.round(value(NodeColumn.hitRatio) * 100) / 100,
    fill: Math.round(value(NodeColumn.fill) * 100) / 100,
    lag: twoDigits(value(NodeColumn.lag)),
    healthy: Math.round(value(NodeColumn.healthy) * 10) / 10,
    progress: Math.round(value(NodeColumn.progress) * 50) / 50,
    heat: Math.round(value(NodeColumn.heat) * 10) / 10,
    ejected: Math.round(value(NodeColumn.ejected) * 10) / 10,
    slowness: twoDigits(value(NodeColumn.slowness) || 1),
  };
}

/** The same key means the same picture. */
export function readingKey(reading: Reading): string {
  return Object.values(reading).join();
}

/** State and role are shown at once; the rest may wait for the next repainting. */
export function urgentKey({ state, role, ejected }: Reading): string {
  return `${state}${role}${ejected > 0}`;
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
