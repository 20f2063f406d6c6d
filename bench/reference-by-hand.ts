/**
 * The reference model of `bench/reference.yaml` as one hand-written program: a switch over kinds of
 * events, rows in typed arrays, one heap, a list of timeouts for each duration, and all numbers
 * that a report of the scenario shows. No engine and no components. Times in ns.
 */

import { HandHistogram, HandZipf } from './hand-parts.ts';
import { HandReplica } from './hand-replica.ts';
import type { ReferenceResult } from './reference-result.ts';
import { LatencySeries } from './latency-series.ts';
import { TimeoutList } from './timeout-list.ts';
import { HandStation } from './hand-station.ts';
import { Sfc32 } from './sfc32.ts';
import { TypedHeap } from './typed-heap.ts';
import { VersionedCache } from './versioned-cache.ts';

const MS = 1e6;
const SECOND = 1e9;
const RATE = 12_800;
const SERVICES = 8;
const SHARDS = 4;
const KEYS = 1_000_000;
const CAPACITY = 100_000;
const ROWS = 1 << 14;
const HOP = 0.25 * MS;
const REPLICA = { lag: MS, hop: HOP, apply: 0.1 * MS };
const WARM_UP_SECONDS = 5;

/** Kinds of events; what they carry is a row, or the number of a shard or list. */
const ARRIVAL = 0;
const AT_SERVICE = 1;
const WORKED = 2;
const AT_CACHE = 3;
const CACHED = 4;
const AT_STORE = 5;
const STORED = 6;
const BACK = 7;
const BACK_AT_EDGE = 8;
const APPLIED = 9;
const TRY_AGAIN = 10;
const ASK_AGAIN = 11;
const ALARM = 12;

/** What a call to the cache or the store is for; a row that is none of these is an attempt. */
const ATTEMPT = 0;
const GET = 1;
const READ = 2;
const WRITE = 3;
const FILL = 4;
const DELETE = 5;

let zipf: HandZipf | null = null;

/** Runs that many simulated seconds. */
export function referenceByHand(seconds: number): ReferenceResult {
  zipf ??= new HandZipf(KEYS, 0.99);
  return new ReferenceModel(zipf).run(seconds);
}

class ReferenceModel {
  private readonly zipf: HandZipf;
  private readonly heap = new TypedHeap(1024);
  private readonly random = new Sfc32(7);
  private readonly cache = new VersionedCache(KEYS, CAPACITY);

  // Rows: attempts of requests, and the calls made for them.
  private readonly start = new Float64Array(ROWS);
  private readonly sentAt = new Float64Array(ROWS);
  private readonly key = new Int32Array(ROWS);
  private readonly purpose = new Int8Array(ROWS);
  private readonly isPost = new Uint8Array(ROWS);
  private readonly tries = new Uint8Array(ROWS);
  private readonly isAbandoned = new Uint8Array(ROWS);
  private readonly hasFailed = new Uint8Array(ROWS);
  private readonly isMiss = new Uint8Array(ROWS);
  private readonly place = new Int32Array(ROWS);
  private readonly parent = new Int32Array(ROWS);
  private readonly version = new Int32Array(ROWS);
  private readonly nextFree = new Int32Array(ROWS);
  private free = 0;

  private readonly inFlight = new Int32Array(SERVICES);
  private readonly clientTimeouts = new TimeoutList(100 * MS, ROWS);
  private readonly cacheTimeouts = new TimeoutList(20 * MS, ROWS);
  private readonly storeTimeouts = new TimeoutList(25 * MS, ROWS);
  private readonly serviceWaits = new HandHistogram();
  private readonly storeWaits = new HandHistogram();
  private readonly services: HandStation[] = [];
  private readonly shards: HandStation[] = [];
  private readonly replicas: HandReplica[] = [];

  // What is reported.
  private readonly views = new LatencySeries();
  private readonly posts = new LatencySeries();
  private readonly hops = Array.from({ length: 4 }, () => new HandHistogram());
  private requests = 0;
  private attempts = 0;
  private late = 0;
  private failures = 0;
  private timeouts = 0;

  constructor(popularity: HandZipf) {
    this.zipf = popularity;
    for (let row = 0; row < ROWS; row++) this.nextFree[row] = row + 1;
    const { heap, random } = this;
    for (let index = 0; index < SERVICES; index++) {
      this.services.push(new HandStation(heap, random, this.serviceWaits, 4, 2 * MS, WORKED, ROWS));
    }
    for (let index = 0; index < SHARDS; index++) {
      this.shards.push(new HandStation(heap, random, this.storeWaits, 8, 4 * MS, STORED, ROWS));
      this.replicas.push(new HandReplica(heap, REPLICA, (index << 4) | APPLIED));
    }
  }

  run(seconds: number): ReferenceResult {
    const { heap } = this;
    let events = 0;
    let window = 0;
    this.scheduleArrival(0);
    for (;;) {
      const now = heap.topTime;
      while (now >= (window + 1) * SECOND) {
        window++;
        this.endWindow(window);
        if (window === seconds) return this.result(events, seconds);
      }
      const data = heap.topData;
      heap.pop();
      events++;
      this.handle(now, data & 15, data >> 4);
    }
  }

