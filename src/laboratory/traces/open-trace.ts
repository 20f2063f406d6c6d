/**
 * The door to traces: takes the bytes of a file in pieces, packed or not, finds out what format it
 * has and gives its look-ups in batches. It never holds the file, and it never throws: whatever is
 * wrong with the bytes is told in `report`, and what was read before stays good.
 */

import type { Batch, LookUpSource } from '../look-ups.ts';
import { AccessLogParser } from './access-log.ts';
import { byteSource } from './byte-source.ts';
import type { Bytes, ByteSource } from './byte-source.ts';
import { CsvParser } from './csv.ts';
import { Gunzip, GunzipFault } from './gunzip.ts';
import { LineReader } from './line-reader.ts';
import type { RecordReader } from './line-reader.ts';
import { OracleGeneralReader } from './oracle-general.ts';
import { PlainParser } from './plain.ts';
import { RecordSink } from './record-sink.ts';
import { refusalOf, sniff } from './sniff.ts';
import type { Refusal, Sniffed } from './sniff.ts';
import { traceLimits } from './trace-options.ts';
import type { TraceLimits, TraceOptions } from './trace-options.ts';
import { ReportMaker } from './trace-report.ts';
import type { TraceReport } from './trace-report.ts';
import { TwitterParser } from './twitter.ts';

export interface Trace extends LookUpSource {
  /** Grows while the trace is read; whole once `next` has given null. */
  readonly report: TraceReport;
  /** Lets go of the stream before its end; `next` then gives null. */
  close(): Promise<void>;
}

/** The format is known to `report` once `next` has answered for the first time. */
export function openTrace(bytes: Bytes, options: TraceOptions = {}): Trace {
  return new TraceReader(bytes, options);
}

/** How a file packed by gzip begins; the third byte is its only method. */
const GZIP = [0x1f, 0x8b, 8];
/** Bytes by which the format is judged. */
const SNIFFED = 8192;
/** Bytes that are held beside an unfinished record. */
const ROOM = 65_536;

class TraceReader implements Trace {
  readonly report: ReportMaker;
  private readonly options: TraceOptions;
  private readonly limits: TraceLimits;
  private readonly sink: RecordSink;
  private readonly input: CountedSource;
  /** The input, unpacked. */
  private source: ByteSource;
  private reader: RecordReader | null = null;
  /** What was read and not yet taken stands in `buffer[from, to)`. */
  private buffer = new Uint8Array(ROOM * 2);
  private from = 0;
  private to = 0;
  /** A piece of the source that did not fit into the buffer as a whole. */
  private rest = new Uint8Array(0);
  private isAtEnd = false;
  /** Why the source ended; told once all that came before it has been read. */
  private sourceFault: Refusal | null = null;
  private isOpen = true;

  constructor(bytes: Bytes, options: TraceOptions) {
    this.options = options;
    this.limits = { ...traceLimits, ...options.limits };
    this.report = new ReportMaker(this.limits);
    this.sink = new RecordSink(this.limits, this.report);
    this.input = new CountedSource(byteSource(bytes));
    this.source = this.input;
  }

  get keys(): number {
    return this.sink.table.size;
  }

  get progress(): number {
    const { bytes } = this.options;
    if (!this.isOpen) return 1;
    return bytes === undefined || bytes === 0 ? NaN : Math.min(1, this.input.count / bytes);
  }

  async next(): Promise<Batch | null> {
    if (this.reader === null && this.isOpen) await this.begin();
    while (this.isOpen && !this.sink.isFull) {
      if (this.reader === null) break;
      const before = this.from;
      const bytes = this.buffer.subarray(0, this.to);
      this.from = this.reader.read(bytes, before, this.isAtEnd && this.sourceFault === null);
      if (this.sink.isFull) break;
      if (this.isAtEnd && (this.from === this.to || this.from === before)) await this.finish();
      else if (!this.isAtEnd) await this.fill();
    }
    if (this.sink.isOver) await this.close();
    return this.sink.batch();
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.source.close();
  }

  private async finish(): Promise<void> {
    if (this.sourceFault !== null) this.refuse(...this.sourceFault);
    else if (this.report.records === 0) {
      this.refuse('empty-trace', 'the trace has no records', 'check that it is the right file');
    }
    await this.close();
  }

