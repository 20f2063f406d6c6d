import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { Program } from './program.ts';

const shop = `
name: Shop
duration: 20s
traffic:
  app: { rate: 100/s, operation: get, to: api }
data:
  goods: { keys: 1000, size: 1KB, popularity: zipf(0.9), stored-in: db, cached-in: [redis] }
components:
  api: { kind: service, operations: { get: [ { read: goods } ] } }
  redis: { kind: cache, capacity: 100 entries, eviction: fifo, price: $0.10/h }
  db: { kind: database }
`;

/** A loop over ten keys of 100 to 1000 bytes, fifty times. */
const loop = ['time,key,size'];
for (let at = 0; at < 500; at++) loop.push(`${at},k${at % 10},${100 * ((at % 10) + 1)}`);

let program: Program;

beforeAll(() => {
  program = new Program();
  program.write('shop.yaml', shop);
  program.write('loop.csv', `${loop.join('\n')}\n`);
  program.write('empty.csv', '');
  program.write('huge.csv', `time,key,size\n${'1,a,99999999999\n'.repeat(200)}`);
  program.write('plain.txt', 'a\nb\na\nc\n'.repeat(20));
  program.write(
    'no-cache.yaml',
    shop.replace(/ *redis: .*\n/, '').replace(', cached-in: [redis]', ''),
  );
}, 120_000);

afterAll(() => program.remove());

function curves(...args: string[]) {
  const { code, stdout, stderr } = program.run('cache', ...args, '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('curves of a trace', () => {
  test('a loop misses always below its length, and the bound says what could be had', () => {
    const report = curves('loop.csv', '--policies', 'lru,fifo', '--sizes', '5,10', '--bounds');
    expect(report).toMatchObject({
      gameday: packageJson.version,
      source: 'loop.csv',
      unit: 'entries',
      requests: 500,
      keys: 10,
      bytes: 5500,
      cold: 10,
      sampled: 1,
      present: null,
    });
    const misses = Object.fromEntries(
      report.curves.map(({ name, points }: { name: string; points: { misses: number }[] }) => [
        name,
        points.map((point) => point.misses),
      ]),
    );
    expect(misses).toMatchObject({ lru: [500, 10], fifo: [500, 10] });
    expect(misses['belady'][0]).toBeLessThan(300);
    expect(misses['belady-bypass'][0]).toBeLessThanOrEqual(misses['belady'][0]);
    expect(misses['belady'][1]).toBe(10);
  });

  test('the same in bytes', () => {
    const report = curves('loop.csv', '--policies', 'lru', '--sizes', '5.4KB,5.5KB,100%');
    expect(report).toMatchObject({ unit: 'bytes' });
    expect(report.curves[0].points.map(({ size }: { size: number }) => size)).toEqual([5400, 5500]);
    expect(report.curves[0].points[1].misses).toBe(10);
  });

  test('threads change nothing, and neither does the order of sizes', () => {
    const args = ['plain.txt', '--policies', 'all', '--sample', 'none'];
    const alone = curves(...args, '--sizes', '1,2,3', '--workers', '1');
    expect(curves(...args, '--sizes', '3,1,2', '--workers', '3')).toEqual(alone);
  });
});

test('look-ups are drawn from a popularity; shares are of its keys', () => {
  const args = ['zipf(0.99)', '--keys', '10k', '--requests', '100k', '--policies', 'lru'];
  const report = curves(...args, '--sizes', '1%,10%');
  expect(report.requests).toBe(100_000);
  expect(report.curves[0].points.map(({ size }: { size: number }) => size)).toEqual([100, 1000]);
  const sampled = curves(...args, '--sizes', '10%', '--sample', '50%');
  expect(sampled.sampled).toBe(0.5);
  const [point] = sampled.curves[0].points;
  expect(point.error).toBeGreaterThan(0);
  expect(Math.abs(point.missRatio - report.curves[0].points[1].missRatio)).toBeLessThan(0.1);
});

