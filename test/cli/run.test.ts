import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import {
  clockwork,
  everything,
  queue,
  scenarioOf,
  withClaims,
} from '../experiment/small-designs.ts';
import { Program } from './program.ts';
import { resultsSchema } from './results-schema.ts';

let program: Program;

beforeAll(() => {
  program = new Program();
  program.write('clockwork.yaml', clockwork);
  program.write('queue.yaml', queue);
  program.write('everything.yaml', withClaims(everything, 'requirements', ['p99 < 1s']));
}, 120_000);

afterAll(() => program.remove());

const json = (...args: string[]) => resultsSchema.parse(JSON.parse(program.run(...args).stdout));

describe('run --json', () => {
  test('prints exactly one JSON object, which keeps its contract', () => {
    const { code, stdout, stderr } = program.run('run', 'everything.yaml', '--json');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.endsWith('}\n')).toBe(true);
    const results = resultsSchema.parse(JSON.parse(stdout));
    expect(results).toMatchObject({ scenario: 'A bit of everything', file: 'everything.yaml' });
    expect(results).not.toHaveProperty('series');
  });

  test('--why adds what the slow requests were waiting for, and changes nothing else', () => {
    const { why, ...rest } = json('run', 'everything.yaml', '--json', '--why');
    expect(rest).toEqual(json('run', 'everything.yaml', '--json'));
    expect(why!.map(({ about }) => about)).toEqual(['p99 of get', 'p99 of put', 'p99 of both']);
    for (const { causes } of why!) {
      const shares = causes.map(({ share }) => share);
      expect(shares).toEqual([...shares].sort((left, right) => right - left));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.98);
    }
  });

  test('holds what the library gives for the same text', () => {
    const scenario = scenarioOf(queue, { file: 'queue.yaml' });
    const experiment = new Experiment(scenario);
    experiment.run.advance(Infinity);
    const { stdout } = program.run('run', 'queue.yaml', '--json', '--series');
    expect(JSON.parse(stdout)).toEqual(resultsOf(experiment, { series: true }));
  });

  test('the same seed gives the same bytes, another seed another run', () => {
    const first = program.run('run', 'queue.yaml', '--json', '--seed', '5').stdout;
    expect(program.run('run', 'queue.yaml', '--json', '--seed', '5').stdout).toBe(first);
    expect(json('run', 'queue.yaml', '--seed', '6', '--json').hash).not.toBe(
      JSON.parse(first).hash,
    );
    expect(JSON.parse(first).seed).toBe('5');
  });

  test('of a file that is wrong is one object as well', () => {
    program.write('wrong.yaml', 'name: Wrong\ntrafic: {}\n');
    const { code, stdout, stderr } = program.run('run', 'wrong.yaml', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).diagnostics[0]).toMatchObject({ severity: 'error', line: 1 });
    expect(stderr).toContain('wrong.yaml:2:1: error[unknown-key]');
  });
});

