/**
 * The leases that each node of a cache has given out: who holds one may fetch a key, and nobody
 * else gets one until it is used, given back or too old. They live in the memory of their node and
 * die with it. Calls that wait for a lease to end are in it too.
 *
 * Source: Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 3.2.1.
 */

export interface Lease {
  /** Above 0; no two leases of a cache have the same. */
  readonly token: number;
  /** When somebody else may have it, ns. */
  readonly until: number;
  /** Rows of calls that are answered when it ends. */
  readonly waiting: number[];
  /** Event that ends it, or -1. */
  event: number;
}

export class LeaseTable {
  private readonly nodes: Map<number, Lease>[] = [];
  private granted = 0;

  /** The lease of a key that is still good at `now`. */
  find(node: number, key: number, now: number): Lease | null {
    const lease = this.nodes[node]?.get(key);
    return lease === undefined || lease.until <= now ? null : lease;
  }

  /** The lease of a key, old or not; null when there is none. */
  at(node: number, key: number): Lease | null {
    return this.nodes[node]?.get(key) ?? null;
  }

  /** Gives out a lease in place of one there may have been. */
  grant(node: number, key: number, until: number): Lease {
    while (this.nodes.length <= node) this.nodes.push(new Map());
    const lease: Lease = { token: ++this.granted, until, waiting: [], event: -1 };
    this.nodes[node]!.set(key, lease);
    return lease;
  }

  /** Ends the lease of a key, old or not; null when there is none. */
  take(node: number, key: number): Lease | null {
    const lease = this.nodes[node]?.get(key);
    if (lease === undefined) return null;
    this.nodes[node]!.delete(key);
    return lease;
  }

  /** Forgets what a node has given out; returns it. */
  clear(node: number): readonly Lease[] {
    const leases = [...(this.nodes[node]?.values() ?? [])];
    this.nodes[node]?.clear();
    return leases;
  }
}
