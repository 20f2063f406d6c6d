// What each format of traces says, read from bytes that are written here.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openTrace } from '../../../src/laboratory/traces/open-trace.ts';
import { bytesOf, oracleGeneral, pieces, readTrace } from './read-trace.ts';

describe('CSV', () => {
  test('has time, key, size and op in this order when it has no header', async () => {
    const trace = await readTrace('5,a,100,get\n6,b,200,set\n8.5,a,100,delete\n');
    expect(trace).toMatchObject({
      keys: [0, 1, 0],
      sizes: [100, 200, 100],
      times: [0, 1, 3.5],
      ops: [0, 1, 2],
      distinct: 2,
    });
    expect(trace.report).toMatchObject({ format: 'csv', records: 3, kept: 3, stopped: null });
  });

  test.each([
    ['two columns are time and key', '1,a\n2,b\n', { times: [0, 1], sizes: null, ops: null }],
    ['three have sizes', '1,a,7\n2,b,8\n', { times: [0, 1], sizes: [7, 8], ops: null }],
    ['the header names them', 'Size;Obj-Id\n7;a\n8;b\n', { times: null, sizes: [7, 8] }],
    ['a header may begin with #', '# time,key\n1,a\n2,b\n', { times: [0, 1], sizes: null }],
    ['comments come before', '# made by hand\n1,a\n2,b\n', { times: [0, 1], sizes: null }],
    ['tabs', '1\ta\t7\n2\tb\t8\n', { times: [0, 1], sizes: [7, 8] }],
    ['lines that end in CR LF', '1,a,7\r\n2,b,8\r\n', { sizes: [7, 8] }],
    ['no end of the last line', '1,a,7\n2,b,8', { sizes: [7, 8] }],
    ['a mark of UTF-8', '\ufeff1,a,7\n2,b,8', { sizes: [7, 8] }],
    ['exponents', '1.5e3,a\n1.6E+03,b\n', { times: [0, 100] }],
    ['blanks around fields', ' 1 , a , 7 \n2,b,8\n', { times: [0, 1], sizes: [7, 8] }],
    ['empty lines between', '1,a,7\n\n\n2,b,8\n\n', { sizes: [7, 8] }],
  ])('%s', async (_, text, expected) => {
    const trace = await readTrace(text);
    expect(trace).toMatchObject({ keys: [0, 1], ...expected });
    expect(trace.report).toMatchObject({ format: 'csv', records: 2, passedOver: 0 });
  });

  test('columns can be given by name and by place, and left out', async () => {
    const byName = { columns: { key: 'who', size: 'weight' } };
    const named = await readTrace('who,when,weight\nx,3,9\ny,4,8\n', byName);
    expect(named).toMatchObject({ keys: [0, 1], sizes: [9, 8], times: null });
    const byPlace = { columns: { key: 3, time: 1, size: null } };
    const placed = await readTrace('4,9,x\n6,9,y\n', byPlace);
    expect(placed).toMatchObject({ keys: [0, 1], sizes: null, times: [0, 2] });
  });

  test.each([
    ['s', [0, 3000]],
    ['ms', [0, 3]],
    ['us', [0, 0.003]],
    ['ns', [0, 0.000003]],
  ] as const)('the unit of time can be %s', async (timeUnit, times) => {
    expect((await readTrace('1000,a\n4000,b\n', { timeUnit })).times).toEqual(times);
  });

  test('quotes keep delimiters and doubled quotes in a key, wherever it stands', async () => {
    const { keys } = await readTrace('1,"a,b"\n2,"a,""b"\n3,"a,b"\n4,"a,""b"\n5,a\n');
    expect(keys).toEqual([0, 1, 0, 1, 2]);
    const first = await readTrace('1,"x""y"\n2,"x""y"\n3,"x""""y"\n');
    expect(first.keys).toEqual([0, 0, 1]);
  });

  test('a quoted and a plain field of the same text are one key', async () => {
    expect((await readTrace('1,"ab"\n2,ab\n')).keys).toEqual([0, 0]);
  });

  test('a blank can be the delimiter, as many as there are', async () => {
    const trace = await readTrace('1 a  7\n2   b 8 \n', { format: 'csv', delimiter: ' ' });
    expect(trace).toMatchObject({ keys: [0, 1], sizes: [7, 8], times: [0, 1] });
  });
});

