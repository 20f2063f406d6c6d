// The house style as a test. Each rule is first shown a snippet that breaks it, so that a rule
// which cannot fail is found out, and one that keeps it; then it reads the whole repository. What
// keeps runs the same has rules of its own, in determinism.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as tidy from './tidy-rules.ts';
import type { Rule } from './tidy-tree.ts';

const root = join(import.meta.dirname, '..');
const paths = ['src', 'test', 'tools', 'bench', 'scenarios', 'schema', 'docs'].flatMap(list);
const read = (path: string) => ({ path, text: readFileSync(join(root, path), 'utf8') });
const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('test/invalid/');
const code = paths.filter(isCode).map(read);
const below = (...folders: string[]) =>
  code.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));

/** Complaints about one snippet, without the place. */
function about(rule: Rule, path: string, text: string): string[] {
  return rule([{ path, text }]).map((complaint) => complaint.replace(/^\S+: /, ''));
}

describe('layers', () => {
  const refused: [path: string, text: string][] = [
    ['src/base/units.ts', `import { a } from '../kernel/agenda.ts';`],
    ['src/kernel/agenda.ts', `import type { A } from '../model/world.ts';`],
    ['src/model/world.ts', `export { a } from '../scenario/schema.ts';`],
    ['src/scenario/schema.ts', `const a = await import('../experiment/run.ts');`],
    ['src/experiment/run.ts', `type A = import('../report/cost.ts').A;`],
    ['src/report/cost.ts', `import { a } from '../protocol/frame.ts';`],
    ['src/protocol/frame.ts', `import { a } from '../kernel/histogram.ts';`],
    ['src/stage/scene.ts', `import type { A } from '../model/world.ts';`],
    ['src/panels/chart.tsx', `import { a } from '../stage/scene.ts';`],
    ['src/panels/form.ts', `import.meta.glob(['../model/components/*.ts'], { eager: true });`],
    ['src/worker/engine.ts', `import { a } from '../panels/chart.tsx';`],
    ['src/main.ts', `import { a } from './worker/engine.ts';`],
    ['src/cli.ts', `import { a } from './stage/scene.ts';`],
    ['src/base/units.ts', `import { a } from '../../test/example.ts';`],
    ['src/shared/thing.ts', ``],
  ];
  test.each(refused)('in %s the line %s is refused', (path, text) => {
    expect(about(tidy.layerRule, path, text)).toHaveLength(1);
  });

  const allowed: [path: string, text: string][] = [
    ['src/model/world.ts', `import { a } from '../kernel/agenda.ts'; import './request.ts';`],
    ['src/protocol/frame.ts', `import type { A } from '../report/cost.ts';`],
    ['src/protocol/frame.ts', `export { type A } from '../model/world.ts';`],
    ['src/main.ts', `import type { A } from './worker/engine.ts'; import './panels/page.css';`],
    ['src/cli.ts', `import { a } from './report/cost.ts'; import b from '../package.json';`],
    ['src/panels/gallery.ts', `import.meta.glob('../../scenarios/*.yaml', { query: '?raw' });`],
  ];
  test.each(allowed)('in %s the line %s is allowed', (path, text) => {
    expect(about(tidy.layerRule, path, text)).toEqual([]);
  });

  test('no file of src imports a layer that it may not see', () => {
    expect(tidy.layerRule(below('src'))).toEqual([]);
  });
});

describe('packages', () => {
  test.each([
    ['src/panels/chart.ts', `import { Container } from 'pixi.js';`],
    ['src/stage/scene.ts', `import 'comlink';`],
    ['src/model/components/cache.ts', `import { z } from 'zod';`],
    ['src/kernel/agenda.ts', `import alea from 'seedrandom/lib/alea.js';`],
    ['src/main.ts', `import { readFileSync } from 'node:fs';`],
    ['src/base/list.ts', `import { chunk } from 'lodash';`],
  ])('in %s the line %s is refused', (path, text) => {
    expect(about(tidy.packageRule, path, text)).toHaveLength(1);
  });

  test('each package is imported only where it belongs', () => {
    const fine = `import 'pixi.js/unsafe-eval'; import { Container } from 'pixi.js';`;
    expect(about(tidy.packageRule, 'src/stage/scene.ts', fine)).toEqual([]);
    expect(tidy.packageRule(below('src'))).toEqual([]);
  });
});

