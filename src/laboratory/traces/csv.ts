/**
 * Traces in CSV: one record a line, columns time, key, size and op, of which only the key is
 * needed. A field may stand in double quotes, with "" for a quote in it, but may not go over the
 * end of a line. Lines before the first record that begin with # are comments.
 *
 * Source: RFC 4180, 2005. Deviations: no line breaks within quotes; also ; tab or blanks between
 * fields; blanks around a field are dropped.
 */

import { Op } from '../look-ups.ts';
import { decimalAt } from './byte-numbers.ts';
import { isHeader, placeColumns } from './csv-columns.ts';
import type { ColumnPlaces } from './csv-columns.ts';
import { hashKey } from './key-hash.ts';
import type { LineParser } from './line-reader.ts';
import { opAt } from './op-words.ts';
import type { RecordSink } from './record-sink.ts';
import { textOf } from './byte-text.ts';
import type { TraceOptions } from './trace-options.ts';

const QUOTE = 34;
const BLANK = 32;
const HASH = 35;

/** More columns are counted but not kept. */
const COLUMNS_MOST = 256;

const unitsPerSecond = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 } as const;

export class CsvParser implements LineParser {
  private readonly sink: RecordSink;
  private readonly options: TraceOptions;
  private readonly delimiter: number;
  private places: ColumnPlaces | null = null;
  private columns = 0;
  private readonly starts = new Int32Array(COLUMNS_MOST);
  private readonly ends = new Int32Array(COLUMNS_MOST);

  constructor(sink: RecordSink, options: TraceOptions, delimiter: string) {
    this.sink = sink;
    this.options = options;
    this.delimiter = delimiter.charCodeAt(0);
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    const count = this.split(bytes, from, to);
    if (this.places === null && this.isPreamble(bytes, from, count)) return;
    const { sink, starts, ends } = this;
    sink.begin();
    if (count !== this.columns) {
      this.passOverLine(count, from);
      return;
    }
    const { time, key, size, op } = this.places!;
    const operation = op < 0 ? Op.read : opAt(bytes, starts[op]!, ends[op]!);
    if (operation < 0) {
      const word = textOf(bytes, starts[op]!, ends[op]!);
      sink.passOver('unknown-op', from, `the operation is ${word}`, 'such as get, set, delete');
      return;
    }
    if (starts[key] === ends[key]) {
      sink.passOver('empty-key', from, 'the key is empty', 'check which column it stands in');
      return;
    }
    hashKey(bytes, starts[key]!, ends[key]!, sink.key);
    const length = size < 0 ? 1 : decimalAt(bytes, starts[size]!, ends[size]!);
    const moment = time < 0 ? 0 : decimalAt(bytes, starts[time]!, ends[time]!);
    sink.take(length, moment, operation, from);
  }

  /** True for comments and for the header; the first other line settles the columns. */
  private isPreamble(bytes: Uint8Array, from: number, count: number): boolean {
    const fields: string[] = [];
    for (let column = 0; column < Math.min(count, COLUMNS_MOST); column++) {
      fields.push(textOf(bytes, this.starts[column]!, this.ends[column]!));
    }
    const { header, columns = {} } = this.options;
    const isNamed = header ?? (isHeader(fields) || namesAll(fields, columns));
    if (!isNamed && bytes[from] === HASH) return true;
    const places =
      count < 0
        ? 'a quote is not closed'
        : placeColumns(isNamed ? fields : null, fields.length, columns);
    if (typeof places === 'string') {
      this.sink.report.stop({
        code: 'unknown-columns',
        record: 0,
        offset: this.sink.offsetOf(from),
        message: places,
        hint: 'say which columns are time, key, size and op, by name or by place from 1',
      });
      return true;
    }
    this.places = places;
    this.columns = count;
    this.sink.columns = {
      times: places.time >= 0,
      sizes: places.size >= 0,
      ops: places.op >= 0,
    };
    this.sink.unitsPerSecond = unitsPerSecond[this.options.timeUnit ?? 's'];
    return isNamed;
  }

  /** Notes where fields begin and end; gives how many there are, -1 for a quote that is open. */
  private split(bytes: Uint8Array, from: number, to: number): number {
    const { delimiter, starts, ends } = this;
    let column = 0;
    let at = from;
    for (;;) {
      while (at < to && bytes[at] === BLANK) at++;
      if (delimiter === BLANK && at === to && column > 0) return column;
      if (bytes[at] === QUOTE && at < to) {
        starts[column] = at + 1;
        at = this.endOfQuoted(bytes, at + 1, to, column);
        if (at < 0) return -1;
      } else {
        starts[column] = at;
        while (at < to && bytes[at] !== delimiter) at++;
        let end = at;
        while (end > starts[column]! && bytes[end - 1] === BLANK) end--;
        ends[column] = end;
      }
      column++;
      if (at >= to) return column;
      at++;
    }
  }

  /** The delimiter or the end after a quoted field; -1 when the quote is not closed before it. */
  private endOfQuoted(bytes: Uint8Array, from: number, to: number, column: number): number {
    let write = from;
    let at = from;
    for (; at < to; at++) {
      if (bytes[at] === QUOTE) {
        if (at + 1 === to || bytes[at + 1] !== QUOTE) break;
        at++;
      }
      // A doubled quote makes the field shorter; the buffer is ours and each line is cut once.
      bytes[write++] = bytes[at]!;
    }
    if (at >= to) return -1;
    this.ends[column] = write;
    at++;
    while (at < to && bytes[at] === BLANK && this.delimiter !== BLANK) at++;
    return at === to || bytes[at] === this.delimiter ? at : -1;
  }

  private passOverLine(count: number, from: number): void {
    if (count < 0) {
      const hint = 'close the quote before the end of the line; write " as ""';
      this.sink.passOver('bad-quote', from, 'a quote is not closed where its field ends', hint);
      return;
    }
    const message = `the line has ${count} columns; the first has ${this.columns}`;
    const hint = 'put a key with a delimiter in it into double quotes';
    this.sink.passOver('wrong-columns', from, message, hint);
  }
}

/** True when the caller has given names of columns and the line has them. */
function namesAll(fields: readonly string[], columns: object): boolean {
  const given = Object.values(columns).filter((column) => typeof column === 'string');
  return given.length > 0 && given.every((name) => fields.includes(name));
}
