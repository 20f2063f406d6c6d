// What keeps a run the same everywhere is forbidden to break in three ways: by the rules of
// determinism-rules.ts, by the linter, and by types without a browser or a Node. Each ban is shown
// sources that break it, so that one which cannot fail is found out; then the source itself is read.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readName } from '../src/scenario/names.ts';
import { exactRule, openStateRule, safeMath, timelessRule } from './determinism-rules.ts';
import type { Rule } from './tidy-tree.ts';

const root = join(import.meta.dirname, '..');
const simulation = ['base', 'kernel', 'model'];
const results = [...simulation, 'scenario', 'experiment', 'report'];

/** What Math has that is not exact everywhere, and chance, which belongs to a stream. */
const inexactMath = (
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 f16round hypot log log10 log1p ' +
  'log2 pow random sin sinh sumPrecise tan tanh'
).split(' ');
const localeCalls = [
  'localeCompare',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
];
const waysOut = [
  'Date',
  'performance',
  'Promise',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'queueMicrotask',
  'crypto',
  'Atomics',
  'SharedArrayBuffer',
  'MessageChannel',
  'WeakRef',
  'FinalizationRegistry',
  'globalThis',
];
const platform = ['document', 'window', 'navigator', 'self', 'process', 'fetch'];

function about(rule: Rule, text: string): string[] {
  const path = 'src/kernel/a.ts';
  return rule([{ path, text }]).map((complaint) => complaint.replace(/^\S+: /, ''));
}

describe('the rules', () => {
  test.each(inexactMath)('refuse Math.%s', (name) => {
    expect(about(exactRule, `const x = Math.${name}(2);`)).toEqual([`Math.${name}`]);
    expect(about(exactRule, `const x = Math['${name}'](2);`)).toEqual([`Math.${name}`]);
  });

  test('refuse whatever else this engine has in Math and is not known to be exact', () => {
    const others = Object.getOwnPropertyNames(Math).filter((name) => !safeMath.has(name));
    expect(others.length).toBeGreaterThan(20);
    for (const name of others) {
      expect(about(exactRule, `const x = Math.${name}(2);`)).toEqual([`Math.${name}`]);
    }
  });

  test.each<[text: string, complaint: string]>([
    ['const { pow } = Math;', 'Math passed on'],
    ['const library = Math;', 'Math passed on'],
    ['const x = Math[`log`](2);', 'Math passed on'],
    ['const x = 2 ** 3;', 'the operator **'],
    ['const x = y ** 0.5;', 'the operator **'],
    ['let x = 2; x **= 3;', 'the operator **'],
    ['const x = new Intl.NumberFormat();', 'Intl'],
    ['for (const name in users) visit(name);', 'for … in'],
    ...localeCalls.map((name): [string, string] => [`const x = a.${name}(b);`, name]),
  ])('refuse %s where results are computed', (text, complaint) => {
    expect(about(exactRule, text)).toEqual([complaint]);
  });

  test.each<[text: string, complaint: string]>([
    ...waysOut.map((name): [string, string] => [`const x = () => ${name};`, name]),
    ['const x = Date.now();', 'Date'],
    ['let x: Promise<number>;', 'Promise'],
    ['const x = { Date };', 'Date'],
    ['async function run() {}', 'an async function'],
    ['const run = async () => 1;', 'an async function'],
    ['class A { async run() {} }', 'an async function'],
    ['await run();', 'await'],
    ['export {}; for await (const x of y) run(x);', 'await'],
    [`import('./other.ts').then(run);`, 'import()'],
  ])('refuse %s, because it leads out of the run', (text, complaint) => {
    expect(about(timelessRule, text)).toEqual([complaint]);
  });

  test.each(['function* walk() {}', 'class A { *walk() {} }'])('refuse %s in a run', (text) => {
    expect(about(openStateRule, text)).toEqual(['a generator']);
  });

  test('allow a property or a comment with a banned name, and exact arithmetic', () => {
    const text = `const x = { Date: 1, performance: node.performance }; // Math.log, await`;
    expect(about(timelessRule, text)).toEqual([]);
    const exact = [...safeMath].map((name) => `use(Math.${name});`).join(' ');
    expect(about(exactRule, `${text}\n${exact} for (const x of y) use(x);`)).toEqual([]);
    expect(about(openStateRule, 'function walk() {} const y = 2 * 3;')).toEqual([]);
  });

  test('find nothing in what computes results', () => {
    const files = results.flatMap(sourcesIn);
    expect(files.length).toBeGreaterThan(100);
    expect(exactRule(files)).toEqual([]);
    expect(timelessRule(files)).toEqual([]);
    expect(openStateRule(simulation.flatMap(sourcesIn))).toEqual([]);
  });
});