test('a popularity without anything in brackets is one too', () => {
  for (const word of ['uniform', 'scan', 'minstd-zipf']) {
    const report = curves(word, '--keys', '10', '--requests', '200', '--sizes', '10');
    expect(report).toMatchObject({ source: word, keys: 10, requests: 200, cold: 10 });
  }
});

describe('curves of a scenario', () => {
  test('stand beside its own policy at its own size', () => {
    const report = curves('shop.yaml', '--sizes', '50%');
    expect(report).toMatchObject({ source: 'Shop, redis', present: 100, unit: 'entries' });
    expect(report.curves[0].name).toBe('fifo');
    expect(report.curves[0].points[0].size).toBe(100);
  });

  test('--chain runs the system with each size', () => {
    const { code, stdout } = program.run('cache', 'shop.yaml', '--chain', '--sizes', '2%,50%');
    expect(code).toBe(0);
    expect(stdout).toContain('size of redis');
    expect(stdout).toContain('100 (now)');
    const { rows, store } = JSON.parse(
      program.run('cache', 'shop.yaml', '--chain', '--sizes', '2%,50%', '--json').stdout,
    );
    expect(store).toBe('db');
    expect(rows.map(({ size }: { size: number }) => size)).toEqual([20, 100, 500]);
    expect(rows[0].hitRatio).toBeLessThan(rows[2].hitRatio);
    expect(rows[0].storeRequestsPerSecond).toBeGreaterThan(rows[2].storeRequestsPerSecond);
    // $0.10 an hour for 730 hours, and in proportion to the size of the cache.
    const costs = rows.map((row: { costPerMonth: number }) => row.costPerMonth);
    expect(costs[0]).toBeCloseTo(14.6, 9);
    expect(costs[1]).toBeCloseTo(73, 9);
    expect(costs[2]).toBeCloseTo(365, 9);
    const { hash } = JSON.parse(program.run('run', 'shop.yaml', '--json').stdout);
    expect(rows[1].hash).toBe(hash);
  });
});

describe('what it writes', () => {
  test('a table in lines, each policy with what it misses', () => {
    const { stdout } = program.run('cache', 'loop.csv', '--sizes', '10', '--policies', 'lru');
    expect(stdout).toContain('500 reads, 10 keys, 5.5KB, 2 % are the first of their key');
    expect(stdout).toMatch(/^lru +2\.00 %$/m);
  });

  test('--csv has a line for each curve and size', () => {
    const { stdout } = program.run(
      'cache',
      'loop.csv',
      '--sizes',
      '10',
      '--csv',
      '--policies',
      'lru',
    );
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'curve,kind,size_entries,misses,miss_ratio,error',
      'lru,policy,10,10,0.02,0',
    ]);
  });

  test('--svg and --png are pictures of the same curves', () => {
    const { code } = program.run(
      'cache',
      'loop.csv',
      '--svg',
      'a.svg',
      '--png',
      'a.png',
      '--bounds',
    );
    expect(code).toBe(0);
    const svg = readFileSync(join(program.folder, 'a.svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns/);
    for (const word of ['lru', 'belady', 'misses, % of reads', 'entries']) {
      expect(svg).toContain(word);
    }
    const png = readFileSync(join(program.folder, 'a.png'));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const length = png.readUInt32BE(33);
    expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT');
    const rows = inflateSync(png.subarray(41, 41 + length));
    expect(rows).toHaveLength(height * (width * 3 + 1));
  });

  test('progress goes to standard error, and only when it is asked for', () => {
    const args = [
      'cache',
      'zipf(1)',
      '--requests',
      '2M',
      '--keys',
      '100k',
      '--policies',
      'lru,lfu',
    ];
    expect(program.run(...args).stderr).toBe('');
    const shown = program.run(...args, '--progress');
    expect(shown.stdout).toContain('lru');
    expect(shown.stderr).toMatch(/\d+ %/);
  });
});

