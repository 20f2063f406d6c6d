/**
 * Unpacks gzip while it comes. What a packed file grows to is bounded, in bytes and as a multiple
 * of what came in, so a file made to burst is stopped early. What was unpacked before a fault is
 * given out first.
 *
 * Source: RFC 1952, 1996, by the `DecompressionStream` of the platform. Deviation: of several
 * members in a row most platforms read only the first.
 */

import type { ByteSource } from './byte-source.ts';
import type { TraceLimits } from './trace-options.ts';

/** Types of the platform's own, which are those of browsers and of Node alike. */
interface Platform {
  readonly DecompressionStream: new (format: 'gzip') => {
    readonly writable: { getWriter(): Writer };
    readonly readable: { getReader(): Reader };
  };
  readonly setTimeout: (call: () => void, ms: number) => unknown;
}

interface Writer {
  readonly closed: Promise<unknown>;
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}

interface Reader {
  readonly closed: Promise<unknown>;
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
  cancel(reason?: unknown): Promise<void>;
}

const platform = globalThis as unknown as Platform;

/** Bytes that are given to the platform at once; more would burst into too much at once. */
const PIECE = 65_536;
/** Unpacked bytes that may wait here. */
const WAITING_MOST = 2 ** 22;
/** Short files may inflate by any factor. */
const HEEDED_FROM = 2 ** 24;

/** A fault of a packed file, with the code for the report. */
export class GunzipFault extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export class Gunzip implements ByteSource {
  private readonly packed: ByteSource;
  private readonly limits: TraceLimits;
  private readonly writer: Writer;
  private readonly reader: Reader;
  private readonly waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private packedBytes = 0;
  private inflatedBytes = 0;
  private isEnded = false;
  private fault: Error | null = null;
  /** Resolves once nothing more is to be fed. */
  private readonly whenOver: Promise<void>;
  private markOver: () => void = () => undefined;
  /** Wakes whoever waits for something to happen here. */
  private wake: () => void = () => undefined;
  private change = new Promise<void>(() => undefined);

  constructor(packed: ByteSource, limits: TraceLimits) {
    const stream = new platform.DecompressionStream('gzip');
    this.packed = packed;
    this.limits = limits;
    this.writer = stream.writable.getWriter();
    this.reader = stream.readable.getReader();
    this.whenOver = new Promise((resolve) => (this.markOver = resolve));
    // Both ends fail together; the fault is taken from the calls that are waited for.
    this.writer.closed.catch(() => undefined);
    this.reader.closed.catch(() => undefined);
    this.renew();
    void this.feed();
    void this.collect();
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const piece = this.waiting.shift();
      if (piece !== undefined) {
        this.waitingBytes -= piece.length;
        this.signal();
        return piece;
      }
      if (this.fault !== null) throw this.fault;
      if (this.isEnded) return null;
      await this.change;
    }
  }

  async close(): Promise<void> {
    this.end(null);
    await this.packed.close();
  }

  /** Takes packed bytes in as long as what comes out does not pile up. */
  private async feed(): Promise<void> {
    try {
      for (;;) {
        const bytes = await this.packed.read();
        if (bytes === null) break;
        for (let from = 0; from < bytes.length; from += PIECE) {
          while (this.waitingBytes > WAITING_MOST && !this.isOver) await this.change;
          if (this.isOver) return;
          const piece = bytes.slice(from, from + PIECE);
          this.packedBytes += piece.length;
          const written = this.writer.write(piece);
          written.catch(() => undefined);
          await Promise.race([written, this.whenOver]);
        }
      }
      // What was written comes out before the end is checked, so that none of it is lost.
      await new Promise<void>((resume) => platform.setTimeout(resume, 0));
      while (this.waitingBytes > WAITING_MOST && !this.isOver) await this.change;
      if (!this.isOver) this.writer.close().catch((error: unknown) => this.end(corrupt(error)));
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async collect(): Promise<void> {
    try {
      while (!this.isOver) {
        const { done, value } = await this.reader.read();
        if (done) {
          this.isEnded = true;
          this.markOver();
          this.signal();
          return;
        }
        this.accept(value!);
        while (this.waitingBytes > WAITING_MOST && !this.isOver) await this.change;
      }
    } catch (error) {
      this.end(corrupt(error));
    }
  }

  private accept(piece: Uint8Array): void {
    const { inflatedBytes: bytesMost, inflation } = this.limits;
    this.inflatedBytes += piece.length;
    const isBurst =
      this.inflatedBytes > HEEDED_FROM && this.inflatedBytes > this.packedBytes * inflation;
    if (isBurst || this.inflatedBytes > bytesMost) {
      const allowed = isBurst ? `${inflation} times its length` : `${bytesMost} bytes`;
      const message = `the packed file grows to more than ${allowed}`;
      this.end(new GunzipFault('gzip-bomb', message, 'unpack it yourself if you trust it'));
      return;
    }
    this.waiting.push(piece);
    this.waitingBytes += piece.length;
    this.signal();
  }

  private get isOver(): boolean {
    return this.isEnded || this.fault !== null;
  }

  private end(fault: Error | null): void {
    if (this.isOver) return;
    if (fault === null) this.isEnded = true;
    this.fault = fault;
    this.markOver();
    this.writer.abort().catch(() => undefined);
    this.reader.cancel().catch(() => undefined);
    this.signal();
  }

  private signal(): void {
    this.wake();
    this.renew();
  }

  private renew(): void {
    this.change = new Promise((resolve) => (this.wake = resolve));
  }
}

function corrupt(error: unknown): GunzipFault {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `the packed file is damaged or cut short: ${reason}`;
  return new GunzipFault('bad-gzip', message, 'fetch it again; `gzip -t` checks it');
}
