/**
 * Writes down what a cache is asked, in the order in which it is asked. It only listens: a run with
 * it is the same run, event by event. For whole runs without checkpoints; a cache has none unless
 * somebody puts one in.
 */

import { grownFloat64, grownInt32, grownUint8 } from '../../../base/typed-arrays.ts';
import { Verb } from '../../verb.ts';
import type { World } from '../../world.ts';

/** What was asked of a key; the same numbers as in a trace. */
const Asked = Object.freeze({ read: 0, write: 1, delete: 2 } as const);

export class LookUpTap {
  length = 0;
  /** Numbers of keys in the key space. */
  keys: Int32Array = new Int32Array(1024);
  /** Bytes of each key's entry. */
  sizes: Int32Array = new Int32Array(1024);
  /** When, ns. */
  times: Float64Array = new Float64Array(1024);
  ops: Uint8Array = new Uint8Array(1024);
  private readonly world: World;
  /** Place of the only node that is listened to; -1: all are. */
  private readonly node: number;

  constructor(world: World, node: number) {
    this.world = world;
    this.node = node;
  }

  /**
   * A node is about to do what a call asks. A fill, for whose answer nobody waits, is no look-up:
   * the read before it was. Giving a lease back is none either.
   */
  asked(row: number, node: number): void {
    if (this.node >= 0 && node !== this.node) return;
    const { calls, keys, simulation } = this.world;
    const verb = calls.operation(row);
    if (verb === Verb.release) return;
    if (verb === Verb.set && calls.parent(row) < 0) return;
    if (this.length === this.keys.length) this.grow(this.length * 2);
    const at = this.length++;
    const isRead = verb === Verb.get || verb === Verb.read;
    this.keys[at] = calls.key(row);
    this.sizes[at] = keys.datasets[calls.dataset(row)]!.plan.size;
    this.times[at] = simulation.now;
    this.ops[at] = isRead ? Asked.read : verb === Verb.delete ? Asked.delete : Asked.write;
  }

  private grow(length: number): void {
    this.keys = grownInt32(this.keys, length);
    this.sizes = grownInt32(this.sizes, length);
    this.times = grownFloat64(this.times, length);
    this.ops = grownUint8(this.ops, length);
  }
}