describe('oracleGeneral', () => {
  const records = [
    [100, 7n, 500, 3n],
    [100, 1n << 63n, 600, -1n],
    [103, (7n << 32n) | 7n, 4096, -1n],
    [110, 7n, 500, -1n],
  ] as const;

  test('is told by its records and gives all 64 bits of an id', async () => {
    const trace = await readTrace(oracleGeneral(records));
    expect(trace).toMatchObject({
      keys: [0, 1, 2, 0],
      sizes: [500, 600, 4096, 500],
      times: [0, 0, 3, 10],
      ops: null,
    });
    expect(trace.report).toMatchObject({ format: 'oracle-general', kept: 4, stopped: null });
  });

  test('never again may also be the largest number there is', async () => {
    const never = 2n ** 63n - 1n;
    const { report } = await readTrace(
      oracleGeneral([
        [1, 7n, 10, never],
        [2, 8n, 20, never],
      ]),
    );
    expect(report).toMatchObject({ format: 'oracle-general', kept: 2 });
  });

  test('is told by the name where the records leave it open', async () => {
    const back = oracleGeneral([
      [900, 7n, 10, -1n],
      [2, 8n, 20, -1n],
    ]);
    expect((await readTrace(back)).report.stopped).toMatchObject({ code: 'unknown-format' });
    const { times, report } = await readTrace(back, { name: 'w.oracleGeneral.bin' });
    expect(times).toEqual([0, 0]);
    expect(report).toMatchObject({ kept: 2, mended: 1 });
  });

  test.each([1, 5, 24, 1000])('in pieces of %i bytes it is the same', async (length) => {
    expect((await readTrace(oracleGeneral(records), {}, length)).keys).toEqual([0, 1, 2, 0]);
  });
});

describe('the traces of Twitter', () => {
  test('count key and value as the size, and know all operations', async () => {
    const words = 'get gets set add replace cas append prepend delete incr decr'.split(' ');
    const text = words.map((word, i) => `${i},k${i},10,${i},4,${word},0`).join('\n');
    const { sizes, ops, report } = await readTrace(text);
    expect(report.format).toBe('twitter');
    expect(sizes).toEqual(words.map((_, i) => 10 + i));
    expect(ops).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 2, 1, 1]);
  });

  test('a key may have commas', async () => {
    const trace = await readTrace('0,a,b,3,5,1,get,0\n1,a,b,3,5,1,get,0\n1,a,3,5,1,get,0\n');
    expect(trace.keys).toEqual([0, 0, 1]);
  });
});

describe('access logs', () => {
  const line = (time: string, request: string, rest: string) =>
    `192.0.2.1 - - [10/Oct/2000:${time} -0700] "${request}" ${rest}\n`;

  test('common and combined format give time, path, size and operation', async () => {
    const trace = await readTrace(
      line('13:55:36', 'GET /a?x=1 HTTP/1.0', '200 2326') +
        line('13:55:38', 'GET /a?x=2 HTTP/1.0', '206 10 "http://h/" "Mozilla/5.0 [en]"') +
        line('13:56:36', 'PUT /a?x=1 HTTP/1.1', '201 77 "-" "a \\" quote"') +
        line('13:56:36', 'DELETE /a?x=1 HTTP/1.1', '204 -'),
    );
    expect(trace).toMatchObject({
      keys: [0, 1, 0, 0],
      times: [0, 2, 60, 60],
      ops: [0, 0, 1, 2],
      sizes: [2326, 10, 77, 77],
    });
    expect(trace.report.format).toBe('access-log');
  });

  test('an answer without a body has the size last seen for its path', async () => {
    const trace = await readTrace(
      line('13:55:36', 'GET /a HTTP/1.0', '200 500') +
        line('13:55:37', 'GET /a HTTP/1.0', '304 -') +
        line('13:55:38', 'HEAD /a HTTP/1.0', '200 0') +
        line('13:55:39', 'GET /b HTTP/1.0', '304 -'),
    );
    expect(trace.sizes).toEqual([500, 500, 500, 1]);
    expect(trace.report.mended).toBe(0);
  });

  test('leaves out errors, redirects and methods that ask for no entry', async () => {
    const trace = await readTrace(
      line('13:55:36', 'GET /a HTTP/1.0', '404 12') +
        line('13:55:36', 'GET /a HTTP/1.0', '301 12') +
        line('13:55:36', 'OPTIONS * HTTP/1.0', '200 12') +
        line('13:55:36', '-', '408 0') +
        line('13:55:36', 'GET /a HTTP/1.0', '200 12'),
    );
    expect(trace.report).toMatchObject({ records: 5, leftOut: 4, kept: 1, passedOver: 0 });
  });

  test('zones, months and leap days count', async () => {
    const of = (time: string) => `h - - [${time}] "GET /a HTTP/1.0" 200 5\n`;
    const trace = await readTrace(
      of('28/Feb/2000:23:00:00 +0000') +
        of('01/Mar/2000:01:00:00 +0100') +
        of('31/Dec/2000:23:59:59 -0100') +
        of('01/Jan/2001:01:00:00 +0000'),
    );
    const start = Date.UTC(2000, 1, 28, 23) / 1000;
    expect(trace.times).toEqual([
      0,
      Date.UTC(2000, 2, 1) / 1000 - start,
      Date.UTC(2001, 0, 1, 0, 59, 59) / 1000 - start,
      Date.UTC(2001, 0, 1, 1) / 1000 - start,
    ]);
  });
});