  private handle(now: number, kind: number, row: number): void {
    const { heap } = this;
    switch (kind) {
      case ARRIVAL:
        this.scheduleArrival(now);
        this.arrive(now);
        break;
      case AT_SERVICE:
        this.services[this.place[row]!]!.enter(now, row);
        break;
      case WORKED:
        this.services[this.place[row]!]!.leave(now, row);
        this.call(now, row, this.isPost[row] === 1 ? WRITE : GET);
        break;
      case AT_CACHE:
        heap.push(now + 0.1 * MS, (row << 4) | CACHED);
        break;
      case CACHED:
        this.useCache(row, this.key[row]!);
        this.answer(now, row);
        break;
      case AT_STORE:
        this.shards[this.key[row]! & 3]!.enter(now, row);
        break;
      case STORED:
        this.shards[this.key[row]! & 3]!.leave(now, row);
        if (this.purpose[row] === WRITE) this.commit(now, row);
        else this.version[row] = this.cache.newest[this.key[row]!]!;
        this.answer(now, row);
        break;
      case BACK:
        this.back(now, row);
        break;
      case BACK_AT_EDGE:
        this.backAtEdge(now, row);
        break;
      case APPLIED:
        this.replicas[row]!.done(now);
        break;
      case TRY_AGAIN:
        this.attempt(now, row);
        break;
      case ASK_AGAIN:
        this.send(now, row);
        break;
      default:
        this.alarm(now, row);
    }
  }

  private scheduleArrival(now: number): void {
    this.heap.push(now + Math.round((this.random.exponential() / RATE) * SECOND), ARRIVAL);
  }

  private arrive(now: number): void {
    const row = this.open(ATTEMPT);
    this.requests++;
    this.start[row] = now;
    this.isPost[row] = this.random.uniform() < 0.9 ? 0 : 1;
    this.key[row] = this.zipf.draw(this.random);
    this.tries[row] = 1;
    this.attempt(now, row);
  }

  /** The client asks the balancer, and that the less loaded of two services. */
  private attempt(now: number, row: number): void {
    const { inFlight, random } = this;
    const first = random.below(SERVICES);
    let second = random.below(SERVICES - 1);
    if (second >= first) second++;
    const difference = inFlight[first]! - inFlight[second]!;
    const service = difference < 0 || (difference === 0 && random.below(2) === 0) ? first : second;
    inFlight[service]!++;
    this.attempts++;
    this.place[row] = service;
    this.sentAt[row] = now;
    this.clientTimeouts.set(this.heap, now, row, 0, ALARM);
    this.heap.push(now + HOP, (row << 4) | AT_SERVICE);
  }

  /** A service asks the cache or the store on behalf of an attempt. */
  private call(now: number, parent: number, purpose: number): void {
    const row = this.open(purpose);
    this.parent[row] = parent;
    this.key[row] = this.key[parent]!;
    this.tries[row] = 1;
    this.send(now, row);
  }

  private send(now: number, row: number): void {
    this.sentAt[row] = now;
    const purpose = this.purpose[row];
    if (purpose === READ || purpose === WRITE) {
      this.storeTimeouts.set(this.heap, now, row, 2, ALARM);
      this.heap.push(now + HOP, (row << 4) | AT_STORE);
    } else {
      this.cacheTimeouts.set(this.heap, now, row, 1, ALARM);
      this.heap.push(now + HOP, (row << 4) | AT_CACHE);
    }
  }

  private useCache(row: number, key: number): void {
    if (this.purpose[row] === GET) this.isMiss[row] = this.cache.get(key) ? 0 : 1;
    else if (this.purpose[row] === FILL) this.cache.fill(key, this.version[row]!);
    else this.cache.delete(key);
  }

  /** Cache and store answer, unless nobody waits any more. */
  private answer(now: number, row: number): void {
    if (this.isAbandoned[row] === 1) this.release(row);
    else this.heap.push(now + HOP, (row << 4) | BACK);
  }

  private back(now: number, row: number): void {
    if (this.isAbandoned[row] === 1) {
      this.release(row);
      return;
    }
    const purpose = this.purpose[row]!;
    const isStore = purpose === READ || purpose === WRITE;
    (isStore ? this.storeTimeouts : this.cacheTimeouts).cancel(row);
    this.hops[isStore ? 0 : 1]!.record(now - this.sentAt[row]!);
    const parent = this.parent[row]!;
    if (purpose === GET && this.isMiss[row] === 1) this.call(now, parent, READ);
    else if (purpose === WRITE) this.call(now, parent, DELETE);
    else if (purpose !== FILL) this.finish(now, parent, 0);
    if (purpose === READ) {
      const fill = this.open(FILL);
      this.key[fill] = this.key[row]!;
      this.version[fill] = this.version[row]!;
      this.send(now, fill);
    }
    this.release(row);
  }

  private finish(now: number, row: number, failed: number): void {
    this.hasFailed[row] = failed;
    this.heap.push(now + HOP, (row << 4) | BACK_AT_EDGE);
  }