describe('shape of files', () => {
  test('no import cycle in src', () => {
    const cycle = [
      { path: 'src/base/a.ts', text: `import './b.ts';` },
      { path: 'src/base/b.ts', text: `import type { C } from './c.ts';` },
      { path: 'src/base/c.ts', text: `import './b.ts';` },
    ];
    expect(tidy.cycleRule(cycle)).toEqual([
      'src/base/b.ts → src/base/c.ts → src/base/b.ts: import cycle',
    ]);
    expect(tidy.cycleRule(cycle.slice(0, 2))).toEqual([]);
    expect(tidy.cycleRule(below('src'))).toEqual([]);
  });

  test('no barrel and no export *', () => {
    const barrel = (text: string) => about(tidy.barrelRule, 'src/base/a.ts', text);
    expect(barrel(`export * from './b.ts'; export const a = 1;`)).toHaveLength(1);
    expect(barrel(`export { b } from './b.ts';`)).toHaveLength(1);
    expect(barrel(`import { b } from './b.ts'; export { b };`)).toHaveLength(1);
    expect(barrel(`export type { B } from './b.ts';`)).toEqual([]);
    expect(barrel(`const a = 1; export { a };`)).toEqual([]);
    expect(tidy.barrelRule(below('src'))).toEqual([]);
  });

  test('no line is wider than 100 columns', () => {
    const wide = `// ${'word '.repeat(30)}`;
    expect(about(tidy.widthRule, 'src/base/a.ts', wide)).toHaveLength(1);
    expect(about(tidy.widthRule, 'src/base/a.ts', `${wide} https://example.org/`)).toEqual([]);
    expect(tidy.widthRule(below('src', 'tools', 'bench'))).toEqual([]);
  });

  test.each([
    ['max-lines', '// line\n'.repeat(401)],
    ['max-lines-per-function', `export function a() {\n${'  a();\n'.repeat(70)}}\n`],
  ])('the linter holds %s', (rule, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'gameday-tidy-'));
    writeFileSync(join(folder, 'long.ts'), text);
    const config = join(root, '.oxlintrc.json');
    const linter = join(root, 'node_modules/oxlint/bin/oxlint');
    const result = spawnSync(process.execPath, [linter, '-c', config, 'long.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(result.stdout).toContain(`eslint(${rule})`);
    expect(result.status).toBe(1);
  });
});

describe('names', () => {
  test('no exported name and no file name ends in an empty word', () => {
    const names = (path: string, text: string) => about(tidy.nameRule, path, text);
    expect(names('src/base/a.ts', `export class QueueManager {}`)).toHaveLength(1);
    expect(names('src/base/a.ts', `export const a = 1, nodeInfo = 2;`)).toHaveLength(1);
    expect(names('src/base/a.ts', `const a = 1; export { a as RunData };`)).toHaveLength(1);
    expect(names('src/base/a.ts', `export type CacheBase = 1;`)).toHaveLength(1);
    expect(names('src/base/string-utils.ts', ``)).toHaveLength(1);
    expect(names('src/base/a.ts', `export const database = 1; class Info {}`)).toEqual([]);
    expect(names('src/model/components/database.ts', ``)).toEqual([]);
    expect(tidy.nameRule(code)).toEqual([]);
  });

  test('files and folders are in kebab case', () => {
    expect(tidy.kebabRule(['src/base/TimeUnit.ts', 'test/a_b.test.ts'])).toHaveLength(2);
    expect(tidy.kebabRule(['src/base/time-unit.ts', 'docs/SPEC.md'])).toEqual([]);
    expect(tidy.kebabRule(paths)).toEqual([]);
  });
});

describe('safety', () => {
  test.each([
    ['node.innerHTML = text;', 'innerHTML'],
    [`node['outerHTML'] = text;`, 'outerHTML'],
    [`node.insertAdjacentHTML('beforeend', text);`, 'insertAdjacentHTML'],
    ['const x = { dangerouslySetInnerHTML: text };', 'dangerouslySetInnerHTML'],
    ['document.write(text);', 'document.write'],
    ['eval(text);', 'eval'],
    ['const x = new Function(text);', 'new Function'],
    ['const x = Function(text);', 'new Function'],
  ])('%s is refused', (text, complaint) => {
    expect(about(tidy.markupRule, 'src/panels/a.ts', text)).toEqual([complaint]);
  });

  test('text never reaches the page as markup or code', () => {
    expect(about(tidy.markupRule, 'src/panels/a.ts', 'node.textContent = text;')).toEqual([]);
    expect(tidy.markupRule(below('src'))).toEqual([]);
  });

  test('every dependency is pinned exactly and the lockfile names no server', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json').text);
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    const unpinned = (all: string[]) => all.filter((version) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(unpinned(['1.2.3', '^1.2.3', 'latest'])).toEqual(['^1.2.3', 'latest']);
    expect(unpinned(versions)).toEqual([]);
    expect(read('package-lock.json').text).not.toMatch(/"resolved": "https?:/);
  });
});

describe('words', () => {
  test('nothing is marked as unfinished', () => {
    const mark = ['TO', 'DO'].join('');
    expect(about(tidy.finishedRule, 'src/base/a.ts', `// ${mark}: later`)).toEqual([mark]);
    const own = 'test/tidy-rules.ts';
    expect(tidy.finishedRule(code.filter(({ path }) => path !== own))).toEqual([]);
  });

  test('every path that a document names exists', () => {
    const exists = (path: string) => existsSync(join(root, path));
    const named = (text: string) => tidy.pathRule([{ path: 'docs/a.md', text }], exists);
    expect(named('See `src/nowhere/at-all.ts:12`.')).toHaveLength(1);
    expect(
      named('See `nowhere/<name>.ts` and `test/<name>.ts` and `test/tidy.test.ts#l`.'),
    ).toEqual([]);
    const documents = [...paths, 'README.md'].filter((path) =>
      /^(docs\/|README).*\.md$/.test(path),
    );
    expect(tidy.pathRule(documents.filter(exists).map(read), exists)).toEqual([]);
  });
});

/** Every file below a folder, or none when the folder is not there. */
function list(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? list(path) : [path];
    })
    .sort();
}
