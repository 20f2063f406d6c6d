// Writes a large trace of look-ups to standard output or a file, for trying the readers of traces:
//   node tools/make-trace.mjs csv|oracle-general|twitter|access-log|plain [--records 1000000]
//     [--keys 100000] [--exponent 0.99] [--seed 1] [--out FILE] [--gzip]
// Keys follow Zipf's law; the same arguments give the same bytes.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

/** @typedef {{ time: number, key: number, size: number, op: string }} Entry */

const RECORD_BYTES = 24;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string', default: '1000000' },
    keys: { type: 'string', default: '100000' },
    exponent: { type: 'string', default: '0.99' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    gzip: { type: 'boolean', default: false },
  },
});
/** @type {Readonly<Record<string, (entry: Entry) => string | Buffer>>} */
const writers = {
  csv: ({ time, key, size, op }) => `${time},${keyName(key)},${size},${op}\n`,
  'oracle-general': binaryRecord,
  twitter: ({ time, key, size, op }) =>
    `${Math.floor(time)},${keyName(key)},${keyName(key).length},${size},${key % 97},${op},0\n`,
  'access-log': logLine,
  plain: ({ key }) => `${keyName(key)}\n`,
};
const format = positionals[0] ?? '';
const chosen = writers[format];
if (chosen === undefined) {
  console.error(`Say which format: ${Object.keys(writers).join(', ')}.`);
  process.exit(2);
}
await main(chosen);

/** @param {(entry: Entry) => string | Buffer} write */
async function main(write) {
  const target = values.out === undefined ? process.stdout : createWriteStream(values.out);
  const stream = values.gzip ? createGzip() : target;
  if (values.gzip) stream.pipe(target);
  const records = Number(values.records);
  const random = generator(Number(values.seed));
  const draw = zipf(Number(values.keys), Number(values.exponent), random);
  /** @type {(string | Buffer)[]} */
  let pieces = [];
  for (let i = 0; i < records; i++) {
    const key = draw();
    const time = Math.floor(i / 10) / 100;
    const size = 100 + ((key * 7919) % 8000);
    pieces.push(write({ time, key, size, op: random() < 0.95 ? 'get' : 'set' }));
    if (pieces.length < 4096 && i < records - 1) continue;
    const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    if (!stream.write(bytes)) await once(stream, 'drain');
    pieces = [];
  }
  if (stream !== process.stdout) stream.end();
}

/** @param {number} key */
function keyName(key) {
  return `object:${String((key * 2654435761) % 4294967296).padStart(10, '0')}`;
}

/** @param {Entry} entry */
function binaryRecord({ time, key, size }) {
  const record = Buffer.alloc(RECORD_BYTES);
  record.writeUInt32LE(Math.floor(time), 0);
  record.writeBigUInt64LE(BigInt(key) * 2654435761n, 4);
  record.writeUInt32LE(size, 12);
  record.writeBigInt64LE(-1n, 16);
  return record;
}

/** @param {Entry} entry */
function logLine({ time, key, size, op }) {
  const at = new Date(Date.UTC(2024, 0, 1) + time * 1000).toISOString();
  const day = `${at.slice(8, 10)}/${MONTHS[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}`;
  const request = `${op === 'get' ? 'GET' : 'PUT'} /items/${key}?page=${key % 10} HTTP/1.1`;
  const agent = '"-" "Mozilla/5.0 (X11; Linux x86_64)"';
  const head = `192.0.2.${key % 250} - - [${day}:${at.slice(11, 19)} +0000]`;
  return `${head} "${request}" 200 ${size} ${agent}\n`;
}

/**
 * Ranks from 0 by inversion of the sum of weights.
 * @param {number} keys
 * @param {number} exponent
 * @param {() => number} random
 */
function zipf(keys, exponent, random) {
  const sums = new Float64Array(keys);
  let sum = 0;
  for (let key = 0; key < keys; key++) sums[key] = sum += (key + 1) ** -exponent;
  return () => {
    const target = random() * sum;
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * Uniform numbers below 1. Source: Park and Miller, 1988: the minimal standard generator.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
