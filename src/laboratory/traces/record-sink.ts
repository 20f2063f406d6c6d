/**
 * Where readers of all formats put what they read: it checks times and sizes, numbers the keys and
 * fills the batch that is given out next. Readers stop in front of a record when it is full.
 */

import { Op } from '../look-ups.ts';
import type { Batch } from '../look-ups.ts';
import { KeyTable } from './key-table.ts';
import type { TraceLimits } from './trace-options.ts';
import type { ReportMaker } from './trace-report.ts';

export const BATCH = 32_768;

/** An entry's bytes fit 31 bits, as the models of caches count. */
const SIZE_MOST = 0x7fffffff;

/** Which columns the format has. */
export interface Columns {
  readonly times: boolean;
  readonly sizes: boolean;
  readonly ops: boolean;
}

export class RecordSink {
  readonly report: ReportMaker;
  readonly table: KeyTable;
  /** Both halves of the key of the record under way. */
  readonly key = new Int32Array(2);
  /** Byte of the file at which the reader's buffer begins; -Infinity: not known. */
  origin = 0;
  columns: Columns = { times: false, sizes: false, ops: false };
  /** Units of the time column in a second. */
  unitsPerSecond = 1;
  private count = 0;
  private readonly keys = new Int32Array(BATCH);
  private readonly sizes = new Int32Array(BATCH);
  private readonly times = new Float64Array(BATCH);
  private readonly ops = new Uint8Array(BATCH);
  private firstTime = NaN;
  private lastTime = 0;
  private readonly recordsMost: number;

  constructor(limits: TraceLimits, report: ReportMaker) {
    this.report = report;
    this.table = new KeyTable(Math.min(limits.keys, SIZE_MOST));
    this.recordsMost = limits.records;
  }

  /** True when the reader has to stop in front of the next record. */
  get isFull(): boolean {
    return this.count === BATCH || this.isOver;
  }

  /** True when nothing more is wanted. */
  get isOver(): boolean {
    return this.report.stopped !== null || this.report.records >= this.recordsMost;
  }

  /** Counts the record that begins there; every record begins with it. */
  begin(): void {
    this.report.records++;
  }

  /** Where a place of the reader's buffer is in the file, -1 when nobody knows. */
  offsetOf(position: number): number {
    return Math.max(-1, this.origin + position);
  }

  /** The key from `this.key`; `size` and `time` are checked. */
  take(size: number, time: number, op: number, position: number): void {
    const { columns, count } = this;
    let bytes = size;
    if (columns.sizes && !(size >= 1 && size <= SIZE_MOST && Math.floor(size) === size)) {
      if (size !== 0) {
        this.passOverSize(size, position);
        return;
      }
      bytes = 1;
      if (op !== Op.delete) this.mendSize(position);
    }
    if (columns.times) {
      if (!(time - time === 0)) {
        this.passOver('bad-time', position, 'the time is not a number', COLUMN_HINT);
        return;
      }
      this.times[count] = this.sinceStart(time, position);
    }
    const key = this.table.number(this.key[0]!, this.key[1]!);
    if (key < 0) {
      this.stopAtKeys(position);
      return;
    }
    this.keys[count] = key;
    this.sizes[count] = bytes;
    this.ops[count] = op;
    this.count = count + 1;
    this.report.kept++;
  }

  passOver(code: string, position: number, message: string, hint: string): void {
    this.report.passOver(code, this.offsetOf(position), () => [message, hint]);
  }

  /** What has gathered; null when nothing has. The next record overwrites it. */
  batch(): Batch | null {
    const { columns, count, keys } = this;
    if (count === 0) return null;
    this.count = 0;
    return {
      count,
      keys,
      sizes: columns.sizes ? this.sizes : null,
      times: columns.times ? this.times : null,
      ops: columns.ops ? this.ops : null,
    };
  }

  private sinceStart(time: number, position: number): number {
    if (Number.isNaN(this.firstTime)) this.firstTime = time;
    const since = (time - this.firstTime) / this.unitsPerSecond;
    if (since >= this.lastTime) {
      this.lastTime = since;
      return since;
    }
    const last = this.lastTime;
    this.report.mend('time-goes-back', this.offsetOf(position), () => [
      `the time goes back by ${Number((last - since).toPrecision(6))} s`,
      'the record counts at the latest time before it; sort the trace by time',
    ]);
    return last;
  }

  private passOverSize(size: number, position: number): void {
    const written = Number.isNaN(size) ? 'not a number' : String(size);
    if (size < 0) {
      this.passOver('negative-size', position, `the size is ${written}`, COLUMN_HINT);
    } else if (size > SIZE_MOST) {
      const hint = 'write sizes in larger units, all in the same';
      this.passOver('size-too-large', position, `the size is ${written}; at most 2^31 − 1`, hint);
    } else {
      const hint = 'sizes are whole numbers of bytes';
      this.passOver('bad-size', position, `the size is ${written}`, hint);
    }
  }

  private mendSize(position: number): void {
    this.report.mend('zero-size', this.offsetOf(position), () => [
      'the size is 0',
      'the entry counts as 1 byte: an entry without a size would never fill a cache',
    ]);
  }

  private stopAtKeys(position: number): void {
    const most = this.table.size;
    this.report.stop({
      code: 'too-many-keys',
      record: this.report.records,
      offset: this.offsetOf(position),
      message: `there are more than ${most} distinct keys`,
      hint: 'raise the limit of keys, each takes 15 to 19 bytes, or shorten the trace',
    });
  }
}

const COLUMN_HINT = 'check which column it stands in';