describe('what it does not take', () => {
  test.each([
    [['loop.csv', '--policies', 'lru,arcc'], 'there is no policy arcc'],
    [['loop.csv', '--policies', 'siev'], 'did you mean sieve?'],
    [['loop.csv', '--sizes', '0'], 'the size 0 is empty'],
    [['loop.csv', '--sizes', '0%'], 'is not a share above 0%'],
    [['loop.csv', '--sizes', '200%'], 'is not a share above 0% and up to 100%'],
    [['loop.csv', '--sizes', '1%,,2%'], '--sizes is 1%,,2%, with nothing at one of its commas'],
    [['loop.csv', '--policies', 'lru,'], 'leave that comma out'],
    [['loop.csv', '--json', '--csv'], '--json and --csv are both given'],
    [
      ['loop.csv', '--svg', 'no/such/a.svg'],
      'the folder no/such of --svg no/such/a.svg is not there',
    ],
    [['loop.csv', '--cache', 'redis'], '--cache is for a scenario, not for loop.csv'],
    [['loop.csv', '--columns', 'key=1,key=2'], '--columns has key twice'],
    [['loop.csv', '--sample', '1%'], 'error[small-sample] a sample of 1 % of 10 keys'],
    [['shop.yaml', '--keys', '5'], '--keys is for files of look-ups and for popularities'],
    [['huge.csv'], '101 of the first 101 records are bad; of record 1: the size is 99999999999'],
    [['loop.csv', '--sizes', 'big'], 'the size big cannot be read'],
    [['loop.csv', '--sizes', '10,1KB'], '--sizes has entries and bytes'],
    [['loop.csv', '--sample', '0%'], 'write --sample 1%, --sample none or --sample auto'],
    [['loop.csv', '--format', 'cvs'], 'did you mean csv?'],
    [['loop.csv', '--columns', 'clock=1'], 'write --columns time=1,key=2,size=3,op=4'],
    [['loop.csv', '--workers', '0'], 'write a whole number from 1 to 256'],
    [['loop.csv', '--chain'], '--chain needs a scenario, not loop.csv'],
    [['shop.yaml', '--chain', '--bounds'], '--bounds is for curves, not for --chain'],
    [['shop.yaml', '--chain', '--sizes', '1MB'], 'redis is bounded in entries, --sizes in bytes'],
    [['shop.yaml', '--cache', 'redi'], 'did you mean `redis`?'],
    [['no-cache.yaml'], 'error[no-cache] the scenario has no cache'],
    [['plain.txt', '--sizes', '1MB'], 'error[no-sizes] the look-ups have no sizes'],
    [['empty.csv'], 'error[empty-trace] the trace has no records'],
    [['gone.csv'], 'error[no-such-file] there is no such file'],
    [['zipf(-1)'], 'the exponent -1 is not from 0 to 5'],
    [['zipff(1)'], 'did you mean `zipf`?'],
    [['zipf'], '`zipf` takes one exponent'],
    [['shift(1, every 10s)'], 'say after how many of them, such as `every 1k`'],
  ])('%s', (args, complaint) => {
    const { code, stderr, stdout } = program.run('cache', ...args);
    expect(stderr).toContain(complaint);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  test.each([['csv'], ['json'], ['quiet']])('a closed pipe ends --%s in silence', (option) => {
    const { code, stderr } = program.piped(['cache', 'loop.csv', `--${option}`], 'head -c 1');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('--json tells of it as data', () => {
    const { code, stdout } = program.run('cache', 'empty.csv', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      gameday: packageJson.version,
      diagnostics: [{ code: 'empty-trace', severity: 'error' }],
    });
  });
});

test('Ctrl-C ends it and nothing is written', async () => {
  const child = program.start('cache', 'zipf(1)', '--requests', '1G', '--svg', 'never.svg');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(130);
  expect(existsSync(join(program.folder, 'never.svg'))).toBe(false);
});
