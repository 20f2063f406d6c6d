// What a person reads who wrote a quantity wrongly: the whole answer, word by word.
import { describe, expect, test } from 'vitest';
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

type Reader = (text: string) => Reading<number>;
type Case = [text: string, code: string, message: string, hint: string | null, offset?: number];

const DURATION = 'write a number and a unit, such as `250us`, `40ms`, `5s` or `1m30s`';
const RATE = 'write a number and a time, such as `200/s`, `5k/s`, `300/m` or `2M/day`';
const SIZE = 'write a number and a unit, such as `500B`, `2KB`, `64MiB` or `1GB`';
const BANDWIDTH = 'write `1Gbps` (bits), `100MB/s` (bytes) or `unlimited`';
const COUNT = 'write a whole number, such as `200`, `10k` or `2M`';
const SHARE = 'write `20%` or `0.2`';

function expectAnswers(read: Reader, cases: readonly Case[]): void {
  for (const [text, code, message, hint, offset = 0] of cases) {
    expect(read(text), text).toEqual({ ok: false, problem: { code, message, hint, offset } });
  }
}

function valueOf(reading: Reading<number>): number {
  return reading.ok ? reading.value : NaN;
}

describe('a wrong', () => {
  test('duration is answered in full', () => {
    expectAnswers(readDuration, [
      ['soon', 'bad-duration', '`soon` is not a duration', DURATION],
      ['5s!', 'bad-duration', '`5s!` is not a duration', DURATION],
      ['-5s', 'negative', '`-5s` is negative; a duration is 0 or more', null],
      ['7', 'missing-unit', '`7` has no unit; a duration needs one', 'write `7ms` or `7s`'],
      ['1h5x', 'unknown-unit', '`x` is not a unit of time', anyOf('ns us µs ms s m h d'), 3],
      ['5MS', 'unknown-unit', '`MS` is not a unit of time', 'did you mean `ms`?', 1],
      ['1s1m', 'bad-duration', '`1s1m` is not a duration: its units must descend', DURATION],
      ['105d', 'too-large', '`105d` is too long; at most 104 days can be counted in ns', null],
    ]);
  });

  test('rate is answered in full', () => {
    expectAnswers(readRate, [
      ['often', 'bad-rate', '`often` is not a rate', RATE],
      ['-5/s', 'negative', '`-5/s` is negative; a rate is 0 or more', null],
      ['7', 'missing-unit', '`7` has no unit; a rate needs one', 'write `7/s` or `7/m`'],
      ['70/x', 'unknown-unit', '`x` is not a unit of time', anyOf('s m h day week month'), 3],
    ]);
  });

  test('size is answered in full', () => {
    const units = anyOf('B KB MB GB TB KiB MiB GiB TiB');
    expectAnswers(readSize, [
      ['large', 'bad-size', '`large` is not a size', SIZE],
      ['-5KB', 'negative', '`-5KB` is negative; a size is 0 or more', null],
      ['7', 'missing-unit', '`7` has no unit; a size needs one', 'write `7B` or `7KB`'],
      ['70zebras', 'unknown-unit', '`zebras` is not a unit of size', units, 2],
      ['70 kib', 'unknown-unit', '`kib` is not a unit of size', 'did you mean `KiB`?', 3],
      ['99999TB', 'too-large', '`99999TB` is too large', null],
    ]);
  });

  test('bandwidth is answered in full', () => {
    expectAnswers(readBandwidth, [
      ['broad', 'bad-bandwidth', '`broad` is not a bandwidth', BANDWIDTH],
      ['-5Mbps', 'negative', '`-5Mbps` is negative; a bandwidth is 0 or more', null],
      ['7', 'missing-unit', '`7` has no unit; a bandwidth needs one', 'write `7Mbps` or `7MB/s`'],
      ['70mbps', 'unknown-unit', '`mbps` is not a unit of bandwidth', 'did you mean `Mbps`?', 2],
      ['0Gbps', 'out-of-range', '`0Gbps` carries nothing; a bandwidth is above 0', BANDWIDTH],
    ]);
  });

  test('count, share or number is answered in full', () => {
    expectAnswers(readCount, [
      ['many', 'bad-count', '`many` is not a whole number', COUNT],
      ['5kk', 'bad-count', '`5kk` is not a whole number', COUNT],
      ['-5', 'negative', '`-5` is negative; a whole number is 0 or more', null],
      ['1.5', 'not-whole', '`1.5` is not a whole number', COUNT],
      ['1e7G', 'too-large', '`1e7G` is too large', null],
    ]);
    expectAnswers(readShare, [
      ['half', 'bad-share', '`half` is not a share', SHARE],
      ['5%x', 'bad-share', '`5%x` is not a share', SHARE],
      ['5x%', 'bad-share', '`5x%` is not a share', SHARE],
      ['-5%', 'negative', '`-5%` is negative; a share is 0 or more', null],
      [
        '100',
        'out-of-range',
        '`100` is not a share; a share is from 0 to 1 (100%)',
        'write `100%`',
      ],
      ['101', 'out-of-range', '`101` is not a share; a share is from 0 to 1 (100%)', null],
      ['101%', 'out-of-range', '`101%` is not a share; a share is from 0 to 1 (100%)', null],
    ]);
    expectAnswers(readNumber, [
      ['one', 'bad-number', '`one` is not a number', 'write a plain number, such as `1.25`'],
      ['1s', 'bad-number', '`1s` is not a number', 'write a plain number, such as `1.25`'],
    ]);
  });
});

