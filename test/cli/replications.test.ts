import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clockwork, everything, queue, withClaims } from '../experiment/small-designs.ts';
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

const measured = z.number().nullable();
const number = {
  mean: measured,
  interval: z.tuple([z.number(), measured]).nullable(),
  min: measured,
  max: measured,
  count: z.number().int().nonnegative(),
};
const claim = {
  ...resultsSchema.shape.requirements.element.omit({
    measured: true,
    measuredText: true,
    note: true,
    verdict: true,
  }).shape,
  ...number,
};
const verdict = z.enum(['PASS', 'FAIL', 'NOT ENOUGH EVIDENCE']);

/** The JSON of `gameday run --replications --json`, as scripts may rely on it. */
const replicatedSchema = z.strictObject({
  ...resultsSchema.pick({
    gameday: true,
    scenario: true,
    file: true,
    seed: true,
    simulatedSeconds: true,
    warmUpSeconds: true,
    measuredSeconds: true,
    events: true,
  }).shape,
  requirements: z.array(
    z.strictObject({
      ...claim,
      verdict,
      passes: z.number(),
      fails: z.number(),
      measuredText: z.string(),
      note: z.string().nullable(),
    }),
  ),
  expect: z.array(z.strictObject({ ...claim, holds: z.boolean(), holdsIn: z.number() })),
  operations: z.record(z.string(), z.record(z.string(), z.strictObject(number))),
  replications: z.array(
    z.strictObject({
      number: z.number().int().positive(),
      ...resultsSchema.pick({
        seed: true,
        hash: true,
        events: true,
        simulatedSeconds: true,
        ending: true,
      }).shape,
      checksBroken: z.literal(0),
      requirements: z.array(z.strictObject({ measured, verdict })),
      expect: z.array(z.strictObject({ measured, holds: z.boolean() })),
      operations: z.record(z.string(), z.record(z.string(), measured)),
    }),
  ),
});

const json = (...args: string[]) => JSON.parse(program.run(...args, '--json').stdout) as unknown;

describe('run --replications', () => {
  test('prints the same bytes however many threads there are', () => {
    const args = ['run', 'everything.yaml', '--replications', '4', '--json'];
    const alone = program.run(...args, '--workers', '1');
    expect(alone.code).toBe(0);
    expect(alone.stderr).toBe('');
    expect(program.run(...args, '--workers', '3').stdout).toBe(alone.stdout);
    expect(program.run(...args).stdout).toBe(alone.stdout);
    const { replications } = replicatedSchema.parse(JSON.parse(alone.stdout));
    expect(replications.map(({ seed }) => seed)).toEqual(['3', '3-2', '3-3', '3-4']);
  });

  test('gives each replication the very run that its seed gives alone', () => {
    const args = ['run', 'queue.yaml', '--seed', '5', '--replications', '3'];
    const { replications } = replicatedSchema.parse(json(...args));
    for (const { seed, hash } of replications) {
      const single = resultsSchema.parse(json('run', 'queue.yaml', '--seed', seed));
      expect(single.hash).toBe(hash);
    }
  });

  test('takes settings and a duration into every thread', () => {
    const changes = ['--set', 'api.workers=5', '--duration', '30s', '--replications', '2'];
    const { simulatedSeconds, operations } = replicatedSchema.parse(
      json('run', 'clockwork.yaml', ...changes),
    );
    expect(simulatedSeconds).toBe(30);
    expect(operations['get']!['meanMs']).toEqual({
      mean: 5,
      interval: [5, 5],
      min: 5,
      max: 5,
      count: 2,
    });
  });

  test('ends with the exit code of the verdicts over all of them', () => {
    const quiet = (text: string) =>
      program.run('run', program.write('claims.yaml', text), '--replications', '2', '--quiet');
    const passing = quiet(withClaims(clockwork, 'requirements', ['p99 < 10ms']));
    expect(passing).toMatchObject({ code: 0, stdout: 'PASS  p99 < 10ms  5.00 ms\n' });
    expect(quiet(withClaims(clockwork, 'requirements', ['p99 < 2ms'])).code).toBe(1);
    expect(quiet(withClaims(clockwork, 'expect', ['mean < 5ms'])).code).toBe(1);
    const held = quiet(withClaims(clockwork, 'expect', ['mean = 5ms']));
    expect(held.stdout).toBe('holds  mean = 5ms  5.00 ms, holds in 2 of 2\n');
    const budget = ['--set', 'limits.events=1000', '--replications', '2'];
    expect(program.run('run', 'queue.yaml', ...budget).code).toBe(3);
  });

  test('--out writes the merged results and the report', () => {
    const args = ['run', 'queue.yaml', '--replications', '2', '--out', 'deep/folder'];
    const { stdout } = program.run(...args);
    const read = (name: string) => readFileSync(join(program.folder, 'deep/folder', name), 'utf8');
    expect(replicatedSchema.parse(JSON.parse(read('results.json'))).replications).toHaveLength(2);
    expect(read('report.txt')).toBe(stdout);
    expect(stdout).toContain('2 replications of 1m simulated');
  });

  test.each([
    [['--replications', '1'], 'whole number from 2 to 10000'],
    [['--replications', '2.5'], 'whole number from 2 to 10000'],
    [['--replications', '-3'], ''],
    [['--replications', '4', '--workers', '0'], 'whole number from 1 to 256'],
    [['--workers', '2'], 'write --replications 10 as well'],
    [['--replications', '4', '--series'], 'leave one of the two out'],
  ])('refuses %s', (args, hint) => {
    const { code, stdout, stderr } = program.run('run', 'queue.yaml', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('a file that is wrong is reported once, not by every thread', () => {
    program.write('wrong.yaml', 'name: Wrong\ntrafic: {}\n');
    const { code, stderr } = program.run('run', 'wrong.yaml', '--replications', '3');
    expect(code).toBe(2);
    expect(stderr.match(/unknown-key/g)).toHaveLength(1);
  });

  test('Ctrl-C ends all threads at once with 130 and without results', async () => {
    const args = ['run', 'queue.yaml', '--duration', '2h', '--replications', '500'];
    const child = program.start(...args, '--progress', '--json');
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
    expect(stderr).toMatch(/^\d+ of 500 replications, .* events\/s, about .* left\n/);
    expect(stderr).toMatch(/\ninterrupted after \d+ of 500 replications; nothing was written\n$/);
  });
});
