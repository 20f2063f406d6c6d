import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { jsonSchema } from '../../src/scenario/scenario-schema.ts';
import { clockwork } from '../experiment/small-designs.ts';
import { Program } from './program.ts';

let program: Program;

beforeAll(() => {
  program = new Program();
  program.write('clockwork.yaml', clockwork);
  program.write('typo.yaml', clockwork.replace('workers', 'workrs'));
}, 120_000);

afterAll(() => program.remove());

describe('check', () => {
  test('says that a file is in order', () => {
    expect(program.run('check', 'clockwork.yaml')).toMatchObject({
      code: 0,
      stdout: 'clockwork.yaml: in order\n',
      stderr: '',
    });
  });

  test('reports every file, and fails when one is wrong', () => {
    const { code, stdout } = program.run('check', 'clockwork.yaml', 'typo.yaml', 'gone.yaml');
    expect(code).toBe(2);
    expect(stdout).toContain('clockwork.yaml: in order\n');
    expect(stdout).toContain('typo.yaml:10:5: error[unknown-key]');
    expect(stdout).toContain('hint: did you mean `workers`?');
    expect(stdout).toContain('gone.yaml:1:1: error[no-such-file]');
  });

  test('--json prints one object', () => {
    const { code, stdout } = program.run('check', 'clockwork.yaml', 'typo.yaml', '--json');
    expect(code).toBe(2);
    const { gameday, files } = JSON.parse(stdout);
    expect(gameday).toBe(packageJson.version);
    expect(files).toEqual([
      { file: 'clockwork.yaml', ok: true, diagnostics: [] },
      {
        file: 'typo.yaml',
        ok: false,
        diagnostics: [expect.objectContaining({ code: 'unknown-key', line: 10, column: 5 })],
      },
    ]);
  });
});

describe('list', () => {
  const names = readdirSync(join(import.meta.dirname, '../../scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

  test('names every scenario that comes with the program, with what it is about', () => {
    const { scenarios } = JSON.parse(program.run('list', '--json').stdout);
    expect(scenarios.map(({ name }: { name: string }) => name)).toEqual(names);
    for (const { title, about } of scenarios) {
      expect(title).not.toBe('');
      expect(about).not.toBe('');
    }
  });

  test('is text in lines that fit a terminal', () => {
    const lines = program.run('list').stdout.split('\n');
    expect(lines.filter((line) => names.includes(line))).toEqual(names);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });

  test('every name can be checked', () => {
    const { code, stdout } = program.run('check', ...names);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.endsWith(': in order'))).toHaveLength(
      names.length,
    );
  });
});

test('schema prints the schema of scenario files', () => {
  expect(JSON.parse(program.run('schema').stdout)).toEqual(jsonSchema());
});

describe('help', () => {
  test('--version prints the version', () => {
    expect(program.run('--version')).toMatchObject({ code: 0, stdout: `${packageJson.version}\n` });
  });

  test.each([[['--help']], [['help']], [['-h']]])('%s lists every command', (args) => {
    const { code, stdout } = program.run(...args);
    expect(code).toBe(0);
    for (const name of ['run', 'cache', 'check', 'list', 'schema']) {
      expect(stdout).toContain(`gameday ${name}`);
    }
    expect(stdout).toContain('130  interrupted');
  });

  test.each(['run', 'cache', 'check', 'list', 'schema'])(
    '%s --help tells what it takes',
    (name) => {
      const { code, stdout } = program.run(name, '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^gameday ${name}`));
      expect(program.run('help', name).stdout).toBe(stdout);
    },
  );

  test('no line of it is wider than a terminal', () => {
    for (const name of ['', 'run', 'cache', 'check', 'list', 'schema']) {
      const lines = program.run('help', name).stdout.split('\n');
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
    }
  });

  test.each([
    ['chek', 'did you mean gameday check?'],
    ['clockwork.yaml', 'did you mean gameday run clockwork.yaml?'],
    ['frobnicate', 'the commands are run, cache, check, list, schema'],
  ])('gameday %s is not understood: %s', (name, hint) => {
    expect(program.run(name)).toMatchObject({
      code: 2,
      stderr: `gameday: there is no command ${name}\n  hint: ${hint}\n`,
    });
  });

  test.each([
    [['run', 'x', '--durations', '5s'], 'did you mean --duration?'],
    [['run', 'x', '--frobnicate'], 'gameday run --help lists what it takes'],
    [['check', 'x', '--seed', '5'], 'gameday check --help lists what it takes'],
    [['run', 'photo-fead'], 'did you mean the scenario photo-feed'],
  ])('%s has a cure', (args, hint) => {
    expect(program.run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(hint) });
  });
});

test('it starts in less than half a second', () => {
  const times = [1, 2, 3, 4, 5].map(() => program.run('--version').seconds);
  expect(Math.min(...times)).toBeLessThan(0.5);
});
