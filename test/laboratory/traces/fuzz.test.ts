// Whatever bytes come, a trace is read to an end: no exception, no promise that never settles, and
// numbers that fit together.
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceFormats } from '../../../src/laboratory/traces/trace-options.ts';
import type { TraceOptions } from '../../../src/laboratory/traces/trace-options.ts';
import { bytesOf, oracleGeneral, readTrace } from './read-trace.ts';
import type { ReadTrace } from './read-trace.ts';

const runs = { numRuns: 300 };

const samples = [
  bytesOf('time,key,size,op\n1,a,10,get\n2,"b,""c",20,set\n3,a,10,delete\n'.repeat(20)),
  oracleGeneral(Array.from({ length: 40 }, (_, i) => [i, BigInt(i % 7), 10 + i, -1n] as const)),
  bytesOf('1,a,1,9,0,get,0\n2,b,1,19,0,set,0\n'.repeat(20)),
  bytesOf('h - - [01/Jan/2024:00:00:01 +0000] "GET /a HTTP/1.1" 200 10 "-" "x"\n'.repeat(20)),
  bytesOf('a\nb\nc\n'.repeat(20)),
];

function expectSound({ keys, times, sizes, ops, distinct, report }: ReadTrace): void {
  expect(report.kept).toBe(keys.length);
  expect(report.records).toBe(report.kept + report.passedOver + report.leftOut + overKeys(report));
  expect(keys.every((key) => key >= 0 && key < distinct)).toBe(true);
  expect((times ?? []).every((time, i, all) => time >= (all[i - 1] ?? 0))).toBe(true);
  expect((sizes ?? []).every((size) => size >= 1)).toBe(true);
  expect((ops ?? []).every((op) => op <= 2)).toBe(true);
  expect(report.faults.length).toBeLessThanOrEqual(10);
}

/** The record at which the keys ran out was found, and neither kept nor bad. */
function overKeys({ stopped }: ReadTrace['report']): number {
  return stopped?.code === 'too-many-keys' ? 1 : 0;
}

const option: fc.Arbitrary<TraceOptions> = fc.record(
  {
    format: fc.constantFrom(...traceFormats),
    header: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', ' '),
    columns: fc.record({ key: fc.integer({ min: -1, max: 4 }), size: fc.constantFrom(1, 2, 'x') }),
    limits: fc.record({
      keys: fc.integer({ min: 0, max: 50 }),
      lineBytes: fc.constantFrom(5, 100),
    }),
  },
  { requiredKeys: [] },
);

describe('reading never throws, never hangs and always ends', () => {
  test('on any bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 500 });
    const property = fc.asyncProperty(bytes, option, fc.nat(60), async (content, options, cut) => {
      expectSound(await readTrace(content, options, cut + 1));
    });
    await fc.assert(property, runs);
  });

  test('on lines of any signs that mean something', async () => {
    const sign = fc.constantFrom(...'0123456789.-+eE"\',;\t \n\r[]/:ab\0'.split(''));
    const text = fc.array(sign, { maxLength: 300 }).map((signs) => signs.join(''));
    const property = fc.asyncProperty(text, option, fc.nat(60), async (content, options, cut) => {
      expectSound(await readTrace(content, options, cut + 1));
    });
    await fc.assert(property, runs);
  });

  test('on good traces with some bytes changed, packed or not', async () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    const property = fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(change, { maxLength: 8 }),
      fc.boolean(),
      fc.nat(300),
      async (sample, changes, isPacked, cut) => {
        const bytes = Uint8Array.from(isPacked ? gzipSync(sample) : sample);
        for (const [place, value] of changes) bytes[place % bytes.length] = value;
        const whole = await readTrace(bytes, {}, cut + 1);
        expectSound(whole);
        const end = changes[0]?.[0] ?? bytes.length;
        expectSound(await readTrace(bytes.subarray(0, end % (bytes.length + 1)), {}, cut + 1));
      },
    );
    await fc.assert(property, runs);
  });

  test('however a text is cut, it says the same', async () => {
    const sign = fc.constantFrom(...'123,,,"ab\n\n'.split(''));
    const text = fc.array(sign, { maxLength: 100 }).map((signs) => signs.join(''));
    const property = fc.asyncProperty(text, fc.nat(20), async (content, cut) => {
      const limits = { lineBytes: 12 };
      const whole = await readTrace(content, { limits }, 1000);
      expect(await readTrace(content, { limits }, cut + 1)).toEqual(whole);
    });
    await fc.assert(property, runs);
  });
});
