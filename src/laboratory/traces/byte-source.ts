/** Bytes that come in pieces, from whatever kind of stream the caller has. */

/** The part of a web `ReadableStream` that is used; a Node stream is an `AsyncIterable`. */
export interface ByteStream {
  getReader(): ByteReader;
}

export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

export type Bytes = ByteStream | AsyncIterable<Uint8Array>;

/** Gives pieces until null, the end; `close` lets go of the stream, also in the midst of it. */
export interface ByteSource {
  /** Rejects when the stream fails. */
  read(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export function byteSource(bytes: Bytes): ByteSource {
  return 'getReader' in bytes ? fromReader(bytes.getReader()) : fromIterator(bytes);
}

function fromReader(reader: ByteReader): ByteSource {
  return {
    async read() {
      const { done, value } = await reader.read();
      return done ? null : (value ?? new Uint8Array(0));
    },
    close: () => reader.cancel().catch(() => undefined),
  };
}

function fromIterator(bytes: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = bytes[Symbol.asyncIterator]();
  return {
    async read() {
      const result = await iterator.next();
      return result.done === true ? null : result.value;
    },
    async close() {
      await iterator.return?.().catch(() => undefined);
    },
  };
}
