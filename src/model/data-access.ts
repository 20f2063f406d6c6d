/**
 * How a component reads and writes a dataset: through its caches, nearest first, to the store. The
 * strategy of each cache says who does what: beside a cache-aside cache the reader asks the store
 * and fills the cache; a read-through or write-through cache does it itself.
 *
 * A fill is sent when the value is known and nobody waits for it. A write waits for the store, then
 * for the copies to be deleted or updated. Between a read of the store and its fill a write may
 * pass, and then an old value enters the cache: that race is real, and its stale reads are counted.
 *
 * Against a stampede a cache may lease a key: who has the lease fetches, and fills with it; others
 * wait and ask again, or are given what the cache has. Or readers of one instance fly together.
 */

import { ACCESS_KEY, DATASET, KEY, OPERATION, OUTCOME_BITS, PARENT } from './call-rows.ts';
import { STATUS, TAG, VERSION, WORDS } from './call-rows.ts';
import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import { ABSENT } from './key-space.ts';
import type { Dataset } from './key-space.ts';
import { LeaseWait } from './lease-wait.ts';
import type { Asking } from './lease-wait.ts';
import { Outcome } from './outcome.ts';
import { SingleFlight } from './single-flight.ts';
import { NoteKind } from './span-log.ts';
import { Verb } from './verb.ts';
import type { Edge } from './edge.ts';
import type { World } from './world.ts';

/** A cache on the way to the store. */
export interface AccessLevel {
  readonly edge: Edge;
  /** True when the cache itself asks what lies behind it. */
  readonly through: boolean;
  /** The cache says with its answers who may fetch: see `Lease`. */
  readonly leases: boolean;
  /** How long to wait before asking again while somebody else fetches, ns. */
  readonly leaseWaitNs: number;
  /** A fill says since when the store had been asked. */
  readonly timesFetches: boolean;
  readonly cache: LevelRules;
}

/** A cache that may remember that there is no record of a key. */
export interface AbsenceNotes {
  readonly notesAbsence: boolean;
}

/** What a cache says of values that are found behind it. */
export interface LevelRules extends AbsenceNotes {
  /** It shares no value with the cache behind it. */
  readonly exclusive: boolean;
  /** What leaves the cache behind it leaves this one too. */
  readonly inclusive: boolean;
  /** True when it takes this value, which a cache behind it had. */
  promotes(): boolean;
}

/** What an answer of a cache that leases has as its `accessKey`: a token above these, or one. */
export const Lease = Object.freeze({
  /** Nothing is said: a miss is fetched without a token. */
  none: 0,
  /** Somebody else fetches the key. */
  wait: -1,
} as const);

/** Readers of one key who ask what lies behind this level together. */
export interface FlightFields {
  readonly fromLevel: number;
  /** True: those at all nodes of the owner; false: those of one node. */
  readonly everywhere: boolean;
  /** One more reader waits for the fetch of another. */
  readonly joined: { coalesced(): void };
}

/** Whoever the rows belong to that an access is made for. */
export interface AccessOwner {
  readonly name: string;
  /** The access of a row that has waited for the fetch of another, the leader, is over. */
  accessOver(row: number, dataset: number, leader: number): void;
}

export interface AccessFields {
  readonly world: World;
  readonly owner: AccessOwner;
  readonly flight: FlightFields | null;
  /** Place among the accesses of its owner; it comes back in tags. */
  readonly index: number;
  readonly dataset: number;
  readonly levels: readonly AccessLevel[];
  readonly store: Edge | null;
  /** The store, or the first cache that writes pass through. */
  readonly writeTo: Edge;
  /** Caches that are told of a write when the store has it, in this order. */
  readonly tellAfter: readonly CopyChange[];
}

/** What a writer does to the copy of a cache: `Verb.delete`, or `Verb.set` with the new value. */
export interface CopyChange {
  readonly edge: Edge;
  readonly verb: typeof Verb.delete | typeof Verb.set;
}

