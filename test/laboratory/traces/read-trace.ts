// Reads a whole trace for the tests, in pieces of a chosen length.
import { openTrace } from '../../../src/laboratory/traces/open-trace.ts';
import type { TraceOptions } from '../../../src/laboratory/traces/trace-options.ts';
import type { TraceReport } from '../../../src/laboratory/traces/trace-report.ts';

export interface ReadTrace {
  readonly keys: number[];
  readonly sizes: number[] | null;
  readonly times: number[] | null;
  readonly ops: number[] | null;
  readonly distinct: number;
  readonly report: TraceReport;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The same bytes as a stream, `length` of them at a time. */
export async function* pieces(bytes: Uint8Array, length = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) {
    yield bytes.subarray(from, from + length);
  }
}

export async function readTrace(
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  options: TraceOptions = {},
  length = 7,
): Promise<ReadTrace> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const stream = bytes instanceof Uint8Array ? pieces(bytes, length) : bytes;
  const trace = openTrace(stream, options);
  const keys: number[] = [];
  const sizes: number[] = [];
  const times: number[] = [];
  const ops: number[] = [];
  for (;;) {
    const batch = await trace.next();
    if (batch === null) break;
    for (let i = 0; i < batch.count; i++) {
      keys.push(batch.keys[i]!);
      if (batch.sizes !== null) sizes.push(batch.sizes[i]!);
      if (batch.times !== null) times.push(batch.times[i]!);
      if (batch.ops !== null) ops.push(batch.ops[i]!);
    }
  }
  const orNull = (values: number[]) => (values.length === 0 ? null : values);
  return {
    keys,
    sizes: orNull(sizes),
    times: orNull(times),
    ops: orNull(ops),
    distinct: trace.keys,
    report: trace.report,
  };
}

/** Records of libCacheSim's oracleGeneral: time, id, size, next request. */
export function oracleGeneral(
  records: readonly (readonly [number, bigint, number, bigint])[],
): Uint8Array {
  const bytes = new Uint8Array(records.length * 24);
  const view = new DataView(bytes.buffer);
  for (const [i, [time, id, size, next]] of records.entries()) {
    view.setUint32(i * 24, time, true);
    view.setBigUint64(i * 24 + 4, id, true);
    view.setUint32(i * 24 + 12, size, true);
    view.setBigInt64(i * 24 + 16, next, true);
  }
  return bytes;
}