describe('exit codes', () => {
  const claims = (section: 'requirements' | 'expect', ...texts: string[]) =>
    program.run(
      'run',
      program.write('claims.yaml', withClaims(clockwork, section, texts)),
      '--quiet',
    );

  test('0 when everything holds', () => {
    expect(claims('requirements', 'p99 < 10ms', 'availability > 99%')).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(claims('expect', 'mean = 5ms').code).toBe(0);
    expect(program.run('run', 'clockwork.yaml', '--quiet')).toMatchObject({ code: 0, stdout: '' });
  });

  test('0 when the evidence is not enough to tell', () => {
    const { code, stdout } = claims('requirements', 'availability >= 99.99%');
    expect(stdout).toMatch(/^NOT ENOUGH EVIDENCE .*about 6m40s of run would settle it\n$/);
    expect(code).toBe(0);
  });

  test('1 when a requirement fails or an expectation does not hold', () => {
    const { code, stdout } = claims('requirements', 'p99 < 10ms', 'p99 < 2ms');
    expect(stdout).toBe('PASS  p99 < 10ms  5.00 ms\nFAIL  p99 < 2ms   5.00 ms\n');
    expect(code).toBe(1);
    expect(claims('expect', 'mean < 5ms').code).toBe(1);
  });

  test('3 when a budget was met, whatever the verdicts', () => {
    const args = ['run', 'queue.yaml', '--set', 'limits.events=1000', '--json'];
    expect(program.run(...args).code).toBe(3);
    expect(json(...args).ending.kind).toBe('events');
  });

  test.each([
    ['run', 'nowhere.yaml'],
    ['run', '.'],
    ['run'],
    ['run', 'clockwork.yaml', 'queue.yaml'],
    ['run', 'clockwork.yaml', '--sed', '5'],
    ['run', 'clockwork.yaml', '--seed'],
    ['run', 'clockwork.yaml', '--json=yes'],
    ['run', 'clockwork.yaml', '--duration', '5'],
    ['run', 'clockwork.yaml', '--set', 'api.workers'],
    ['run', 'clockwork.yaml', '--set', 'api.workrs=2'],
    ['run', 'clockwork.yaml', '--out', 'clockwork.yaml'],
    ['walk', 'clockwork.yaml'],
    ['check'],
    [],
  ])('2 for gameday %s %s %s %s', (...args) => {
    const { code, stdout, stderr } = program.run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('options', () => {
  test('--set changes one value, and may be repeated', () => {
    const { components } = json(
      'run',
      'clockwork.yaml',
      '--json',
      '--set',
      'api.workers=5',
      '--set',
      'app.rate=200/s',
    );
    expect(components['api']!.utilisation).toBeCloseTo(0.2, 9);
  });

  test('--duration makes the run longer', () => {
    expect(json('run', 'clockwork.yaml', '--json', '--duration', '1m').simulatedSeconds).toBe(60);
  });

  test('--out writes results with series, a table and the report', () => {
    const { code, stdout } = program.run(
      'run',
      'everything.yaml',
      '--out',
      'deep/folder',
      '--quiet',
    );
    expect(code).toBe(0);
    const read = (name: string) => readFileSync(join(program.folder, 'deep/folder', name), 'utf8');
    const results = resultsSchema.parse(JSON.parse(read('results.json')));
    expect(results.series!.timeSeconds).toHaveLength(20);
    expect(read('series.csv').split('\r\n')).toHaveLength(22);
    expect(read('report.txt')).toContain(stdout);
    expect(read('report.txt')).toContain(`hash ${results.hash}`);
  });

  test('--progress tells on standard error how far it is, once a second at most', () => {
    const { stderr, stdout, seconds } = program.run(
      'run',
      'queue.yaml',
      '--progress',
      '--duration',
      '2h',
      '--quiet',
      '--set',
      'app.rate=150/s',
    );
    const lines = stderr.split('\n').slice(0, -1);
    for (const line of lines) {
      expect(line).toMatch(/^[\d:]+ of 2:00:00 \(\d+ %\), .* events\/s, about .* left$/);
    }
    expect(lines.length).toBeLessThanOrEqual(Math.floor(seconds));
    expect(stdout).toBe('');
  });
});

describe('the world outside', () => {
  test('a reader that closes the pipe is no error', async () => {
    const child = program.start('run', 'everything.yaml', '--json', '--series');
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('Ctrl-C ends a run at once with 130 and without results', async () => {
    const child = program.start('run', 'queue.yaml', '--duration', '24h', '--progress', '--json');
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => {
      if (stderr === '') child.kill('SIGINT');
      stderr += String(chunk);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/interrupted at [\d:.]+ of the run; nothing was written\n$/);
  });

  test('a file larger than the limit is refused, not read', () => {
    program.write('large.yaml', 'x'.repeat(3_000_000));
    const { code, stderr } = program.run('run', 'large.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('error[');
  });

  test('bytes that are no text are refused', () => {
    program.write('bytes.yaml', Uint8Array.of(0xff, 0xfe, 0x00, 0x01));
    expect(program.run('run', 'bytes.yaml')).toMatchObject({ code: 2, stdout: '' });
  });

  test('a file comes before a bundled scenario of the same name', () => {
    mkdirSync(join(program.folder, 'own'), { recursive: true });
    expect(existsSync(join(program.folder, 'photo-feed'))).toBe(false);
    expect(program.run('check', 'photo-feed').stdout).toBe('photo-feed.yaml: in order\n');
    program.write('photo-feed', 'name: [');
    expect(program.run('check', 'photo-feed').code).toBe(2);
  });
});

describe('run --why', () => {
  test('explains a missed requirement with a table, and operations that miss none', () => {
    program.write('missed.yaml', withClaims(clockwork, 'requirements', ['p99 < 4ms']));
    const { code, stdout } = program.run('run', 'missed.yaml', '--why');
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        'Why: p99 < 4ms',
        '100 % of it work at api',
        'share  of the slow   of all  what     where',
        '100 %      5.00 ms  5.00 ms  service  api',
        'mean times over the 3,000 of 3,000 answered requests that took 5.00 ms or more',
      ].join('\n'),
    );
    expect(program.run('run', 'clockwork.yaml', '--why').stdout).toContain('Why: p99 of get\n');
    expect(program.run('run', 'clockwork.yaml').stdout).not.toContain('Why');
  });

  test('is for a single run', () => {
    const { code, stderr } = program.run('run', 'queue.yaml', '--why', '--replications', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('--why is for a single run');
  });
});
