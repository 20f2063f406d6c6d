/**
 * How a component reads and writes a dataset: through its caches, nearest first, to the store. The
 * strategy of each cache says who does what: beside a cache-aside cache the reader asks the store
 * and fills the cache; a read-through or write-through cache does it itself.
 *
 * A fill is sent when the value is known and nobody waits for it. A write waits for the store, then
 * for the deletes of the copies. Between a read of the store and its fill a write may pass, and
 * then an old value enters the cache: that race is real, and its stale reads are counted.
 */

import { ACCESS_KEY, DATASET, KEY, OPERATION, PARENT, TAG, VERSION, WORDS } from './call-rows.ts';
import { Flag } from './call-table.ts';
import type { CallTable } from './call-table.ts';
import { Outcome } from './outcome.ts';
import { NoteKind } from './span-log.ts';
import { Verb } from './verb.ts';
import type { Edge } from './edge.ts';

/** A cache on the way to the store. */
export interface AccessLevel {
  readonly edge: Edge;
  /** True when the cache itself asks what lies behind it. */
  readonly through: boolean;
}

export interface AccessFields {
  readonly calls: CallTable;
  /** Place among the accesses of its owner; it comes back in tags. */
  readonly index: number;
  readonly dataset: number;
  readonly levels: readonly AccessLevel[];
  readonly store: Edge | null;
  /** The store, or the first cache that writes pass through. */
  readonly writeTo: Edge;
  /** Caches whose copies a write deletes, in this order. */
  readonly deleteFrom: readonly Edge[];
}

/** Tags are an index and, in the low bits, a stage: a level, or one of these above all levels. */
const STAGE_BITS = 12;
const STAGE_MASK = (1 << STAGE_BITS) - 1;
const FROM_STORE = 4000;
const TO_STORE = 4001;
const FILL = 4002;
/** The n-th delete has stage DELETE + n. */
const DELETE = 2000;

/** What the owner should do after a step of an access. */
export const Access = Object.freeze({ waiting: 0, done: 1 } as const);

export class DataAccess {
  readonly dataset: number;
  private readonly calls: CallTable;
  private readonly index: number;
  private readonly levels: readonly AccessLevel[];
  private readonly store: Edge | null;
  private readonly writeTo: Edge;
  private readonly deletes: readonly Edge[];

  constructor(fields: AccessFields) {
    this.calls = fields.calls;
    this.index = fields.index;
    this.dataset = fields.dataset;
    this.levels = [...fields.levels];
    this.store = fields.store;
    this.writeTo = fields.writeTo;
    this.deletes = [...fields.deleteFrom];
  }

  /** Which access of its owner a tag belongs to. */
  static indexOf(tag: number): number {
    return tag >> STAGE_BITS;
  }

  /** True for the answer to a fill, which nobody waits for. */
  static isFill(tag: number): boolean {
    return (tag & STAGE_MASK) === FILL;
  }

  /** Starts reading for a row, whose `accessKey` says what. */
  read(row: number): void {
    this.readFrom(row, 0);
  }

  /** Starts writing for a row, whose `accessKey` says what. */
  write(row: number): void {
    this.ask(this.writeTo, row, TO_STORE, Verb.write, 0);
  }

  /**
   * An answer has come for `row`; `answer` is the row of the call that brought it. Returns
   * `Access.done` when the access is over: then `outcome` and `version` of `row` say how.
   */
  onReply(answer: number, row: number): number {
    const { calls } = this;
    const stage = calls.tag(answer) & STAGE_MASK;
    const outcome = calls.outcome(answer);
    const version = calls.version(answer);
    if (stage === FROM_STORE) return this.finishRead(row, outcome, version, this.levels.length);
    if (stage === TO_STORE) {
      calls.setVersion(row, version);
      calls.setOutcome(row, outcome);
      return outcome === Outcome.ok ? this.deleteFrom(row, 0) : Access.done;
    }
    if (stage >= DELETE) {
      calls.setOutcome(row, Outcome.ok);
      return this.deleteFrom(row, stage - DELETE + 1);
    }
    const level = this.levels[stage]!;
    const missed = (calls.flags(answer) & Flag.miss) !== 0;
    if (level.through) return this.finishRead(row, outcome, version, stage);
    if (outcome === Outcome.ok && !missed) return this.finishRead(row, outcome, version, stage);
    this.readFrom(row, stage + 1);
    return Access.waiting;
  }

  private readFrom(row: number, level: number): void {
    if (level === this.levels.length) {
      this.ask(this.store!, row, FROM_STORE, Verb.read, 0);
      return;
    }
    const { edge, through } = this.levels[level]!;
    this.ask(edge, row, level, through ? Verb.read : Verb.get, 0);
  }

  /** The value is known: the caches passed on the way are filled. */
  private finishRead(row: number, outcome: number, version: number, found: number): number {
    const { calls } = this;
    calls.setOutcome(row, outcome);
    calls.setVersion(row, version);
    if (outcome === Outcome.ok) {
      for (let level = 0; level < found; level++) {
        const cache = this.levels[level]!;
        if (!cache.through) this.ask(cache.edge, row, FILL, Verb.set, version);
      }
    }
    return Access.done;
  }

  private deleteFrom(row: number, from: number): number {
    if (from === this.deletes.length) return Access.done;
    this.ask(this.deletes[from]!, row, DELETE + from, Verb.delete, 0);
    return Access.waiting;
  }

  private ask(edge: Edge, row: number, stage: number, verb: number, version: number): void {
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
    edge.send(child);
  }
}
