// Traces with something wrong: each is told with its record and its byte, what came before is kept,
// and reading always ends.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openTrace } from '../../../src/laboratory/traces/open-trace.ts';
import { bytesOf, oracleGeneral, pieces, readTrace } from './read-trace.ts';

const good = '1,a,10\n2,b,20\n';

describe('a bad record is passed over, and told with its number and its byte', () => {
  test.each([
    ['wrong-columns', '3,c\n', 'the line has 2 columns; the first has 3'],
    ['negative-size', '3,c,-4\n', 'the size is -4'],
    ['bad-size', '3,c,4.5\n', 'the size is 4.5'],
    ['bad-size', '3,c,\n', 'the size is not a number'],
    ['bad-size', '3,c,4x\n', 'the size is not a number'],
    ['size-too-large', '3,c,2147483648\n', 'the size is 2147483648; at most 2^31 − 1'],
    ['bad-time', 'noon,c,4\n', 'the time is not a number'],
    ['empty-key', '3,,4\n', 'the key is empty'],
    ['bad-quote', '3,"c,4\n', 'a quote is not closed where its field ends'],
    ['bad-quote', '3,"c"d,4\n', 'a quote is not closed where its field ends'],
    ['zero-byte', '3,c\0,4\n', 'the line has a byte of value 0'],
    ['long-line', `3,${'c'.repeat(200)},4\n`, 'the line is longer than 100 bytes'],
  ])('%s: %j', async (code, line, message) => {
    for (const length of [1, 7, 1000]) {
      const content = `${good}${line}4,a,10\n`;
      const trace = await readTrace(content, { limits: { lineBytes: 100 } }, length);
      expect(trace.keys).toEqual([0, 1, 0]);
      const { faults, report } = { ...trace.report, report: trace.report };
      expect(report).toMatchObject({ records: 4, kept: 3, passedOver: 1, stopped: null });
      expect(faults).toMatchObject([{ code, record: 3, offset: 14, message }]);
      expect(faults[0]!.hint).not.toBe('');
    }
  });

  test('unknown-op', async () => {
    const { report } = await readTrace('1,a,1,get\n2,b,1,frob\n3,c,1,set\n');
    const message = 'the operation is frob';
    expect(report.faults).toMatchObject([{ code: 'unknown-op', record: 2, offset: 10, message }]);
    expect(report.kept).toBe(2);
  });

  test('a line of the wrong form in an access log and in a trace of Twitter', async () => {
    const log = 'h - - [01/Jan/2024:00:00:01 +0000] "GET /a HTTP/1.1" 200 10\n';
    const logged = await readTrace(`${log}hello\n${log.replace('Jan', 'Foo')}${log}`);
    expect(logged.report).toMatchObject({ kept: 2, passedOver: 2 });
    expect(logged.report.counts.get('wrong-columns')).toBe(2);
    const tweet = '0,a,1,9,0,get,0\n';
    const tweets = await readTrace(`${tweet}0,a,1,get,0\n${tweet}`, { format: 'twitter' });
    expect(tweets.report.faults).toMatchObject([
      { code: 'wrong-columns', message: 'the line has 5 columns; 7 are expected', record: 2 },
    ]);
  });

  test('the first ten are told, all are counted', async () => {
    const { report } = await readTrace(`${good}${'3,c\n'.repeat(40)}`, { format: 'csv' });
    expect(report.faults).toHaveLength(10);
    expect(report.faults.map(({ record }) => record)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(report.counts).toEqual(new Map([['wrong-columns', 40]]));
    expect(report).toMatchObject({ passedOver: 40, stopped: null });
  });

  test('of a packed trace nobody knows the byte', async () => {
    const { report } = await readTrace(gzipSync(bytesOf(`${good}3,c\n`)));
    expect(report.faults).toMatchObject([{ code: 'wrong-columns', record: 3, offset: -1 }]);
  });
});

describe('too many bad records end the reading', () => {
  test('when they are more than a hundred and more than one in a hundred', async () => {
    const { keys, report } = await readTrace(good + '3,c\n'.repeat(5000), {
      format: 'csv',
    });
    expect(keys).toEqual([0, 1]);
    expect(report).toMatchObject({ kept: 2, passedOver: 101, records: 103 });
    expect(report.stopped).toMatchObject({
      code: 'too-many-faults',
      record: 103,
      message:
        '101 of the first 103 records are bad; of record 3: the line has 2 columns; the first has 3',
    });
  });

  test('and not before that', async () => {
    const { report } = await readTrace(good.repeat(10_000) + '3,c\n'.repeat(190) + good, {}, 999);
    expect(report).toMatchObject({ kept: 20_002, passedOver: 190, stopped: null });
  });
});

describe('a value that is put right is told, and its record kept', () => {
  test('a time that goes back counts as the latest before it', async () => {
    const { times, report } = await readTrace('5,a\n9,b\n7.5,c\n8,d\n10,e\n');
    expect(times).toEqual([0, 4, 4, 4, 5]);
    expect(report).toMatchObject({ kept: 5, mended: 2, passedOver: 0 });
    expect(report.faults[0]).toMatchObject({
      code: 'time-goes-back',
      record: 3,
      offset: 8,
      message: 'the time goes back by 1.5 s',
    });
  });

  test('a size of 0 counts as one byte, but for a delete it is as it should be', async () => {
    const { sizes, report } = await readTrace('1,a,0,get\n2,a,0,delete\n3,b,5,get\n');
    expect(sizes).toEqual([1, 1, 5]);
    expect(report).toMatchObject({ mended: 1, kept: 3 });
    expect(report.faults).toMatchObject([{ code: 'zero-size', record: 1, offset: 0 }]);
  });
});

describe('a binary trace that is cut short', () => {
  const whole = oracleGeneral([
    [1, 7n, 10, -1n],
    [2, 8n, 20, -1n],
    [3, 9n, 20, -1n],
  ]);

  test.each([1, 23, 25, 71])('keeps the records before the cut at byte %i', async (length) => {
    const { keys, report } = await readTrace(whole.subarray(0, length), {
      format: 'oracle-general',
    });
    const before = Math.floor(length / 24);
    expect(keys).toEqual([0, 1, 2].slice(0, before));
    expect(report.stopped).toMatchObject({
      code: 'truncated',
      record: before + 1,
      offset: before * 24,
      message: `the last record has ${length - before * 24} of 24 bytes`,
    });
    expect(report.kept).toBe(before);
  });

  test('sizes beyond 31 bits are passed over', async () => {
    const { report } = await readTrace(oracleGeneral([[1, 7n, 2 ** 32 - 1, -1n]]), {
      format: 'oracle-general',
    });
    expect(report.faults).toMatchObject([{ code: 'size-too-large', record: 1, offset: 0 }]);
  });
});

describe('a file that is no trace', () => {
  const zeros = new Uint8Array(4096).fill(0x9c);
  test.each([
    ['a ZIP archive', 'PK\x03\x04'],
    ['packed by zstd', '\x28\xb5\x2f\xfd'],
    ['packed by bzip2', 'BZh9'],
    ['packed by xz', '\xfd7zXZ\0'],
    ['UTF-16 text', '\xff\xfe1\0,\0'],
    ['UTF-16 text', '\xfe\xff\x001\0,'],
    ['a PNG image', '\x89PNG\r\n\x1a\n'],
    ['a JPEG image', '\xff\xd8\xff\xe0'],
    ['a PDF', '%PDF-1.7'],
    ['a program', '\x7fELF'],
    ['a SQLite database', 'SQLite format 3\0'],
  ])('%s is called so', async (what, magic) => {
    const bytes = Uint8Array.from(zeros);
    bytes.set(Array.from(magic, (letter) => letter.charCodeAt(0)));
    for (const options of [{}, { format: 'csv' as const }]) {
      const { keys, report } = await readTrace(bytes, options);
      expect(keys).toEqual([]);
      expect(report).toMatchObject({
        stopped: { code: 'wrong-kind', record: 0, offset: 0, message: `the file is ${what}` },
      });
    }
  });

  test('a file packed twice is told', async () => {
    const { report } = await readTrace(gzipSync(gzipSync(bytesOf(good))));
    expect(report.stopped).toMatchObject({ code: 'wrong-kind' });
  });

  test('bytes of no known format are refused with the first of them', async () => {
    const { report } = await readTrace(new Uint8Array(100).fill(0xee).fill(1, 0, 6));
    expect(report.stopped).toMatchObject({
      code: 'unknown-format',
      message: 'no format begins with the bytes 01 01 01 01 01 01 ee ee',
    });
    expect(report.format).toBeNull();
  });

  test.each([
    ['no bytes', ''],
    ['a header only', 'time,key\n'],
    ['comments only', '# 1,a\n'],
    ['empty lines only', '\n\r\n\n'],
    ['a mark of UTF-8 only', '\ufeff'],
  ])('%s: an empty trace', async (_, text) => {
    for (const bytes of [bytesOf(text), gzipSync(bytesOf(text))]) {
      const { keys, report } = await readTrace(bytes);
      expect(keys).toEqual([]);
      expect(report.stopped).toMatchObject({ code: 'empty-trace', record: 0 });
    }
  });

  test('columns that are not there', async () => {
    const read = async (columns: object) =>
      (await readTrace('when,who\n1,a\n', { columns, header: true })).report.stopped;
    expect(await read({ key: 'whom' })).toMatchObject({
      code: 'unknown-columns',
      message: 'there is no column whom; there are when, who',
    });
    expect(await read({ key: 3 })).toMatchObject({ code: 'unknown-columns' });
    expect(await read({ time: 'when' })).toMatchObject({
      message: 'no column is known to be the key',
    });
  });

  test('a stream that fails is told, and what came before it is kept', async () => {
    const failing = async function* () {
      yield bytesOf(`${good}3,c`);
      throw new Error('EISDIR: illegal operation on a directory');
    };
    const { keys, report } = await readTrace(failing());
    expect(keys).toEqual([0, 1]);
    expect(report.stopped).toMatchObject({ code: 'unreadable', record: 2 });
    expect(report.stopped!.message).toContain('EISDIR');
  });
});

describe('a packed trace with a fault', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},key-${(i * i) % 9973},${i + 1}\n`);
  const packed = gzipSync(bytesOf(lines.join('')));

  test('cut short: all that could be unpacked is kept', async () => {
    const { keys, report } = await readTrace(packed.subarray(0, packed.length - 9), {}, 4096);
    expect(report.stopped).toMatchObject({ code: 'bad-gzip', offset: -1 });
    expect(keys.length).toBeGreaterThan(19_000);
    const half = await readTrace(packed.subarray(0, packed.length / 2), {}, 4096);
    expect(half.report.stopped).toMatchObject({ code: 'bad-gzip' });
    expect(half.keys.length).toBeGreaterThan(5_000);
    expect(half.keys).toEqual(keys.slice(0, half.keys.length));
  });

  test('damaged: what came before the damage is kept, and nothing hangs', async () => {
    const damaged = Uint8Array.from(packed);
    damaged.fill(0xff, packed.length / 2, packed.length / 2 + 20);
    const { keys, report } = await readTrace(damaged, {}, 4096);
    expect(report.stopped).toMatchObject({ code: 'bad-gzip' });
    expect(keys.length).toBeGreaterThan(2_000);
    const nothing = await readTrace(Uint8Array.of(0x1f, 0x8b, 8));
    expect(nothing.report.stopped).toMatchObject({ code: 'bad-gzip' });
  });

  test('a bomb is stopped by how far it swells', async () => {
    const bomb = gzipSync(new Uint8Array(40_000_000).fill(0x0a));
    expect(bomb.length).toBeLessThan(50_000);
    const { report } = await readTrace(bomb, {}, 4096);
    expect(report.stopped).toMatchObject({
      code: 'gzip-bomb',
      message: 'the packed file grows to more than 200 times its length',
    });
  });

  test('and by how long it becomes', async () => {
    const limits = { inflatedBytes: 100_000 };
    const { keys, report } = await readTrace(packed, { limits }, 4096);
    expect(report.stopped).toMatchObject({ code: 'gzip-bomb' });
    expect(keys.length).toBeLessThan(10_000);
  });
});

describe('too many keys', () => {
  test('end the reading with what was read before', async () => {
    const { keys, report } = await readTrace('a\nb\na\nc\nd\n', { limits: { keys: 2 } });
    expect(keys).toEqual([0, 1, 0]);
    expect(report).toMatchObject({
      kept: 3,
      stopped: {
        code: 'too-many-keys',
        record: 4,
        offset: 6,
        message: 'there are more than 2 distinct keys',
      },
    });
  });
});

test('a reader that is asked again after its end gives nothing and does not change', async () => {
  const trace = openTrace(pieces(bytesOf(good)));
  while ((await trace.next()) !== null);
  const { kept } = trace.report;
  expect(await trace.next()).toBeNull();
  expect(trace.report.kept).toBe(kept);
});