describe('the linter', () => {
  /** A bad source and the rule that must say so. */
  const bad: readonly (readonly [text: string, rule: string])[] = [
    ...inexactMath.map(
      (name) => [`export const x = Math.${name}(2, 3);`, 'no-restricted-properties'] as const,
    ),
    ...localeCalls.map(
      (name) =>
        [`export const x = (a: any) => a.${name}('b');`, 'no-restricted-properties'] as const,
    ),
    ...['Intl', ...waysOut, ...platform].map(
      (name) => [`export const x = () => ${name};`, 'no-restricted-globals'] as const,
    ),
    ['export const x = async () => 1;', 'no-async-await'],
    ['export async function run(): Promise<void> {}', 'no-async-await'],
    ['export const x = [3, 20, 100].sort();', 'require-array-sort-compare'],
    [`export const x = eval('1');`, 'no-eval'],
    [`export const x = new Function('1');`, 'no-new-func'],
  ];

  test('refuses every one of the bans, in every layer that computes results', () => {
    const findings = lint(
      Object.fromEntries(
        bad.flatMap(([text], place) =>
          // One layer for each in turn, and the kernel for all.
          [results[place % results.length]!, 'kernel'].map((layer) => [
            `src/${layer}/bad-${place}.ts`,
            text,
          ]),
        ),
      ),
    );
    for (const [place, [text, rule]] of bad.entries()) {
      for (const layer of [results[place % results.length]!, 'kernel']) {
        expect(findings.get(`src/${layer}/bad-${place}.ts`), `${layer}: ${text}`).toContain(rule);
      }
    }
  });

  test('allows the same outside of them, and what is exact within', () => {
    const fine = `export const x = Math.floor(2.5) + Math.sqrt(2) + Math.imul(3, 4);\n`;
    const findings = lint({
      'src/panels/free.ts': `export const x = Math.log(2) + performance.now();\n`,
      'src/kernel/fine.ts': `${fine}export const y = ['b', 'a'].sort();\n`,
    });
    expect([...findings]).toEqual([]);
  });
});

test('the types of what computes results know neither a browser nor a Node', () => {
  const names = [
    ...platform,
    'performance',
    'crypto',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
    'requestAnimationFrame',
    'MessageChannel',
    'Worker',
    'console',
    'Buffer',
    'require',
  ];
  const folder = join(root, `node_modules/.cache/gameday/determinism-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const config = { extends: join(root, 'src/tsconfig.core.json'), include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    names.forEach((name, place) => {
      writeFileSync(join(folder, `bad-${place}.ts`), `export const x = ${name};\n`);
    });
    writeFileSync(join(folder, 'fine.ts'), 'export const x = [1, 2].map((n) => Math.sqrt(n));\n');
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = run(folder, [compiler, '-p', '.', '--pretty', 'false']);
    names.forEach((name, place) => {
      expect(stdout).toMatch(new RegExp(`bad-${place}\\.ts.* '${name}'`));
    });
    expect(stdout).not.toContain('fine.ts');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('no name in a scenario looks like an integer, so maps keep the order of the file', () => {
  for (const text of ['0', '7', '10', '-1', '1e3', '4294967294', '01', ' 5', '٣', '1a']) {
    expect(readName(text).ok, text).toBe(false);
  }
  expect(readName('a1').ok).toBe(true);
});

/** Rules that found something, by the path of the file. */
function lint(files: Readonly<Record<string, string>>): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-lint-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const linter = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = run(folder, [linter, '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { code: string; filename: string }[];
    };
    const found = new Map<string, string[]>();
    for (const { code, filename } of diagnostics) {
      const rule = code.replace(/^.*\((.*)\)$/, '$1');
      found.set(filename, [...(found.get(filename) ?? []), rule]);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(cwd: string, args: string[]) {
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1e8 });
}

/** Every file of code of a layer, with its path from the root. */
function sourcesIn(layer: string): { path: string; text: string }[] {
  const folder = join(root, 'src', layer);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      path: `src/${layer}/${name}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}
