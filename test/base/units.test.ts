import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBandwidth,
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
  formatSize,
} from '../../src/base/format-units.ts';
import {
  readBandwidth,
  readCount,
  readDuration,
  readNumber,
  readRate,
  readShare,
  readSize,
} from '../../src/base/units.ts';
import type { Reading } from '../../src/base/reading.ts';

/** The value that was read, or the code of the problem. */
function outcome<T>(reading: Reading<T>): T | string {
  return reading.ok ? reading.value : reading.problem.code;
}

function hintOf(reading: Reading<unknown>): string | null {
  return reading.ok ? null : reading.problem.hint;
}

describe('durations', () => {
  test.each([
    ['0', 0],
    ['1ns', 1],
    ['0.1ms', 100_000],
    ['1.1ms', 1_100_000],
    ['0.3us', 300],
    ['2.5ns', 3],
    ['1us', 1_000],
    ['1µs', 1_000],
    ['1μs', 1_000],
    ['1e3s', 1e12],
    ['1m30s', 90e9],
    ['1h2m3s4ms5us6ns', 3_723_004_005_006],
    ['1.5h', 5_400e9],
    ['2d', 172_800e9],
    ['.5s', 5e8],
  ])('%s is %d ns', (text, ns) => {
    expect(outcome(readDuration(text))).toBe(ns);
  });

  test.each([
    ['5', 'missing-unit'],
    ['-5s', 'negative'],
    ['5 s', 'bad-duration'],
    ['30s1m', 'bad-duration'],
    ['1s1s', 'bad-duration'],
    ['5sec', 'unknown-unit'],
    ['1__proto__', 'bad-duration'],
    ['1constructor', 'unknown-unit'],
    ['200d', 'too-large'],
    ['1e999s', 'bad-duration'],
    ['', 'bad-duration'],
    [`${'9'.repeat(100)}s`, 'bad-duration'],
  ])('%s is refused as %s', (text, code) => {
    expect(outcome(readDuration(text))).toBe(code);
  });

  test('a bare number is answered with its two readings', () => {
    expect(hintOf(readDuration('5'))).toBe('write `5ms` or `5s`');
    expect(hintOf(readRate('5'))).toBe('write `5/s` or `5/m`');
    expect(hintOf(readSize('5'))).toBe('write `5B` or `5KB`');
    expect(hintOf(readBandwidth('5'))).toBe('write `5Mbps` or `5MB/s`');
  });

  test('every duration of up to 104 days reads back as it was formatted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (ns) => {
        expect(outcome(readDuration(formatDuration(ns)))).toBe(ns);
      }),
    );
  });

  test('decimal digits are scaled exactly and rounded once', () => {
    const units = { ns: 1n, us: 1000n, ms: 1_000_000n, s: 1_000_000_000n } as const;
    const unit = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(999_999), unit, (whole, fraction, name) => {
        const digits = String(fraction).padStart(6, '0');
        const millionths = BigInt(whole) * 1_000_000n + BigInt(fraction);
        const expected = (millionths * units[name] * 2n + 1_000_000n) / 2_000_000n;
        expect(outcome(readDuration(`${whole}.${digits}${name}`))).toBe(Number(expected));
      }),
    );
  });

  test.each([
    [0, '0s'],
    [999, '999ns'],
    [250_000, '250us'],
    [1_500_000, '1.5ms'],
    [40e9, '40s'],
    [90e9, '1m30s'],
    [3_600e9, '1h'],
    [86_400e9, '1d'],
    [61_500_000_000, '1m1.5s'],
  ])('%d ns is written %s', (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });
});

describe('rates', () => {
  test.each([
    ['5k/s', 5_000],
    ['300/m', 5],
    ['2M/day', 2e6 / 86_400],
    ['0.5/h', 0.5 / 3_600],
    ['1.001k/s', 1_001],
    ['0', 0],
    ['100', 'missing-unit'],
    ['5k', 'missing-unit'],
    ['100/sec', 'unknown-unit'],
    ['100rps', 'bad-rate'],
    ['fast', 'bad-rate'],
    ['-1/s', 'negative'],
    ['Infinity/s', 'bad-rate'],
  ])('%s reads as %s', (text, value) => {
    expect(outcome(readRate(text))).toBe(value);
  });

  test('every rate reads back as it was formatted', () => {
    const rates = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(rates, (rate) => {
        expect(outcome(readRate(formatRate(rate)))).toBe(rate);
      }),
    );
  });

  test('a rate is written in the unit that keeps it short', () => {
    expect(formatRate(5_000)).toBe('5k/s');
    expect(formatRate(10e6 / 86_400)).toBe('10M/day');
    expect(formatRate(5 / 60)).toBe('5/m');
  });
});

