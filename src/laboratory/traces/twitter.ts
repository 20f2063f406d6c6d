/**
 * Twitter's public cache traces: timestamp in seconds, anonymised key, key size, value size, client
 * id, operation, time to live. An entry's size is that of its key and its value together. The time
 * to live is not used. A key may have commas: it ends before the fifth comma from the right.
 *
 * Source: J. Yang, Y. Yue, K. V. Rashmi, A Large Scale Analysis of Hundreds of In-memory Cache
 * Clusters at Twitter, 2020, and the description of its traces.
 */

import { decimalAt } from './byte-numbers.ts';
import { textOf } from './byte-text.ts';
import { hashKey } from './key-hash.ts';
import type { LineParser } from './line-reader.ts';
import { opAt } from './op-words.ts';
import type { RecordSink } from './record-sink.ts';

const COMMA = 44;
/** Commas after the key. */
const AFTER_KEY = 5;

export class TwitterParser implements LineParser {
  private readonly sink: RecordSink;
  private readonly commas = new Int32Array(AFTER_KEY);

  constructor(sink: RecordSink) {
    this.sink = sink;
    sink.columns = { times: true, sizes: true, ops: true };
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    const { commas, sink } = this;
    sink.begin();
    let first = from;
    while (first < to && bytes[first] !== COMMA) first++;
    let left = AFTER_KEY;
    for (let at = to - 1; at > first && left > 0; at--) {
      if (bytes[at] === COMMA) commas[--left] = at;
    }
    if (left > 0) {
      const columns = AFTER_KEY - left + (first < to ? 2 : 1);
      const message = `the line has ${columns} columns; 7 are expected`;
      const hint = 'time, key, key size, value size, client, operation, time to live';
      sink.passOver('wrong-columns', from, message, hint);
      return;
    }
    const op = opAt(bytes, commas[3]! + 1, commas[4]!);
    if (op < 0) {
      const word = textOf(bytes, commas[3]! + 1, commas[4]!);
      sink.passOver('unknown-op', from, `the operation is ${word}`, 'such as get, set, delete');
      return;
    }
    if (commas[0] === first + 1) {
      sink.passOver('empty-key', from, 'the key is empty', 'check that this is such a trace');
      return;
    }
    hashKey(bytes, first + 1, commas[0]!, sink.key);
    const keySize = decimalAt(bytes, commas[0]! + 1, commas[1]!);
    const valueSize = decimalAt(bytes, commas[1]! + 1, commas[2]!);
    const time = decimalAt(bytes, from, first);
    const size = keySize < 0 || valueSize < 0 ? Math.min(keySize, valueSize) : keySize + valueSize;
    sink.take(size, time, op, from);
  }
}