  /** Unpacks if need be, and settles the format. */
  private async begin(): Promise<void> {
    await this.fillTo(GZIP.length);
    if (this.to >= GZIP.length && GZIP.every((byte, at) => this.buffer[at] === byte)) this.unpack();
    await this.fillTo(SNIFFED);
    this.skipMark();
    const bytes = this.buffer.subarray(this.from, this.to);
    if (bytes.length === 0) return this.finish();
    const found = this.options.format === undefined ? this.sniffed(bytes) : this.given(bytes);
    if ('format' in found) {
      this.report.format = found.format;
      this.reader = this.readerFor(found);
      return;
    }
    this.refuse(...found);
    await this.close();
  }

  private sniffed(bytes: Uint8Array): Sniffed | Refusal {
    const found = sniff(bytes, this.options.name ?? '');
    const { delimiter } = this.options;
    if (!('format' in found) || delimiter === undefined || found.format !== 'plain') return found;
    return { format: 'csv', delimiter };
  }

  /** A format that was given still needs the delimiter, and bytes that are not of another kind. */
  private given(bytes: Uint8Array): Sniffed | Refusal {
    const format = this.options.format!;
    if (format === 'oracle-general') return { format, delimiter: '' };
    const refusal = refusalOf(bytes);
    if (refusal !== null) return refusal;
    const found = sniff(bytes, 'x.csv');
    return { format, delimiter: ('format' in found && found.delimiter) || ',' };
  }

  private readerFor({ format, delimiter }: Sniffed): RecordReader {
    const { options, sink } = this;
    if (format === 'oracle-general') return new OracleGeneralReader(sink);
    const parser =
      format === 'csv'
        ? new CsvParser(sink, options, options.delimiter ?? delimiter)
        : format === 'twitter'
          ? new TwitterParser(sink)
          : format === 'access-log'
            ? new AccessLogParser(sink)
            : new PlainParser(sink);
    return new LineReader(sink, parser, this.limits.lineBytes);
  }

  private unpack(): void {
    const head = this.buffer.slice(this.from, this.to);
    const before = this.rest;
    this.from = this.to = 0;
    this.rest = new Uint8Array(0);
    this.isAtEnd = false;
    this.sink.origin = -Infinity;
    this.source = new Gunzip(new Prefixed([head, before], this.source), this.limits);
  }

  private skipMark(): void {
    const [first, second, third] = this.buffer;
    if (this.to >= 3 && first === 0xef && second === 0xbb && third === 0xbf) this.from = 3;
  }

  private async fillTo(bytes: number): Promise<void> {
    while (this.to - this.from < bytes && !this.isAtEnd) await this.fill();
  }

  /** Moves what is left to the front and adds more behind it. */
  private async fill(): Promise<void> {
    const { buffer } = this;
    if (this.from > 0) {
      buffer.copyWithin(0, this.from, this.to);
      this.sink.origin += this.from;
      this.to -= this.from;
      this.from = 0;
    }
    if (this.rest.length === 0) await this.readPiece();
    if (buffer.length - this.to < ROOM) {
      this.buffer = new Uint8Array(buffer.length * 2);
      this.buffer.set(buffer.subarray(0, this.to));
    }
    const taken = this.rest.subarray(0, this.buffer.length - this.to);
    this.buffer.set(taken, this.to);
    this.to += taken.length;
    this.rest = this.rest.subarray(taken.length);
  }

  private async readPiece(): Promise<void> {
    try {
      const piece = await this.source.read();
      if (piece === null) this.isAtEnd = true;
      else this.rest = piece as Uint8Array<ArrayBuffer>;
    } catch (error) {
      this.isAtEnd = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.sourceFault =
        error instanceof GunzipFault
          ? [error.code, reason, error.hint]
          : ['unreadable', `the file cannot be read: ${reason}`, 'check that it is a file'];
    }
  }

  /** A fault of the file as a whole. */
  private refuse(code: string, message: string, hint: string): void {
    const { records } = this.report;
    this.report.stop({ code, record: records, offset: records === 0 ? 0 : -1, message, hint });
  }
}

/** Counts the bytes that have passed. */
class CountedSource implements ByteSource {
  count = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    this.source = source;
  }

  async read(): Promise<Uint8Array | null> {
    const piece = await this.source.read();
    this.count += piece?.length ?? 0;
    return piece;
  }

  close(): Promise<void> {
    return this.source.close();
  }
}

/** Gives some pieces first that were read already. */
class Prefixed implements ByteSource {
  private readonly pieces: Uint8Array[];
  private readonly source: ByteSource;

  constructor(pieces: Uint8Array[], source: ByteSource) {
    this.pieces = pieces;
    this.source = source;
  }

  async read(): Promise<Uint8Array | null> {
    return this.pieces.shift() ?? this.source.read();
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
