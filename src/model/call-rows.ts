/**
 * Rows of numbers that lie together: all that is known of one call is one stretch of 120 bytes in a
 * buffer, seen as doubles and as words, so a row is two or three cache lines however many calls are
 * in flight. Most code asks by name, `calls.key(row)`; the few functions that every message passes
 * through index the words themselves, which saves them a seventh of their time
 * (bench/microservice.bench.ts).
 */

/** Bytes of one row. */
export const BYTES_A_ROW = 120;

/** Words and doubles of one row. */
export const WORDS = 30;
export const DOUBLES = 15;

/** Places of the doubles and, below, of the words within a row. */
export const START = 0;
export const SENT_AT = 1;
export const SINCE = 2;
export const WORK = 3;
export const SIZE = 4;
export const KEY = 10;
export const ACCESS_KEY = 11;
export const VERSION = 12;
export const PARENT = 13;
export const TAG = 14;
export const TIMER = 15;
export const EVENT = 16;
export const NEXT = 17;
export const PREVIOUS = 18;
export const TRACE = 19;
export const POSITION = 20;
export const CALLER = 21;
export const CALLER_NODE = 22;
export const EDGE = 23;
export const NODE = 24;
export const OPERATION = 25;
export const DATASET = 26;
export const PENDING = 27;

export const PAUSE_US = 29;

/** Flags, urgency, outcome and attempts share one word. */
export const STATUS = 28;
export const FLAG_BITS = 0xfff;
const PRIORITY_SHIFT = 12;
export const PRIORITY_BITS = 0x7000;
export const OUTCOME_SHIFT = 15;
export const OUTCOME_BITS = 0xf8000;
export const ATTEMPT_SHIFT = 20;
const ATTEMPT_BITS = 0xff00000;
export const FIRST_ATTEMPT = 0x100000;

export class CallRows {
  doubles: Float64Array;
  words: Int32Array;

  constructor(capacity: number) {
    this.doubles = new Float64Array(capacity * DOUBLES);
    this.words = new Int32Array(this.doubles.buffer);
  }

  /** Rows there is room for. */
  get capacity(): number {
    return this.doubles.length / DOUBLES;
  }

  /** Intended start of the client's request, ns; of a client's own call only. */
  start(row: number): number {
    return this.doubles[row * DOUBLES + START]!;
  }

  setStart(row: number, value: number): void {
    this.doubles[row * DOUBLES + START] = value;
  }

  /** When this attempt was sent, ns. */
  sentAt(row: number): number {
    return this.doubles[row * DOUBLES + SENT_AT]!;
  }

  setSentAt(row: number, value: number): void {
    this.doubles[row * DOUBLES + SENT_AT] = value;
  }

  /** When it entered the queue or the worker it is in now, ns. */
  since(row: number): number {
    return this.doubles[row * DOUBLES + SINCE]!;
  }

  setSince(row: number, value: number): void {
    this.doubles[row * DOUBLES + SINCE] = value;
  }

  /** Service demand, remaining demand or virtual finish, as its station needs, ns. */
  work(row: number): number {
    return this.doubles[row * DOUBLES + WORK]!;
  }

  setWork(row: number, value: number): void {
    this.doubles[row * DOUBLES + WORK] = value;
  }

  /** Bytes on the wire. */
  size(row: number): number {
    return this.doubles[row * DOUBLES + SIZE]!;
  }

  setSize(row: number, value: number): void {
    this.doubles[row * DOUBLES + SIZE] = value;
  }

  /** Key over all datasets, or -1. */
  key(row: number): number {
    return this.words[row * WORDS + KEY]!;
  }

  setKey(row: number, value: number): void {
    this.words[row * WORDS + KEY] = value;
  }

  /** Key of the read or write it is at, which may be of another dataset than `key`. */
  accessKey(row: number): number {
    return this.words[row * WORDS + ACCESS_KEY]!;
  }

  setAccessKey(row: number, value: number): void {
    this.words[row * WORDS + ACCESS_KEY] = value;
  }

  /** Version of the value carried or found. */
  version(row: number): number {
    return this.words[row * WORDS + VERSION]!;
  }

  setVersion(row: number, value: number): void {
    this.words[row * WORDS + VERSION] = value;
  }

  /** Row this call was made for, or the caller's own number when there is none. */
  parent(row: number): number {
    return this.words[row * WORDS + PARENT]!;
  }

  setParent(row: number, value: number): void {
    this.words[row * WORDS + PARENT] = value;
  }

  /** The caller's own note, comes back with the answer. */
  tag(row: number): number {
    return this.words[row * WORDS + TAG]!;
  }

  setTag(row: number, value: number): void {
    this.words[row * WORDS + TAG] = value;
  }

  /** Handle of the caller's timeout, or -1. */
  timer(row: number): number {
    return this.words[row * WORDS + TIMER]!;
  }

  setTimer(row: number, value: number): void {
    this.words[row * WORDS + TIMER] = value;
  }

  /** Slot of the event that will move it on, or -1. */
  event(row: number): number {
    return this.words[row * WORDS + EVENT]!;
  }

  setEvent(row: number, value: number): void {
    this.words[row * WORDS + EVENT] = value;
  }

