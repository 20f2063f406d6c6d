/**
 * The micro-service reference model as one hand-written loop: typed arrays, its own heap, no
 * engine, no components, and of the metrics only those that check it. Times in ms.
 */

import { Sfc32 } from './sfc32.ts';
import { TypedHeap } from './typed-heap.ts';

const SERVICES = 8;
const SERVICE_WORKERS = 4;
const SHARDS = 4;
const SHARD_WORKERS = 8;
const KEYS = 1_000_000;
const CAPACITY = 100_000;
const STATIONS = SERVICES + SHARDS;

const ARRIVAL = 0;
const SERVED = 1;
const LOOKED_UP = 2;
const STORED = 3;

export interface HandResult {
  readonly events: number;
  readonly requests: number;
  readonly hitRatio: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** Runs until `requests` have been answered. */
export function microserviceByHand(requests: number): HandResult {
  return new HandModel(requests).run();
}

class HandModel {
  private readonly requests: number;
  private readonly heap = new TypedHeap(1024);
  private readonly random = new Sfc32(7);
  private readonly alias = aliasTable();
  private readonly start = new Float64Array(1 << 16);
  private readonly key = new Int32Array(1 << 16);
  private readonly station = new Int32Array(1 << 16);
  private readonly next = new Int32Array(1 << 16);
  private free = 0;
  private readonly busy = new Int32Array(STATIONS);
  private readonly head = new Int32Array(STATIONS).fill(-1);
  private readonly tail = new Int32Array(STATIONS).fill(-1);
  private readonly cacheNext = new Int32Array(KEYS + 1).fill(-1);
  private readonly cachePrevious = new Int32Array(KEYS + 1).fill(-1);
  private cached = 0;
  private turn = 0;
  private hits = 0;
  private lookUps = 0;
  private sum = 0;
  private answered = 0;
  private readonly counts = new Uint32Array(64 * 64);
  private readonly view = new Float64Array(1);
  private readonly bits = new Int32Array(this.view.buffer);

  constructor(requests: number) {
    this.requests = requests;
    for (let row = 0; row < this.next.length; row++) this.next[row] = row + 1;
    this.cacheNext[KEYS] = KEYS;
    this.cachePrevious[KEYS] = KEYS;
    for (let key = CAPACITY - 1; key >= 0; key--) this.insert(key);
  }

  run(): HandResult {
    const { heap } = this;
    let events = 0;
    heap.push(this.random.exponential() / 12.8, ARRIVAL);
    while (this.answered < this.requests) {
      const now = heap.topTime;
      const data = heap.topData;
      heap.pop();
      events++;
      const row = data >> 2;
      switch (data & 3) {
        case ARRIVAL:
          this.arrive(now);
          break;
        case SERVED:
          this.leave(now, this.station[row]!, 2, SERVED);
          heap.push(now + 0.2, (row << 2) | LOOKED_UP);
          break;
        case LOOKED_UP:
          this.lookUp(now, row);
          break;
        default:
          this.leave(now, this.station[row]!, 4, STORED);
          this.insert(this.key[row]!);
          this.answer(now, row);
      }
    }
    const { answered, hits, lookUps, sum } = this;
    return {
      events,
      requests: answered,
      hitRatio: hits / lookUps,
      mean: sum / answered,
      p50: this.quantile(0.5),
      p99: this.quantile(0.99),
    };
  }

  private arrive(now: number): void {
    this.heap.push(now + this.random.exponential() / 12.8, ARRIVAL);
    const row = this.free;
    this.free = this.next[row]!;
    this.start[row] = now;
    this.key[row] = this.drawKey();
    this.turn = (this.turn + 1) & 7;
    this.enter(now, row, this.turn, SERVICE_WORKERS, 2, SERVED);
  }

  private enter(
    now: number,
    row: number,
    station: number,
    workers: number,
    mean: number,
    kind: number,
  ): void {
    this.station[row] = station;
    if (this.busy[station]! < workers) {
      this.busy[station]!++;
      this.heap.push(now + this.random.exponential() * mean, (row << 2) | kind);
      return;
    }
    this.next[row] = -1;
    if (this.head[station] === -1) this.head[station] = row;
    else this.next[this.tail[station]!] = row;
    this.tail[station] = row;
  }

  private leave(now: number, station: number, mean: number, kind: number): void {
    const row = this.head[station]!;
    if (row === -1) {
      this.busy[station]!--;
      return;
    }
    this.head[station] = this.next[row]!;
    this.heap.push(now + this.random.exponential() * mean, (row << 2) | kind);
  }

  private lookUp(now: number, row: number): void {
    const key = this.key[row]!;
    this.lookUps++;
    if (this.cacheNext[key] === -1) {
      this.enter(now, row, SERVICES + (key & 3), SHARD_WORKERS, 4, STORED);
      return;
    }
    this.hits++;
    this.unlink(key);
    this.link(key);
    this.answer(now, row);
  }

  private answer(now: number, row: number): void {
    const latency = now - this.start[row]!;
    this.sum += latency;
    this.answered++;
    this.view[0] = latency * 1e6;
    this.counts[(this.bits[1]! >> 14) - (1023 << 6)]!++;
    this.next[row] = this.free;
    this.free = row;
  }

  private insert(key: number): void {
    if (this.cacheNext[key] !== -1) return;
    if (this.cached === CAPACITY) {
      const victim = this.cachePrevious[KEYS]!;
      this.unlink(victim);
      this.cacheNext[victim] = -1;
    } else {
      this.cached++;
    }
    this.link(key);
  }

  private link(key: number): void {
    const first = this.cacheNext[KEYS]!;
    this.cacheNext[key] = first;
    this.cachePrevious[key] = KEYS;
    this.cachePrevious[first] = key;
    this.cacheNext[KEYS] = key;
  }

  private unlink(key: number): void {
    const before = this.cachePrevious[key]!;
    const after = this.cacheNext[key]!;
    this.cacheNext[before] = after;
    this.cachePrevious[after] = before;
  }

  private drawKey(): number {
    const at = this.random.uniform() * KEYS;
    const cell = Math.floor(at);
    return at - cell < this.alias.keep[cell]! ? cell : this.alias.other[cell]!;
  }

  private quantile(share: number): number {
    let left = share * this.answered;
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      left -= this.counts[bucket]!;
      if (left <= 0) {
        this.bits[1] = (bucket + (1023 << 6)) << 14;
        this.bits[0] = 0;
        return (this.view[0]! * 1.0078) / 1e6;
      }
    }
    return NaN;
  }
}

interface Alias {
  readonly keep: Float64Array;
  readonly other: Int32Array;
}

let built: Alias | null = null;

/** Walker's alias table for Zipf 0.99. */
function aliasTable(): Alias {
  if (built !== null) return built;
  const keep = new Float64Array(KEYS);
  const other = new Int32Array(KEYS);
  let sum = 0;
  for (let key = 0; key < KEYS; key++) sum += keep[key] = Math.pow(key + 1, -0.99);
  const small: number[] = [];
  const large: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    keep[key] = (keep[key]! * KEYS) / sum;
    (keep[key]! < 1 ? small : large).push(key);
  }
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large[large.length - 1]!;
    other[low] = high;
    keep[high]! -= 1 - keep[low]!;
    if (keep[high]! < 1) small.push(large.pop()!);
  }
  for (const key of [...small, ...large]) keep[key] = 1;
  built = { keep, other };
  return built;
}
