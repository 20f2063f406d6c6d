/**
 * Traces with nothing but one key a line; every line is a read. Lines before the first key that
 * begin with # are comments.
 */

import { Op } from '../look-ups.ts';
import { hashKey } from './key-hash.ts';
import type { LineParser } from './line-reader.ts';
import type { RecordSink } from './record-sink.ts';

const HASH = 35;

export class PlainParser implements LineParser {
  private readonly sink: RecordSink;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    let first = from;
    let end = to;
    while (first < end && bytes[first]! <= 32) first++;
    while (end > first && bytes[end - 1]! <= 32) end--;
    const isComment = bytes[first] === HASH && this.sink.report.records === 0;
    if (first === end || isComment) return;
    this.sink.begin();
    hashKey(bytes, first, end, this.sink.key);
    this.sink.take(1, 0, Op.read, from);
  }
}