/** Tags are an index and, in the low bits, a stage: a level, or one of these above all levels. */
const STAGE_BITS = 12;
const STAGE_MASK = (1 << STAGE_BITS) - 1;
const FROM_STORE = 4000;
const TO_STORE = 4001;
const FILL = 4002;
const UNHEARD = 4003;
/** The n-th change of a copy has stage CHANGE + n. */
const CHANGE = 2000;

/** What the owner should do after a step of an access. */
export const Access = Object.freeze({ waiting: 0, done: 1 } as const);

export class DataAccess implements Asking {
  readonly dataset: number;
  private readonly calls: CallTable;
  private readonly index: number;
  private readonly levels: readonly AccessLevel[];
  private readonly store: Edge | null;
  private readonly writeTo: Edge;
  private readonly changes: readonly CopyChange[];
  private readonly keys: Dataset;
  private readonly owner: AccessOwner;
  private readonly flightFields: FlightFields | null;
  private readonly flight: SingleFlight | null;
  private readonly leaseWait: LeaseWait | null;
  /** Tokens that rows hold, by row and level. */
  private readonly tokens = new Map<number, number>();

  constructor(fields: AccessFields) {
    const { calls } = fields.world;
    this.calls = calls;
    this.owner = fields.owner;
    this.flightFields = fields.flight;
    this.flight = fields.flight === null ? null : new SingleFlight(calls, fields.flight.everywhere);
    const waits = fields.levels.some(({ leases }) => leases);
    const waitName = `${fields.owner.name} lease ${fields.dataset}`;
    this.leaseWait = waits ? new LeaseWait(fields.world, waitName, this) : null;
    this.index = fields.index;
    this.dataset = fields.dataset;
    this.levels = [...fields.levels];
    this.store = fields.store;
    this.writeTo = fields.writeTo;
    this.changes = [...fields.tellAfter];
    this.keys = fields.world.keys.datasets[fields.dataset]!;
  }

  /** The tag of a call whose answer nobody hears, and that is not for an access. */
  static readonly unheard = UNHEARD;

  /** Which access of its owner a tag belongs to. */
  static indexOf(tag: number): number {
    return tag >> STAGE_BITS;
  }

  /** True for a fill with what a reader has found. */
  static isFill(tag: number): boolean {
    return (tag & STAGE_MASK) === FILL;
  }

  /** True for a call that nobody waits for. */
  static isUnheard(tag: number): boolean {
    return (tag & STAGE_MASK) >= FILL;
  }

  /** Starts reading for a row, whose `accessKey` says what. */
  read(row: number): void {
    this.readFrom(row, 0);
  }

  /**
   * Starts writing for a row, whose `accessKey` says what. `version`: that of a value which a cache
   * has acknowledged already, 0 for a new one.
   */
  write(row: number, version = 0): void {
    const { calls, keys } = this;
    calls.setAccessKey(row, keys.recordOf(calls.accessKey(row)));
    this.ask(this.writeTo, row, TO_STORE, Verb.write, version);
  }

  /**
   * An answer has come for `row`; `answer` is the row of the call that brought it. Returns
   * `Access.done` when the access is over: then `outcome` and `version` of `row` say how.
   */
  onReply(answer: number, row: number): number {
    const { calls } = this;
    const stage = calls.tag(answer) & STAGE_MASK;
    if (stage === FROM_STORE) return this.finishRead(row, answer, this.levels.length);
    const outcome = calls.outcome(answer);
    if (stage === TO_STORE) {
      calls.setVersion(row, calls.version(answer));
      calls.setOutcome(row, outcome);
      return outcome === Outcome.ok ? this.changeCopies(row, 0) : Access.done;
    }
    if (stage >= CHANGE) {
      calls.setOutcome(row, Outcome.ok);
      return this.changeCopies(row, stage - CHANGE + 1);
    }
    const level = this.levels[stage]!;
    const missed = (calls.flags(answer) & Flag.miss) !== 0;
    if (level.through) return this.finishRead(row, answer, stage);
    if (outcome === Outcome.ok && level.leases) {
      const token = calls.accessKey(answer);
      if (missed && token === Lease.wait) return this.waitForLease(row, stage);
      if (token > 0) {
        if (missed) this.tokens.set(placeOf(row, stage), token);
        else this.refresh(row, stage, token);
      }
    }
    if (outcome === Outcome.ok && !missed) return this.finishRead(row, answer, stage);
    this.readFrom(row, stage + 1);
    return Access.waiting;
  }