describe('plain text', () => {
  test('has one key a line, without time, size or operation', async () => {
    const trace = await readTrace('apple\nbanana split\r\n\n apple \n');
    expect(trace).toMatchObject({ keys: [0, 1, 0], sizes: null, times: null, ops: null });
    expect(trace.report.format).toBe('plain');
  });
});

describe('every format', () => {
  const samples = {
    csv: bytesOf('1,a,10,get\n2,b,20,set\n3,a,10,get\n'),
    'oracle-general': oracleGeneral([
      [1, 7n, 10, 2n],
      [2, 8n, 20, -1n],
      [3, 7n, 10, -1n],
    ]),
    twitter: bytesOf('1,a,1,9,0,get,0\n2,b,1,19,0,set,0\n3,a,1,9,0,get,0\n'),
    'access-log': bytesOf(
      [
        'h - - [01/Jan/2024:00:00:01 +0000] "GET /a HTTP/1.1" 200 10',
        'h - - [01/Jan/2024:00:00:02 +0000] "PUT /b HTTP/1.1" 200 20',
        'h - - [01/Jan/2024:00:00:03 +0000] "GET /a HTTP/1.1" 200 10',
      ].join('\n'),
    ),
    plain: bytesOf('a\nb\na\n'),
  } as const;
  const formats = Object.keys(samples) as (keyof typeof samples)[];

  test.each(formats)('%s is found by its bytes, and the same when given', async (format) => {
    const found = await readTrace(samples[format]);
    expect(found.report.format).toBe(format);
    expect(found.keys).toEqual([0, 1, 0]);
    expect(await readTrace(samples[format], { format })).toEqual(found);
  });

  test.each(formats)('%s packed by gzip says the same', async (format) => {
    const { report, ...found } = await readTrace(samples[format]);
    const { report: packed, ...unpacked } = await readTrace(gzipSync(samples[format]));
    expect(unpacked).toEqual(found);
    expect(packed).toMatchObject({ format, kept: report.kept, stopped: null });
  });

  test.each(formats)('%s is the same however the stream is cut', async (format) => {
    const whole = await readTrace(samples[format], {}, 1e6);
    for (const length of [1, 2, 3, 10, 33]) {
      expect(await readTrace(samples[format], {}, length)).toEqual(whole);
    }
  });

  test('a web stream is read as well as an async iterable', async () => {
    const stream = new Blob([samples.csv as Uint8Array<ArrayBuffer>]).stream();
    const trace = openTrace(stream);
    expect((await trace.next())?.count).toBe(3);
    expect(await trace.next()).toBeNull();
  });
});

describe('memory', () => {
  test('does not grow with the length of a trace', async () => {
    const piece = bytesOf('17,some-key-of-a-usual-length,4096,get\n'.repeat(1700));
    const long = async function* () {
      for (let i = 0; i < 1000; i++) yield piece;
    };
    const trace = openTrace(long());
    await trace.next();
    const before = process.memoryUsage().arrayBuffers;
    let records = 0;
    for (let batch = await trace.next(); batch !== null; batch = await trace.next()) {
      records += batch.count;
    }
    expect(records).toBeGreaterThan(1_600_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6);
  });
});

describe('progress and limits', () => {
  test('progress grows to 1 where the length is known, and is unknown elsewhere', async () => {
    const bytes = bytesOf('1,abc,10\n'.repeat(50_000));
    const trace = openTrace(pieces(bytes, 65_536), { bytes: bytes.length });
    expect(trace.progress).toBe(0);
    await trace.next();
    expect(trace.progress).toBeGreaterThan(0.3);
    expect(trace.progress).toBeLessThan(1);
    while ((await trace.next()) !== null);
    expect(trace.progress).toBe(1);
    expect(openTrace(pieces(bytes)).progress).toBeNaN();
  });

  test('a limit of records ends the trace without a fault', async () => {
    const { keys, report } = await readTrace('a\nb\nc\n', { limits: { records: 2 } });
    expect(keys).toEqual([0, 1]);
    expect(report.stopped).toBeNull();
  });

  test('a trace that is closed gives no more and lets go of its stream', async () => {
    let isOpen = true;
    const endless = async function* () {
      try {
        for (;;) yield bytesOf('key\n'.repeat(1000));
      } finally {
        isOpen = false;
      }
    };
    const trace = openTrace(endless());
    expect((await trace.next())?.count).toBeGreaterThan(1000);
    await trace.close();
    expect(isOpen).toBe(false);
    expect(await trace.next()).toBeNull();
  });
});
