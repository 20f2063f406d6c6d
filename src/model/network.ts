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
import type { Node } from './node.ts';
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
  private readonly zones: number;
  private readonly links: Link[] = [];
  private readonly lossStream: Stream;

  constructor(plan: WorldPlan, stream: (purpose: string) => Stream) {
    this.zones = plan.zones.length + 1;
    this.lossStream = stream('loss');
    for (let from = 0; from < this.zones; from++) {
      for (let to = 0; to < this.zones; to++) this.links.push(makeLink(plan, stream, from, to));
    }
  }

  /** True when a message from one node to another would vanish. A null node is a client outside. */
  isCut(from: Node | null, to: Node | null): boolean {
    if (from !== null && from === to) return false;
    if ((from?.cutOff ?? 0) > 0 || (to?.cutOff ?? 0) > 0) return true;
    return this.link(from, to).cuts > 0;
  }

  /** Time a message takes from one node to another, ns, an integer ≥ 0. */
  delay(from: Node | null, to: Node | null, bytes: number, now: number): number {
    if (from !== null && from === to) return 0;
    const link = this.link(from, to);
    let delay = link.latency.duration();
    if (link.bandwidth !== Infinity) {
      const start = Math.max(now, link.busyUntil);
      link.busyUntil = start + Math.ceil((bytes / link.bandwidth) * 1e9);
      delay += link.busyUntil - now;
    }
    if (link.loss > 0) delay += this.retransmissions(link.loss);
    return delay;
  }

  /** Cuts (or with -1 restores) both directions between two zones. */
  cutZones(left: number, right: number, change: 1 | -1): void {
    this.links[left * this.zones + right]!.cuts += change;
    this.links[right * this.zones + left]!.cuts += change;
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

  private link(from: Node | null, to: Node | null): Link {
    const outside = this.zones - 1;
    const row = from === null ? outside : from.zone;
    const column = to === null ? outside : to.zone;
    return this.links[row * this.zones + column]!;
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
    ({ between: [a, b] }) =>
      (a === fromName && b === toName) || (b === fromName && a === toName),
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