  askAgain(row: number, level: number): void {
    const { edge } = this.levels[level]!;
    this.ask(edge, row, level, Verb.get, 0);
  }

  /** A node of the owner has died with its rows; others that waited for one of them go on. */
  crashed(node: number): void {
    if (this.flight === null) return;
    for (const row of this.flight.crashed(node)) {
      this.readBehind(row, this.flightFields!.fromLevel);
    }
  }

  private readFrom(row: number, level: number): void {
    if (this.flightFields?.fromLevel === level && !this.flight!.join(row)) {
      this.flightFields.joined.coalesced();
      return;
    }
    this.readBehind(row, level);
  }

  private readBehind(row: number, level: number): void {
    if (level === this.levels.length) {
      this.ask(this.store!, row, FROM_STORE, Verb.read, 0);
      return;
    }
    const { edge, leases, through } = this.levels[level]!;
    if (leases) this.tokens.delete(placeOf(row, level));
    const moves = level > 0 && this.levels[level - 1]!.cache.exclusive;
    const lookUp = moves ? Verb.take : Verb.get;
    this.ask(edge, row, level, through ? Verb.read : lookUp, 0);
  }

  /**
   * Somebody else fetches. When nobody waits for the row any more, it gives up too, unless others
   * wait for what it brings.
   */
  private waitForLease(row: number, level: number): number {
    const { calls, flight } = this;
    if ((calls.flags(row) & Flag.abandoned) !== 0 && flight?.isLedBy(row) !== true) {
      calls.setOutcome(row, Outcome.timeout);
      for (let nearer = 0; nearer < level; nearer++) this.giveBack(row, nearer);
      return Access.done;
    }
    this.leaseWait!.wait(row, level, this.levels[level]!.leaseWaitNs);
    return Access.waiting;
  }

  /** Fetches a key anew for a row that goes on with the old value. */
  private refresh(row: number, level: number, token: number): void {
    const branch = openBackground(this.calls, row);
    this.tokens.set(placeOf(branch, level), token);
    this.readFrom(branch, level + 1);
  }

  /** The value is known: the caches passed on the way are filled. */
  private finishRead(row: number, answer: number, found: number): number {
    this.noteEnd(row, answer, found);
    for (let level = 0; level < found; level++) this.fill(row, level, answer);
    if (this.flight !== null && found >= this.flightFields!.fromLevel)
      this.land(row, answer, found);
    return this.endBackground(row) ? Access.waiting : Access.done;
  }

  /** Those who have waited for the fetch of a row have what it brings. */
  private land(row: number, answer: number, found: number): void {
    for (const follower of this.flight!.land(row)) {
      this.noteEnd(follower, answer, found);
      if (!this.endBackground(follower)) this.owner.accessOver(follower, this.dataset, row);
    }
  }

  /**
   * What a read brings is the row's: value, end, and whether it comes from the store, which a cache
   * that reads through passes on.
   */
  private noteEnd(row: number, answer: number, found: number): void {
    const { words } = this.calls;
    const status = words[answer * WORDS + STATUS]!;
    const isNew = found === this.levels.length;
    const kept = words[row * WORDS + STATUS]! & ~(OUTCOME_BITS | Flag.miss);
    const miss = isNew ? Flag.miss : status & Flag.miss;
    words[row * WORDS + STATUS] = kept | (status & OUTCOME_BITS) | miss;
    words[row * WORDS + VERSION] = words[answer * WORDS + VERSION]!;
  }

