/**
 * Failover as a pipeline: a monitor probes each primary; one that stays out of reach for the
 * detection time is declared dead; an election takes its time; the replica that is furthest is
 * promoted once it has applied what it received; callers learn of it after the redirection time.
 * Every step can be overtaken by events, and then ends differently.
 *
 * A primary counts as in reach while it is up and any replica that is up can reach it.
 */

import { NodeState } from '../../node.ts';
import type { Node } from '../../node.ts';
import type { ValueOf } from '../../parameters.ts';
import type { World } from '../../world.ts';
import type { parameters } from './parameters.ts';
import type { Shard } from './shard.ts';

type Settings = NonNullable<ValueOf<(typeof parameters)['failover']>>;

/** Kinds of events: (kind, shard). */
export const PROBE = 31;
export const ELECTED = 32;
export const REDIRECTED = 33;

/** A candidate that is still applying is looked at again after this long, ns. */
const LOOK_AGAIN_NS = 20e6;

export interface FailoverHost {
  readonly number: number;
  /** Makes the node at `place` the primary and returns how many writes were lost by it. */
  promote(shard: Shard, place: number): number;
  electionHeld(): void;
}

export class Failover {
  private readonly world: World;
  private readonly host: FailoverHost;
  private readonly settings: Settings;

  constructor(world: World, host: FailoverHost, shards: readonly Shard[], settings: Settings) {
    this.world = world;
    this.host = host;
    this.settings = settings;
    const phases = world.stream(shards[0]!.path, 'probe');
    for (const shard of shards) {
      const phase = Math.floor(phases.uniform() * settings.probe);
      world.simulation.schedule(phase, host.number, PROBE, shard.index, 0);
    }
  }

  /** The monitor looks at every node of a shard. */
  probe(shard: Shard): void {
    const { simulation } = this.world;
    simulation.schedule(this.settings.probe, this.host.number, PROBE, shard.index, 0);
    for (let place = 0; place < shard.nodes.length; place++) {
      shard.suspect[place] = this.isInReach(shard, shard.nodes[place]!) ? 0 : 1;
    }
    if (this.isInReach(shard, shard.primaryNode)) {
      shard.unreachableSince = Infinity;
      return;
    }
    const now = simulation.now;
    if (shard.unreachableSince === Infinity) shard.unreachableSince = now;
    if (shard.electing || now - shard.unreachableSince < this.settings.detect) return;
    shard.electing = true;
    this.host.electionHeld();
    const dead = shard.primaryNode.path;
    this.note('detection', dead, `${dead} declared dead, election begins`);
    simulation.schedule(this.settings.elect, this.host.number, ELECTED, shard.index, 0);
  }

  /** The election is over: promote, unless the primary is back or nobody can take over. */
  elected(shard: Shard): void {
    if (this.isInReach(shard, shard.primaryNode)) {
      this.abandon(shard, `${shard.primaryNode.path} is back before the election ended`);
      return;
    }
    const place = this.candidate(shard);
    if (place < 0) {
      this.abandon(shard, `${shard.path} has no replica that could take over`);
      return;
    }
    const { simulation } = this.world;
    if (shard.applyEvent[place] !== -1) {
      simulation.schedule(LOOK_AGAIN_NS, this.host.number, ELECTED, shard.index, 0);
      return;
    }
    const lost = this.host.promote(shard, place);
    const { path } = shard.nodes[place]!;
    this.note('promotion', path, `${path} promoted to primary of ${shard.path}`);
    if (lost > 0) this.note('loss', path, `${lost} acknowledged writes lost on ${shard.path}`);
    shard.electing = false;
    shard.unreachableSince = Infinity;
    simulation.schedule(this.settings.redirect, this.host.number, REDIRECTED, shard.index, 0);
  }

  /** Callers now know the primary. */
  redirected(shard: Shard): void {
    shard.knownPrimary = shard.primary;
    const { path } = shard.primaryNode;
    this.note('redirection', path, `callers of ${shard.path} now use ${path}`);
  }

  private abandon(shard: Shard, text: string): void {
    shard.electing = false;
    shard.unreachableSince = Infinity;
    this.note('election', shard.path, text);
  }

  /** Place of the replica that is up, in reach and furthest; -1 when there is none. */
  private candidate(shard: Shard): number {
    let best = -1;
    for (let place = 0; place < shard.nodes.length; place++) {
      if (place === shard.primary || !this.isInReach(shard, shard.nodes[place]!)) continue;
      if (best < 0 || shard.receivedBy(place) > shard.receivedBy(best)) best = place;
    }
    return best;
  }

  private isInReach(shard: Shard, node: Node): boolean {
    if (node.state !== NodeState.up) return false;
    let others = 0;
    for (const other of shard.nodes) {
      if (other === node || other.state !== NodeState.up) continue;
      others++;
      if (!this.world.network.isCut(node.id, other.id)) return true;
    }
    return others === 0;
  }

  private note(
    kind: 'detection' | 'election' | 'promotion' | 'redirection' | 'loss',
    target: string,
    text: string,
  ): void {
    this.world.timeline.add(this.world.simulation.now, kind, target, text);
  }
}