describe('sizes', () => {
  test.each([
    ['2KB', 2_000],
    ['2KiB', 2_048],
    ['1.5MB', 1_500_000],
    ['0.3KiB', 307],
    ['500B', 500],
    ['2kb', 'unknown-unit'],
    ['2', 'missing-unit'],
    ['9999999TiB', 'too-large'],
  ])('%s reads as %s', (text, value) => {
    expect(outcome(readSize(text))).toBe(value);
  });

  test('a wrong letter case is cured', () => {
    expect(hintOf(readSize('2kb'))).toBe('did you mean `KB`?');
    expect(hintOf(readSize('2megabytes'))).toBe('did you mean `MB`?');
  });

  test('every size reads back as it was formatted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(outcome(readSize(formatSize(bytes)))).toBe(bytes);
      }),
    );
  });

  test('memory sizes stay binary, disk sizes decimal', () => {
    expect(formatSize(64 * 1_048_576)).toBe('64MiB');
    expect(formatSize(2_000_000_000)).toBe('2GB');
  });
});

describe('bandwidths', () => {
  test.each([
    ['1Gbps', 125_000_000],
    ['100MB/s', 100_000_000],
    ['1KiB/s', 1_024],
    ['unlimited', Infinity],
    ['10MB', 'unknown-unit'],
    ['0Gbps', 'out-of-range'],
    ['10', 'missing-unit'],
  ])('%s reads as %s', (text, value) => {
    expect(outcome(readBandwidth(text))).toBe(value);
  });

  test('bytes without a second get one', () => {
    expect(hintOf(readBandwidth('10MB'))).toBe('did you mean `MB/s`?');
  });

  test('every whole number of bytes a second reads back as it was formatted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (bytes) => {
        expect(outcome(readBandwidth(formatBandwidth(bytes)))).toBe(bytes);
      }),
    );
  });
});

describe('counts and shares', () => {
  test.each([
    ['10k', 10_000],
    ['1.5M', 1_500_000],
    ['0', 0],
    ['1e3', 1_000],
    ['1.5', 'not-whole'],
    ['-1', 'negative'],
    ['0x10', 'bad-count'],
    ['10K', 'bad-count'],
    ['1e300', 'too-large'],
  ])('the count %s reads as %s', (text, value) => {
    expect(outcome(readCount(text))).toBe(value);
  });

  test.each([
    ['99.95%', 0.9995],
    ['0.9995', 0.9995],
    ['100%', 1],
    ['0', 0],
    ['20', 'out-of-range'],
    ['120%', 'out-of-range'],
    ['half', 'bad-share'],
  ])('the share %s reads as %s', (text, value) => {
    expect(outcome(readShare(text))).toBe(value);
  });

  test('a share above 1 is cured with a percent sign', () => {
    expect(hintOf(readShare('20'))).toBe('write `20%`');
  });

  test('every count and every share reads back as it was formatted', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        expect(outcome(readCount(formatCount(count)))).toBe(count);
        expect(outcome(readShare(formatShare(share)))).toBe(share);
      }),
    );
  });
});

test('no text makes a reader throw, and what it reads is finite', () => {
  const readers = [readDuration, readRate, readSize, readCount, readShare, readNumber];
  const pieces = fc.constantFrom(
    '1',
    '0',
    '.',
    'e',
    '-',
    '+',
    'k',
    's',
    'm',
    '%',
    '/',
    'B',
    ' ',
    '9e9',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (text) => {
        for (const read of readers) {
          const reading = read(text);
          if (reading.ok) expect(Number.isFinite(reading.value)).toBe(true);
          else expect(reading.problem.offset).toBeLessThanOrEqual(text.length);
        }
      },
    ),
  );
});