  private backAtEdge(now: number, row: number): void {
    this.inFlight[this.place[row]!]!--;
    const latency = now - this.sentAt[row]!;
    const isOk = this.hasFailed[row] === 0;
    if (isOk) this.hops[2]!.record(latency);
    if (this.isAbandoned[row] === 1) {
      this.release(row);
      return;
    }
    this.clientTimeouts.cancel(row);
    if (isOk) {
      this.hops[3]!.record(latency);
      const whole = now - this.start[row]!;
      if (whole > SECOND) this.late++;
      (this.isPost[row] === 1 ? this.posts : this.views).record(whole);
    } else if (this.tries[row] === 1) {
      this.tries[row] = 2;
      this.heap.push(now + this.random.uniform() * 20 * MS, (row << 4) | TRY_AGAIN);
      return;
    } else {
      this.failures++;
    }
    this.release(row);
  }

  /** The primary has the write; its replica will be told. */
  private commit(now: number, row: number): void {
    const key = this.key[row]!;
    this.version[row] = this.cache.newest[key] = this.replicas[key & 3]!.commit(now);
  }

  /** The oldest timeouts of a list have come, or would have. */
  private alarm(now: number, number: number): void {
    const list = [this.clientTimeouts, this.cacheTimeouts, this.storeTimeouts][number]!;
    for (let row = list.expired(now); row >= 0; row = list.expired(now)) this.timedOut(now, row);
    list.rearm(this.heap, number, ALARM);
  }

  /** The caller gives up; the callee works on. */
  private timedOut(now: number, row: number): void {
    this.isAbandoned[row] = 1;
    const purpose = this.purpose[row]!;
    if (purpose === READ || purpose === WRITE) this.timeouts++;
    const triesMax = purpose === ATTEMPT || purpose === READ || purpose === WRITE ? 2 : 1;
    if (this.tries[row]! < triesMax) {
      const again = this.open(purpose);
      this.start[again] = this.start[row]!;
      this.key[again] = this.key[row]!;
      this.isPost[again] = this.isPost[row]!;
      this.parent[again] = this.parent[row]!;
      this.tries[again] = 2;
      const isAttempt = purpose === ATTEMPT;
      const pause = this.random.uniform() * (isAttempt ? 20 : 5) * MS;
      this.heap.push(now + pause, (again << 4) | (isAttempt ? TRY_AGAIN : ASK_AGAIN));
      return;
    }
    if (purpose === ATTEMPT) this.failures++;
    else if (purpose === READ || purpose === WRITE) this.finish(now, this.parent[row]!, 1);
    else if (purpose === GET) this.call(now, this.parent[row]!, READ);
    else if (purpose === DELETE) this.finish(now, this.parent[row]!, 0);
  }

  private open(purpose: number): number {
    const row = this.free;
    this.free = this.nextFree[row]!;
    if (this.free === ROWS) throw new Error('There are more rows in use than were foreseen.');
    this.purpose[row] = purpose;
    this.isAbandoned[row] = 0;
    return row;
  }

  private release(row: number): void {
    this.nextFree[row] = this.free;
    this.free = row;
  }

  private endWindow(window: number): void {
    this.views.endSecond();
    this.posts.endSecond();
    for (const station of [...this.services, ...this.shards]) station.settle(window * SECOND);
    if (window === WARM_UP_SECONDS) this.forgetWarmUp();
  }

  private forgetWarmUp(): void {
    const latencies = [this.views.all, this.posts.all];
    const histograms = [...latencies, ...this.hops, this.serviceWaits, this.storeWaits];
    for (const histogram of histograms) histogram.clear();
    for (const station of [...this.services, ...this.shards]) station.forget();
    this.requests = this.attempts = this.late = this.failures = this.timeouts = 0;
    this.cache.forget();
    for (const replica of this.replicas) replica.lagMost = 0;
  }

  private result(events: number, seconds: number): ReferenceResult {
    const { hits, misses, staleReads } = this.cache;
    const views = this.views.all;
    const posts = this.posts.all;
    const busy = this.services.reduce((sum, station) => sum + station.busyArea, 0);
    return {
      events,
      requests: seconds * RATE,
      hitRatio: hits / (hits + misses),
      staleReads,
      viewMean: views.mean / MS,
      viewP50: views.quantile(0.5) / MS,
      viewP99: views.quantile(0.99) / MS,
      postMean: posts.mean / MS,
      postP99: posts.quantile(0.99) / MS,
      serviceBusy: busy / (SERVICES * 4 * (seconds - WARM_UP_SECONDS) * SECOND),
      serviceWaitP99: this.serviceWaits.quantile(0.99) / MS,
      storeWaitMean: this.storeWaits.mean / MS,
      storeWaitP99: this.storeWaits.quantile(0.99) / MS,
      storeTimeouts: this.timeouts,
      attemptsPerRequest: this.attempts / this.requests,
      lagMs: Math.max(...this.replicas.map(({ lagMost }) => lagMost)) / MS,
    };
  }
}
