/**
 * libCacheSim's oracleGeneral traces: records of 24 bytes, little-endian: time in seconds (uint32),
 * id of the object (uint64), its size in bytes (uint32), number of its next request (int64), which
 * is not used. The file has no head, so nothing but the records themselves tells what it is.
 *
 * Source: J. Yang and others, libCacheSim, 2023: the format oracleGeneral.
 */

import { Op } from '../look-ups.ts';
import type { RecordReader } from './line-reader.ts';
import type { RecordSink } from './record-sink.ts';

export const RECORD_BYTES = 24;

export class OracleGeneralReader implements RecordReader {
  private readonly sink: RecordSink;

  constructor(sink: RecordSink) {
    this.sink = sink;
    sink.columns = { times: true, sizes: true, ops: false };
  }

  read(bytes: Uint8Array, from: number, isLast: boolean): number {
    const { sink } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.length - RECORD_BYTES;
    let at = from;
    for (; at <= end && !sink.isFull; at += RECORD_BYTES) {
      sink.begin();
      sink.key[0] = view.getInt32(at + 4, true);
      sink.key[1] = view.getInt32(at + 8, true);
      sink.take(view.getUint32(at + 12, true), view.getUint32(at, true), Op.read, at);
    }
    if (!isLast || at <= end || at === bytes.length || sink.isFull) return at;
    sink.begin();
    sink.report.passedOver++;
    sink.report.stop({
      code: 'truncated',
      record: sink.report.records,
      offset: sink.offsetOf(at),
      message: `the last record has ${bytes.length - at} of ${RECORD_BYTES} bytes`,
      hint: 'the file is cut short; what stands before is good',
    });
    return bytes.length;
  }
}

/**
 * True when the first records could be such ones: times that do not go back and stay within a
 * year of the first, sizes below 2^31 and next requests that lie ahead or never come.
 */
export function looksLikeOracleGeneral(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = Math.min(64, Math.floor(bytes.length / RECORD_BYTES));
  let last = 0;
  for (let record = 0; record < records; record++) {
    const at = record * RECORD_BYTES;
    const time = view.getUint32(at, true);
    if (record > 0 && (time < last || time - last > SECONDS_OF_A_YEAR)) return false;
    last = time;
    if (view.getInt32(at + 12, true) < 0) return false;
    const high = view.getInt32(at + 20, true);
    // Never again is -1, or the largest number there is.
    if (high === -1 || high === 0x7fffffff) continue;
    const next = high * 2 ** 32 + view.getUint32(at + 16, true);
    if (high < 0 || next >= REQUESTS_MOST || (next < record && next !== 0)) return false;
  }
  return records > 0;
}

const SECONDS_OF_A_YEAR = 31_536_000;
/** More requests than any trace has. */
const REQUESTS_MOST = 2 ** 42;