describe('a common slip', () => {
  test.each<[string, string, Reader]>([
    ['5 ms', '5ms', readDuration],
    ['1,000s', '1000s', readDuration],
    ['1_000', '1000', readCount],
    ['5 k/s', '5k/s', readRate],
    ['200rps', '200/s', readRate],
    ['200 QPS', '200/s', readRate],
    ['200 req/s', '200/s', readRate],
    ['20 %', '20%', readShare],
    ['1, 5', '15', readNumber],
  ])('is cured: %s is probably %s', (text, cured, read) => {
    expect(hintOf(read(text))).toBe(`did you mean \`${cured}\`?`);
  });

  test.each<[string, string, Reader]>([
    ['', RATE, readRate],
    [' ', RATE, readRate],
    ['5 apples', RATE, readRate],
    ['5rps per person', RATE, readRate],
  ])('is not guessed at: “%s”', (text, example, read) => {
    expect(hintOf(read(text))).toBe(example);
  });
});

describe('at its limits', () => {
  const most = Number.MAX_SAFE_INTEGER;

  test('a quantity may be as large as whole numbers are exact, and no larger', () => {
    for (const [read, unit] of [
      [readDuration, 'ns'],
      [readSize, 'B'],
      [readCount, ''],
    ] as const) {
      expect(valueOf(read(`${most}${unit}`))).toBe(most);
      expect(read(`9007199254740993${unit}`).ok).toBe(false);
    }
  });

  test('zero with a unit is zero, however it is written', () => {
    expect(valueOf(readSize('0'))).toBe(0);
    expect(valueOf(readSize('0.0'))).toBe(0);
    expect(valueOf(readSize('0e99B'))).toBe(0);
    expect(valueOf(readDuration('0e99s'))).toBe(0);
    expect(valueOf(readSize('1e99B'))).toBe(NaN);
  });

  test('exponents have up to three digits and a sign', () => {
    expect(valueOf(readDuration('1e+2ms'))).toBe(1e8);
    expect(valueOf(readDuration('1e-2s'))).toBe(1e7);
    expect(valueOf(readDuration('1e15ns'))).toBe(1e15);
    expect(valueOf(readDuration('.25s'))).toBe(25e7);
    expect(valueOf(readNumber('2e-3'))).toBe(0.002);
  });

  test('a number may have 40 characters and a text 200', () => {
    const digits = (length: number) => `0.${'1'.repeat(length - 2)}`;
    expect(readNumber(digits(40)).ok).toBe(true);
    expect(readNumber(digits(41)).ok).toBe(false);
    const parts = (length: number) => `1m${'0'.repeat(length - 4)}1s`;
    expect(readDuration(parts(200)).ok).toBe(true);
    expect(readDuration(parts(201)).ok).toBe(false);
  });

  test('bits are an eighth of a byte, bytes are whole', () => {
    expect(valueOf(readBandwidth('1bps'))).toBe(0.125);
    expect(valueOf(readBandwidth('1Tbps'))).toBe(125e9);
    expect(valueOf(readBandwidth('0.067Gbps'))).toBe(8_375_000);
    expect(valueOf(readBandwidth('1B/s'))).toBe(1);
    expect(valueOf(readBandwidth('1KiB/s'))).toBe(1024);
    expect(hintOf(readBandwidth('70MBPS'))).toBe('did you mean `Mbps`?');
    expect(hintOf(readBandwidth('70GIB/S'))).toBe('did you mean `GiB/s`?');
    expect(hintOf(readRate('70/MONTH'))).toBe('did you mean `month`?');
    expect(readBandwidth('1e308MB/s').ok).toBe(false);
  });
});

function hintOf(reading: Reading<number>): string | null {
  return reading.ok ? null : reading.problem.hint;
}

function anyOf(units: string): string {
  const quoted = units.split(' ').map((unit) => `\`${unit}\``);
  return `write one of ${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
