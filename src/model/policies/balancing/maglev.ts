import { hashKey, hashText } from '../../hash-ring.ts';
import type { BalancingPolicy, Picker, Targets } from '../../balancing.ts';
import type { Stream } from '../../../kernel/random.ts';

/** The way of one instance through the table: it begins at `offset` and goes on by `skip`. */
export interface Walk {
  /** 0 to the size of the table - 1. */
  readonly offset: number;
  /** 1 to the size of the table - 1; with a size that is prime the walk meets every entry. */
  readonly skip: number;
}

/** The walk of an instance, from two hashes of its name. `size` is the table's, a prime. */
export function walkOf(name: string, size: number): Walk {
  return {
    offset: hashText(`${name}#offset`) % size,
    skip: (hashText(`${name}#skip`) % (size - 1)) + 1,
  };
}

/**
 * Fills the table: the healthy instances take turns, each takes the next entry on its walk that is
 * still free. So each owns as many entries as any other, to within one. One or more are healthy;
 * one that is only `avoided` counts as healthy.
 */
export function populate(
  table: Uint16Array,
  walks: readonly Walk[],
  healthy: ArrayLike<number>,
  avoided = -1,
): void {
  const size = table.length;
  const takers = walks.flatMap((_, index) =>
    healthy[index] === 1 || index === avoided ? [index] : [],
  );
  const places = Float64Array.from(walks, ({ offset }) => offset);
  table.fill(FREE);
  for (let filled = 0; filled < size; filled++) {
    const taker = takers[filled % takers.length]!;
    const { skip } = walks[taker]!;
    let place = places[taker]!;
    while (table[place] !== FREE) {
      place += skip;
      if (place >= size) place -= size;
    }
    table[place] = taker;
    places[taker] = place;
  }
}

/** An entry that nobody owns; instances are fewer than this. */
const FREE = 0xffff;

/**
 * The instance that the request's key finds in a table which all healthy instances share evenly.
 * When one goes, its entries fall to the others, and few entries change hands among those. A
 * request without a key takes any entry.
 *
 * Source: Eisenbud et al., Maglev: A Fast and Reliable Software Network Load Balancer, NSDI 2016,
 * section 3.4. The table is made anew when a request comes and health has changed since.
 */
class Maglev implements Picker {
  private readonly targets: Targets;
  private readonly stream: Stream;
  private readonly walks: readonly Walk[];
  private readonly table: Uint16Array;
  /** State of `targets.changes` that the table was made for. */
  private madeFor = -1;

  constructor(targets: Targets, stream: Stream, size: number) {
    this.targets = targets;
    this.stream = stream;
    this.walks = Object.freeze(targets.names.map((name) => Object.freeze(walkOf(name, size))));
    this.table = new Uint16Array(size);
  }

  pick(key: number): number {
    const { avoided, changes, healthy, healthyCount } = this.targets;
    if (healthyCount === 0) return -1;
    if (this.madeFor !== changes) {
      populate(this.table, this.walks, healthy, avoided);
      this.madeFor = changes;
    }
    const { length } = this.table;
    let entry = (key < 0 ? this.stream.uint32() : hashKey(key)) % length;
    // Only an instance that a retry avoids is in the table and not healthy.
    while (healthy[this.table[entry]!] === 0) entry = entry + 1 === length ? 0 : entry + 1;
    return this.table[entry]!;
  }
}

const policy: BalancingPolicy = {
  name: 'maglev',
  summary: 'The instance that owns the key in a table that all share evenly.',
  source: 'Eisenbud et al., Maglev, NSDI 2016; Envoy MAGLEV',
  byKey: true,
  create: (targets, stream, options) => new Maglev(targets, stream, options.tableSize),
};

export default policy;
