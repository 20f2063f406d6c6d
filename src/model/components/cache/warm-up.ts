/**
 * Filling a node that starts empty from the nodes that hold copies of what it should have: an entry
 * every so often, in the background. What readers have filled meanwhile stays when it is newer.
 *
 * Source: Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 4.3 (a cold cluster is
 * warmed from a warm one); here the donors send, and readers do not wait for them.
 */

import { NodeState } from '../../node.ts';
import type { Copies } from './copies.ts';
import type { Membership } from './membership.ts';
import type { Workings } from './workings.ts';

const SECOND = 1e9;

/** Where the filling of one node stands. */
interface Progress {
  readonly epoch: number;
  donor: number;
  slot: number;
}

export class WarmUp {
  private readonly workings: Workings;
  private readonly membership: Membership;
  private readonly copies: Copies;
  private readonly stepEvent: { readonly owner: number; readonly kind: number };
  private readonly progress = new Map<number, Progress>();

  constructor(
    workings: Workings,
    membership: Membership,
    copies: Copies,
    stepEvent: { readonly owner: number; readonly kind: number },
  ) {
    this.workings = workings;
    this.membership = membership;
    this.copies = copies;
    this.stepEvent = stepEvent;
  }

  /** A node has started empty. */
  begin(node: number): void {
    const { nodes, parameters } = this.workings;
    if (parameters['warm-rate'] === 0) return;
    this.progress.set(node, { epoch: nodes[node]!.epoch, donor: 0, slot: 0 });
    this.schedule(node);
  }

  /** Sends one more entry, and comes again unless there is none. */
  step(node: number): void {
    const { nodes, world } = this.workings;
    const progress = this.progress.get(node);
    if (progress === undefined) return;
    const target = nodes[node]!;
    const goesOn = target.state === NodeState.up && target.epoch === progress.epoch;
    const key = goesOn ? this.nextKey(node, progress) : -1;
    if (key >= 0) {
      this.copies.send(key, progress.donor, node);
      this.schedule(node);
      return;
    }
    this.progress.delete(node);
    if (!goesOn) return;
    const text = `${target.path} has been filled from its replicas`;
    world.timeline.add(world.simulation.now, 'recovery', target.path, text);
  }

  /** The next key that a donor holds and the node should; -1 when there is none left. */
  private nextKey(node: number, progress: Progress): number {
    const { nodes, parameters, stores } = this.workings;
    const holders = parameters.replicas + 1;
    for (; progress.donor < nodes.length; progress.donor++, progress.slot = 0) {
      const { donor } = progress;
      if (donor === node || nodes[donor]!.state !== NodeState.up) continue;
      const store = stores[donor]!;
      while (progress.slot < store.slotCount) {
        const slot = progress.slot++;
        const key = store.keyOf(slot);
        if (store.find(key) !== slot) continue;
        if (this.membership.placement.holdersOf(key, holders).includes(node)) return key;
      }
    }
    return -1;
  }

  private schedule(node: number): void {
    const { parameters, world } = this.workings;
    const pause = Math.max(1, Math.floor(SECOND / parameters['warm-rate']));
    world.simulation.schedule(pause, this.stepEvent.owner, this.stepEvent.kind, node, 0);
  }
}
