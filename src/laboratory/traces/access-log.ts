/**
 * Access logs of web servers in the common or the combined format. The key is the path with its
 * query, the size the bytes that were sent. GET and HEAD read, POST, PUT and PATCH write, DELETE
 * deletes. What no cache would have kept is left out: answers other than 2xx and 304, and other
 * methods. An answer without a body (304, HEAD) has the size last seen for its path.
 *
 * Source: the W3C's httpd, 1995: common log file format; Apache HTTP Server 2.4, mod_log_config.
 * Deviation: what stands before the time, such as a virtual host, may have any number of words.
 */

import { grownInt32 } from '../../base/typed-arrays.ts';
import { digitsAt } from './byte-numbers.ts';
import { textOf } from './byte-text.ts';
import { hashKey } from './key-hash.ts';
import type { LineParser } from './line-reader.ts';
import { logTimeAt } from './log-time.ts';
import { opAt } from './op-words.ts';
import type { RecordSink } from './record-sink.ts';

const BLANK = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 91;
const DASH = 45;
const NOT_MODIFIED = 304;

const HINT = 'host ident user [day/month/year:time zone] "GET /path HTTP/1.1" status bytes';

export class AccessLogParser implements LineParser {
  private readonly sink: RecordSink;
  /** Bytes last sent for each key, 0 when none were. */
  private sizes: Int32Array = new Int32Array(1024);

  constructor(sink: RecordSink) {
    this.sink = sink;
    sink.columns = { times: true, sizes: true, ops: true };
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    const { sink } = this;
    sink.begin();
    const open = placeOf(bytes, OPEN, from, to);
    const time = logTimeAt(bytes, open + 1, to);
    const request = placeOf(bytes, QUOTE, open, to) + 1;
    const end = endOfQuoted(bytes, request, to);
    const status = digitsAt(bytes, end + 2, end + 5);
    if (Number.isNaN(time) || request > to || end >= to || Number.isNaN(status)) {
      const message = `not a line of an access log: ${textOf(bytes, from, to)}`;
      sink.passOver('wrong-columns', from, message, HINT);
      return;
    }
    const methodEnd = placeOf(bytes, BLANK, request, end);
    const op = opAt(bytes, request, methodEnd);
    const isAnswer = (status >= 200 && status < 300) || status === NOT_MODIFIED;
    if (!isAnswer || op < 0 || methodEnd === end) {
      sink.report.leftOut++;
      return;
    }
    const path = methodEnd + 1;
    hashKey(bytes, path, placeOf(bytes, BLANK, path, end), sink.key);
    this.take(bytes, { size: end + 6, to, time, op, from });
  }

  private take(
    bytes: Uint8Array,
    line: { size: number; to: number; time: number; op: number; from: number },
  ): void {
    const { sink } = this;
    const { to, time, op, from } = line;
    const sizeEnd = placeOf(bytes, BLANK, line.size, to);
    const isNone = bytes[line.size] === DASH && sizeEnd === line.size + 1;
    const written = isNone ? 0 : digitsAt(bytes, line.size, sizeEnd);
    if (!(written <= 0x7fffffff)) {
      const message = `the bytes sent are ${textOf(bytes, line.size, sizeEnd)}`;
      sink.passOver('bad-size', from, message, 'a number below 2^31, or - for none');
      return;
    }
    const key = sink.table.number(sink.key[0]!, sink.key[1]!);
    if (key >= this.sizes.length) this.sizes = grownInt32(this.sizes, key * 2);
    if (written > 0 && key >= 0) this.sizes[key] = written;
    sink.take(Math.max(1, written, this.sizes[key] ?? 0), time, op, from);
  }
}

/** The quote that ends a text, past those with a backslash in front. */
function endOfQuoted(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, to);
}

/** The first place of a byte, or `to`. */
function placeOf(bytes: Uint8Array, value: number, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== value) at++;
  return Math.min(at, to);
}
