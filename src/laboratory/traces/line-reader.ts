/** Cuts text into lines for the formats that have one record a line. */

import type { RecordSink } from './record-sink.ts';

export interface LineParser {
  /** One line without its end; never empty. It calls `sink.begin` if the line is a record. */
  line(bytes: Uint8Array, from: number, to: number): void;
}

/** Reads whole records from a buffer. */
export interface RecordReader {
  /**
   * Reads from `from` to the end of the bytes as many records as are whole and the sink takes, and
   * gives the place where it stopped. `isLast`: nothing comes after these bytes.
   */
  read(bytes: Uint8Array, from: number, isLast: boolean): number;
}

export class LineReader implements RecordReader {
  private readonly sink: RecordSink;
  private readonly parser: LineParser;
  private readonly bytesMost: number;
  /** True within a line that was too long. */
  private isSkipping = false;

  constructor(sink: RecordSink, parser: LineParser, bytesMost: number) {
    this.sink = sink;
    this.parser = parser;
    this.bytesMost = bytesMost;
  }

  read(bytes: Uint8Array, from: number, isLast: boolean): number {
    const { sink } = this;
    const { length } = bytes;
    let position = from;
    let zero = placeOf(bytes, 0, position);
    while (position < length && !sink.isFull) {
      let end = position;
      while (end < length && bytes[end] !== 10) end++;
      if (end === length && !isLast) return this.partOfLine(position, length);
      if (this.isSkipping) this.isSkipping = false;
      else if (end - position > this.bytesMost) this.passOverLong(position);
      else if (zero < end) this.passOverZero(position);
      else this.line(bytes, position, end);
      position = Math.min(length, end + 1);
      if (zero < position) zero = placeOf(bytes, 0, position);
    }
    return position;
  }

  private line(bytes: Uint8Array, from: number, end: number): void {
    const to = bytes[end - 1] === 13 && end > from ? end - 1 : end;
    if (to > from) this.parser.line(bytes, from, to);
  }

  /** A line whose end is not here yet: it waits, unless it is too long already. */
  private partOfLine(position: number, length: number): number {
    if (this.isSkipping) return length;
    if (length - position <= this.bytesMost) return position;
    this.passOverLong(position);
    this.isSkipping = true;
    return length;
  }

  private passOverLong(position: number): void {
    this.sink.begin();
    const message = `the line is longer than ${this.bytesMost} bytes`;
    const hint = 'check that the file is a trace with one record a line';
    this.sink.passOver('long-line', position, message, hint);
  }

  private passOverZero(position: number): void {
    this.sink.begin();
    const hint = 'text has none; the file may be damaged or of another format';
    this.sink.passOver('zero-byte', position, 'the line has a byte of value 0', hint);
  }
}

function placeOf(bytes: Uint8Array, value: number, from: number): number {
  const place = bytes.indexOf(value, from);
  return place < 0 ? Infinity : place;
}