  /** Fills a cache that has missed, or gives the lease back when there is nothing to fill with. */
  private fill(row: number, level: number, answer: number): void {
    const { calls } = this;
    const { edge, leases, through, timesFetches } = this.levels[level]!;
    if (through) return;
    const token = leases ? (this.tokens.get(placeOf(row, level)) ?? Lease.none) : Lease.none;
    if (token > 0) this.tokens.delete(placeOf(row, level));
    const isNews = calls.version(row) !== ABSENT || this.levels[level]!.cache.notesAbsence;
    if (calls.outcome(row) === Outcome.ok && isNews && this.isTaken(row, level)) {
      const child = this.open(row, FILL, Verb.set, calls.version(row));
      if (leases) calls.setAccessKey(child, token);
      if (timesFetches || this.levels[level]!.cache.inclusive)
        calls.setStart(child, calls.sentAt(answer));
      edge.send(child);
    } else if (token > 0) this.release(row, level, token);
  }

  /** The lease of a level that the row may have, and will not fill, is free again. */
  private giveBack(row: number, level: number): void {
    const token = this.tokens.get(placeOf(row, level)) ?? Lease.none;
    if (token === Lease.none) return;
    this.tokens.delete(placeOf(row, level));
    this.release(row, level, token);
  }

  private release(row: number, level: number, token: number): void {
    const child = this.open(row, FILL, Verb.release, 0);
    this.calls.setAccessKey(child, token);
    this.levels[level]!.edge.send(child);
  }

  /** True for a cache that wants the value, wherever it was found. */
  private isTaken(row: number, level: number): boolean {
    if (level > 0 && this.levels[level - 1]!.cache.exclusive) return false;
    return (this.calls.flags(row) & Flag.miss) !== 0 || this.levels[level]!.cache.promotes();
  }

  /** True for a row that nobody waits for: it is released. */
  private endBackground(row: number): boolean {
    const isBackground = (this.calls.flags(row) & Flag.background) !== 0;
    if (isBackground) this.calls.release(row);
    return isBackground;
  }

  private changeCopies(row: number, from: number): number {
    if (from === this.changes.length) return Access.done;
    const { edge, verb } = this.changes[from]!;
    const child = this.open(row, CHANGE + from, verb, this.calls.version(row));
    this.calls.setAccessKey(child, Lease.none);
    edge.send(child);
    return Access.waiting;
  }

  private ask(edge: Edge, row: number, stage: number, verb: number, version: number): void {
    edge.send(this.open(row, stage, verb, version));
  }

  /** A call made for a row. */
  private open(row: number, stage: number, verb: number, version: number): number {
    const { calls } = this;
    const child = calls.openFor(row);
    const { words } = calls;
    const at = child * WORDS;
    words[at + KEY] = words[row * WORDS + ACCESS_KEY]!;
    words[at + DATASET] = this.dataset;
    words[at + OPERATION] = verb;
    words[at + VERSION] = version;
    words[at + TAG] = (this.index << STAGE_BITS) + stage;
    if (stage === FILL) {
      words[at + PARENT] = -1;
      const trace = calls.trace(child);
      if (trace !== 0) calls.spans.note(NoteKind.detached, trace, child, row);
    }
    return child;
  }
}

/** Levels of one access are fewer. */
const LEVELS = 64;

function placeOf(row: number, level: number): number {
  return row * LEVELS + level;
}

/** A row of the same node that fetches what another row wants, and that nobody waits for. */
export function openBackground(calls: CallTable, row: number): number {
  const branch = calls.openFor(row);
  calls.setFlags(branch, Flag.branch | Flag.atCallee | Flag.background);
  calls.setNode(branch, calls.node(row));
  calls.setCaller(branch, -1);
  calls.setParent(branch, -1);
  calls.setTrace(branch, 0);
  calls.setAccessKey(branch, calls.accessKey(row));
  return branch;
}