  /** Next row of the list it is in, or -1. */
  next(row: number): number {
    return this.words[row * WORDS + NEXT]!;
  }

  setNext(row: number, value: number): void {
    this.words[row * WORDS + NEXT] = value;
  }

  /** Previous row of the list it is in, or -1. */
  previous(row: number): number {
    return this.words[row * WORDS + PREVIOUS]!;
  }

  setPrevious(row: number, value: number): void {
    this.words[row * WORDS + PREVIOUS] = value;
  }

  /** The client's request as the logs of hops and spans know it, see `traceOf`; 0 for most. */
  trace(row: number): number {
    return this.words[row * WORDS + TRACE]!;
  }

  setTrace(row: number, value: number): void {
    this.words[row * WORDS + TRACE] = value;
  }

  /** Next instruction of the operation it is in. */
  position(row: number): number {
    return this.words[row * WORDS + POSITION]!;
  }

  setPosition(row: number, value: number): void {
    this.words[row * WORDS + POSITION] = value;
  }

  /** Number of the component that made the call. */
  caller(row: number): number {
    return this.words[row * WORDS + CALLER]!;
  }

  setCaller(row: number, value: number): void {
    this.words[row * WORDS + CALLER] = value;
  }

  /** Node the call came from, or -1 for a client outside. */
  callerNode(row: number): number {
    return this.words[row * WORDS + CALLER_NODE]!;
  }

  setCallerNode(row: number, value: number): void {
    this.words[row * WORDS + CALLER_NODE] = value;
  }

  /** Number of the path it was sent on. */
  edge(row: number): number {
    return this.words[row * WORDS + EDGE]!;
  }

  setEdge(row: number, value: number): void {
    this.words[row * WORDS + EDGE] = value;
  }

  /** Node the call goes to, or -1 while there is none. */
  node(row: number): number {
    return this.words[row * WORDS + NODE]!;
  }

  setNode(row: number, value: number): void {
    this.words[row * WORDS + NODE] = value;
  }

  /** Which operation of the callee, by its number there. */
  operation(row: number): number {
    return this.words[row * WORDS + OPERATION]!;
  }

  setOperation(row: number, value: number): void {
    this.words[row * WORDS + OPERATION] = value;
  }

  /** Dataset of `key`, or -1. */
  dataset(row: number): number {
    return this.words[row * WORDS + DATASET]!;
  }

  setDataset(row: number, value: number): void {
    this.words[row * WORDS + DATASET] = value;
  }

  /** Branches still running. */
  pending(row: number): number {
    return this.words[row * WORDS + PENDING]!;
  }

  setPending(row: number, value: number): void {
    this.words[row * WORDS + PENDING] = value;
  }

  /** Pause before the present attempt, µs, when there have been several. */
  pauseUs(row: number): number {
    return this.words[row * WORDS + PAUSE_US]!;
  }

  setPauseUs(row: number, value: number): void {
    this.words[row * WORDS + PAUSE_US] = value;
  }

  /** Bits of `Flag`, 12 at the most. */
  flags(row: number): number {
    return this.words[row * WORDS + STATUS]! & FLAG_BITS;
  }

  setFlags(row: number, flags: number): void {
    const place = row * WORDS + STATUS;
    this.words[place] = (this.words[place]! & ~FLAG_BITS) | flags;
  }

  /** Sets bits of `flags`. */
  raise(row: number, bits: number): void {
    this.words[row * WORDS + STATUS]! |= bits;
  }

  /** Clears bits of `flags`. */
  lower(row: number, bits: number): void {
    this.words[row * WORDS + STATUS]! &= ~bits;
  }

  /** Urgency, 0 (most urgent) to 7. */
  priority(row: number): number {
    return (this.words[row * WORDS + STATUS]! & PRIORITY_BITS) >> PRIORITY_SHIFT;
  }

  setPriority(row: number, priority: number): void {
    const place = row * WORDS + STATUS;
    this.words[place] = (this.words[place]! & ~PRIORITY_BITS) | (priority << PRIORITY_SHIFT);
  }

  /** How it ended, a number of `Outcome`, 0 to 31. */
  outcome(row: number): number {
    return (this.words[row * WORDS + STATUS]! & OUTCOME_BITS) >> OUTCOME_SHIFT;
  }

  setOutcome(row: number, outcome: number): void {
    const place = row * WORDS + STATUS;
    this.words[place] = (this.words[place]! & ~OUTCOME_BITS) | (outcome << OUTCOME_SHIFT);
  }

  /** Attempts made, 1 for the first, 255 at the most. */
  attempt(row: number): number {
    return (this.words[row * WORDS + STATUS]! & ATTEMPT_BITS) >> ATTEMPT_SHIFT;
  }

  setAttempt(row: number, attempt: number): void {
    const place = row * WORDS + STATUS;
    this.words[place] = (this.words[place]! & ~ATTEMPT_BITS) | (attempt << ATTEMPT_SHIFT);
  }

  /** Doubles the room; every row keeps what it holds. */
  protected grow(): void {
    const doubles = new Float64Array(this.doubles.length * 2);
    doubles.set(this.doubles);
    this.doubles = doubles;
    this.words = new Int32Array(doubles.buffer);
  }
}
