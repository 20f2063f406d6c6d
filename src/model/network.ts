/**
 * The network carries messages between nodes: latency by pair of zones, a bandwidth that messages
 * queue for, losses that cost a retransmission, and partitions that swallow what is sent across.
 * Clients sit outside every zone.
 *
 * A lost transmission is sent again after 200 ms, doubling each time (RFC 6298; 200 ms is the
 * minimum that Linux uses), so loss shows as latency, as it does under TCP.
 */

import { Sampler } from '../kernel/distribution.ts';
import type { DistributionSpec } from '../kernel/distribution.ts';
import type { Stream } from '../kernel/random.ts';
import type { WorldPlan } from './plan.ts';

const RETRANSMIT_NS = 200e6;
/** After this many losses in a row the message goes through; Linux gives up at 15. */
const RETRANSMISSIONS_MAX = 15;

interface Link {
  readonly latency: Sampler;
  readonly loss: number;
  readonly bandwidth: number;
  /** When the last byte accepted so far will have left, ns. */
  busyUntil: number;
  /** Partitions that cut this link at present. */
  cuts: number;
}

export class Network {
  /** True while every message of any two nodes arrives at once. */
  isInstant = false;
  private readonly zones: number;
  private readonly links: Link[] = [];
  private readonly lossStream: Stream;
  /** Latency of links without chance, bandwidth or cut, ns; -1 for all others. */
  private readonly fixed: Float64Array;
  private readonly nodeZones: number[] = [];
  /** The process in which a node lives that is no process itself, by the node's number. */
  private readonly homes = new Map<number, number>();
  /** Sets of nodes that are cut off from all others. */
  private readonly islands: Set<number>[] = [];

  constructor(plan: WorldPlan, stream: (purpose: string) => Stream) {
    this.zones = plan.zones.length + 1;
    this.lossStream = stream('loss');
    for (let from = 0; from < this.zones; from++) {
      for (let to = 0; to < this.zones; to++) this.links.push(makeLink(plan, stream, from, to));
    }
    this.fixed = new Float64Array(this.links.length);
    this.noteFixed();
  }

  /** Time any message takes between the nodes at present, ns; -1 where it has to be drawn. */
  fixedDelay(from: number, to: number): number {
    if (this.islands.length > 0 || from === to || this.homes.size > 0) return -1;
    return this.fixed[this.zoneOf(from) * this.zones + this.zoneOf(to)]!;
  }

  /**
   * Time a message sent now takes, ns, an integer ≥ 0; Infinity when it vanishes in a partition.
   * Nodes by their numbers, -1 for a client outside.
   */
  travel(from: number, to: number, bytes: number, now: number): number {
    return this.isCut(from, to) ? Infinity : this.delay(from, to, bytes, now);
  }

  /** True when a message from one node to another would vanish. */
  isCut(sender: number, receiver: number): boolean {
    const from = this.homeOf(sender);
    const to = this.homeOf(receiver);
    if (from === to) return false;
    for (const island of this.islands) if (island.has(from) !== island.has(to)) return true;
    return this.links[this.zoneOf(from) * this.zones + this.zoneOf(to)]!.cuts > 0;
  }

  /** Share of the transmissions between two nodes that are lost and sent again, 0–1. */
  lossBetween(from: number, to: number): number {
    if (from === to) return 0;
    return this.links[this.zoneOf(from) * this.zones + this.zoneOf(to)]!.loss;
  }

  /** Time a message takes that is not swallowed, ns. */
  delay(from: number, to: number, bytes: number, now: number): number {
    if (from === to) return 0;
    if (this.homes.size > 0 && this.homeOf(from) === this.homeOf(to)) return 0;
    const link = this.links[this.zoneOf(from) * this.zones + this.zoneOf(to)]!;
    let delay = link.latency.duration();
    if (link.bandwidth !== Infinity) {
      const start = Math.max(now, link.busyUntil);
      link.busyUntil = start + Math.ceil((bytes / link.bandwidth) * 1e9);
      delay += link.busyUntil - now;
    }
    if (link.loss > 0) delay += this.retransmissions(link.loss);
    return delay;
  }

  /** Tells the network where a new node sits; nodes come in the order of their numbers. */
  addNode(zone: number): void {
    this.nodeZones.push(zone);
  }

  /** A node lives in the process of another: no message passes between the two. */
  moveIn(node: number, home: number): void {
    this.homes.set(node, home);
  }

  /** Cuts a set of nodes off from everybody outside the set. Returns what `rejoin` takes. */
  isolate(nodes: readonly number[]): ReadonlySet<number> {
    const island = new Set(nodes);
    this.islands.push(island);
    this.isInstant = false;
    return island;
  }

  /** Ends one isolation; does nothing when it was healed before. */
  rejoin(island: ReadonlySet<number>): void {
    const place = this.islands.indexOf(island as Set<number>);
    if (place >= 0) this.islands.splice(place, 1);
    this.noteFixed();
  }

  /** Takes a node out of every isolation it is in. */
  rejoinNode(node: number): void {
    for (const island of this.islands) island.delete(node);
  }

  /** True when a partition cuts the node off from others. */
  isIsolated(node: number): boolean {
    return this.islands.some((island) => island.has(node));
  }

  /** Cuts (or with -1 restores) both directions between two zones. */
  cutZones(left: number, right: number, change: 1 | -1): void {
    this.changeCuts(left, right, change);
    this.changeCuts(right, left, change);
    this.noteFixed();
  }

  /** A cut that was healed meanwhile does not end twice. */
  private changeCuts(from: number, to: number, change: 1 | -1): void {
    const link = this.links[from * this.zones + to]!;
    link.cuts = Math.max(0, link.cuts + change);
  }

  private retransmissions(loss: number): number {
    let delay = 0;
    let pause = RETRANSMIT_NS;
    for (let lost = 0; lost < RETRANSMISSIONS_MAX; lost++) {
      if (this.lossStream.uniform() >= loss) return delay;
      delay += pause;
      pause *= 2;
    }
    return delay;
  }

  private homeOf(node: number): number {
    return this.homes.size === 0 ? node : (this.homes.get(node) ?? node);
  }

  private zoneOf(node: number): number {
    return node < 0 ? this.zones - 1 : this.nodeZones[node]!;
  }

  /** Notes the links whose every message takes the same time. */
  private noteFixed(): void {
    for (let place = 0; place < this.links.length; place++) {
      const { latency, bandwidth, loss, cuts } = this.links[place]!;
      const plain = latency.isConstant && bandwidth === Infinity && loss === 0 && cuts === 0;
      this.fixed[place] = plain ? latency.constantValue : -1;
    }
    this.isInstant = this.islands.length === 0 && this.fixed.every((delay) => delay === 0);
  }
}

function makeLink(
  plan: WorldPlan,
  stream: (purpose: string) => Stream,
  from: number,
  to: number,
): Link {
  const { network, zones } = plan;
  const outside = from === zones.length || to === zones.length;
  const fromName = zones[from] ?? 'clients';
  const toName = zones[to] ?? 'clients';
  const special = network.links.find(
    ({ between: [a, b] }) => (a === fromName && b === toName) || (b === fromName && a === toName),
  );
  let latency: DistributionSpec = from === to ? network.sameZone : network.crossZone;
  if (outside) latency = network.clients;
  return {
    latency: new Sampler(special?.latency ?? latency, stream(`latency|${fromName}|${toName}`)),
    loss: special?.loss ?? network.loss,
    bandwidth: special?.bandwidth ?? network.bandwidth,
    busyUntil: 0,
    cuts: 0,
  };
}
