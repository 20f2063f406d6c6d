// The parts of the house style that a machine can judge. Every rule takes source files and returns
// complaints, one sentence each with the place first; an empty list means tidy.
import { posix } from 'node:path';
import { complainAt, isReference, memberName, parse, placeOf, textOf, walk } from './tidy-tree.ts';
import type { Node, Rule, SourceFile } from './tidy-tree.ts';

type Import = { readonly specifier: string; readonly typeOnly: boolean };
/** What a layer may import: values, and beside these some things as types only. */
type Sight = { readonly values: readonly string[]; readonly types?: readonly string[] };

const core = ['base', 'kernel', 'model', 'laboratory', 'scenario', 'experiment', 'report'];
const layers: Readonly<Record<string, Sight>> = {
  ...Object.fromEntries(core.map((name, i) => [name, { values: core.slice(0, i + 1) }])),
  protocol: { values: ['protocol'], types: core },
  worker: { values: [...core, 'protocol', 'worker'] },
  cli: { values: [...core, 'protocol', 'worker', 'cli'] },
  stage: { values: ['base', 'protocol', 'stage'] },
  panels: { values: ['base', 'protocol', 'panels'] },
  link: { values: ['base', 'protocol', 'link'], types: ['worker', 'panels'] },
  main: { values: ['base', 'protocol', 'stage', 'panels', 'link', 'main'], types: ['worker'] },
};

/** Where a package may be imported. One that is not listed may be imported nowhere. */
const packages: readonly (readonly [name: RegExp, place: RegExp])[] = [
  [/^pixi\.js(\/|$)/, /^src\/stage\//],
  [/^comlink$/, /^src\/(worker|link)\//],
  [/^(yaml|zod)(\/|$)/, /^src\/scenario\//],
  [/^seedrandom(\/|$)/, /^src\/kernel\/random\.ts$/],
  [/^(uplot|preact|@preact\/signals)(\/|$)/, /^src\/(panels\/|main\.ts$)/],
  [/^d3-scale$/, /^src\/(stage|panels)\//],
  [/^@dagrejs\/dagre$/, /^src\/(worker|experiment)\//],
  [/^node:/, /^src\/cli(\/|\.ts$)/],
];

const markupSinks = new Set(
  (
    'innerHTML outerHTML insertAdjacentHTML dangerouslySetInnerHTML setHTMLUnsafe ' +
    'createContextualFragment srcdoc'
  ).split(' '),
);

/** base ← kernel ← model ← laboratory ← scenario ← experiment ← report; the rest: `layers`. */
export const layerRule: Rule = (files) =>
  files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (layer === null) return [];
    const sight = layers[layer];
    if (sight === undefined) return [`${file.path}: ${layer} is not a layer`];
    return importsOf(file).flatMap(({ specifier, typeOnly }) => {
      const target = targetOf(file.path, specifier);
      if (target === null) return [];
      const other = layerOf(target);
      if (other === null) {
        const fine = /^(scenarios|schema)\/|^package\.json$/.test(target);
        return fine ? [] : [`${file.path}: may not import ${target}, which is not part of src`];
      }
      if (sight.values.includes(other)) return [];
      if (typeOnly && sight.types?.includes(other)) return [];
      const what = sight.types?.includes(other) ? ' except as a type' : '';
      return [`${file.path}: ${layer} may not import ${target}${what}`];
    });
  });

export const packageRule: Rule = (files) =>
  files.flatMap((file) =>
    importsOf(file).flatMap(({ specifier }) => {
      if (specifier.startsWith('.')) return [];
      const known = packages.find(([name]) => name.test(specifier));
      if (known === undefined) return [`${file.path}: ${specifier} has no place in src`];
      return known[1].test(file.path) ? [] : [`${file.path}: may not import ${specifier}`];
    }),
  );

/** Types count as well: two files that need each other's types belong together or apart. */
export const cycleRule: Rule = (files) => {
  const edges = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const done = new Set<string>();
  const complaints: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path);
    if (seen >= 0) complaints.push(`${[...trail.slice(seen), path].join(' → ')}: import cycle`);
    if (seen >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return complaints;
};

/** A barrel is a file that only passes values on; passing types on across a border is fine. */
export const barrelRule: Rule = (files) =>
  files.flatMap((file) => {
    const body = parse(file)['body'] as Node[];
    const stars = body.filter((node) => node.type === 'ExportAllDeclaration');
    const rest = body.filter((node) => node.type !== 'ImportDeclaration');
    const passesOn = rest.every(
      (node) => node.type === 'ExportNamedDeclaration' && node['declaration'] === null,
    );
    const values = rest.some((node) => node['exportKind'] === 'value' && hasSpecifiers(node));
    return [
      ...stars.map((node) => `${placeOf(file, node)}: export * hides where a name comes from`),
      ...(passesOn && values ? [`${file.path}: a barrel; import from the file that defines`] : []),
    ];
  });

/** Names say what a thing is; these words say only that it is there. */
export const nameRule: Rule = (files) =>
  files.flatMap((file) => {
    const stem = posix.basename(file.path).replace(/\..*$/, '');
    const badFile = /(^|-)(managers?|helpers?|utils?|infos?|impls?)$|-(data|base)$/.test(stem);
    const banned = /(Manager|Helper|Util|Info|Impl)s?$|(?<=[a-z0-9])(Data|Base)$/;
    const bannedLower = /^(manager|helper|util|info|impl)s?$|_(MANAGER|HELPER|UTIL|DATA|INFO)S?$/;
    return [
      ...(badFile ? [`${file.path}: the name ends in an empty word`] : []),
      ...exportedNames(file)
        .filter((name) => banned.test(name) || bannedLower.test(name))
        .map((name) => `${file.path}: the export ${name} ends in an empty word`),
    ];
  });

/** Folders in underscores belong to tools; documents may have names in capitals. */
export const kebabRule = (paths: readonly string[]): string[] =>
  paths
    .filter((path) =>
      path
        .split('/')
        .filter((part) => !/^__\w+__$/.test(part) && !/^[A-Z-]+\.md$/.test(part))
        .some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(part)),
    )
    .map((path) => `${path}: not in kebab case`);

/** Text reaches the page as text, never as markup or code. */
export const markupRule: Rule = (files) =>
  complainAt(files, (node, parent) => {
    const name = memberName(node) ?? keyName(node);
    if (name !== null && markupSinks.has(name)) return name;
    if (name === 'write' && objectName(node) === 'document') return 'document.write';
    if (!isReference(node, parent)) return null;
    if (node['name'] === 'eval') return 'eval';
    const isCallee = parent !== null && parent['callee'] === node;
    return node['name'] === 'Function' && isCallee ? 'new Function' : null;
  });

/** Unfinished work is told in the issue tracker, not in the source. */
export const finishedRule: Rule = (files) =>
  complainPerLine(files, (line) => /\b(TODO|FIXME|XXX|HACK)\b/.exec(line)?.[0] ?? null);

/** Prettier breaks code at 100 columns but not comments and strings. Addresses may be longer. */
export const widthRule: Rule = (files) =>
  complainPerLine(files, (line) =>
    line.length > 100 && !/https?:\/\//.test(line) ? `${line.length} columns, 100 at most` : null,
  );

/** Every path of the repository that a document names in backticks is there. */
export const pathRule = (documents: readonly SourceFile[], exists: (path: string) => boolean) =>
  documents.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:src|test|docs|scenarios|tools|bench|schema)\/[^`\s]*)`/g)]
      .map((match) => (match[1] ?? '').replace(/[#:].*$/, ''))
      // Of `src/model/policies/<slot>/*.ts` the part before the first blank to fill must exist.
      .map((named) => named.replace(/[^/]*[*<{…].*$/, ''))
      .filter((named) => !exists(named))
      .map((named) => `${path}: names ${named}, which does not exist`),
  );

function layerOf(path: string): string | null {
  const [, folder, name] = /^src\/(?:([^/]+)\/.+|([^/]+))$/.exec(path) ?? [];
  if (name !== undefined) return /\.d\.ts$|\.json$/.test(name) ? null : name.replace(/\..*$/, '');
  return folder ?? null;
}

/** The file that a relative import means, or null for a package. */
function targetOf(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
}

function targetsOf(file: SourceFile): string[] {
  const targets = importsOf(file).map(({ specifier }) => targetOf(file.path, specifier));
  return targets.filter((target) => target !== null);
}

/** Every way to name another module: import, export from, import(), import types, glob. */
function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(parse(file), (node) => {
    if (isGlob(node)) found.push(...globsOf(node));
    const source = node['source'] as Node | null | undefined;
    if (!/^(Import|Export\w*|Import\w*|TSImport\w*)$/.test(node.type)) return;
    if (typeof source?.['value'] !== 'string') return;
    found.push({ specifier: source['value'], typeOnly: isTypeOnly(node) });
  });
  return found;
}

function isTypeOnly(node: Node): boolean {
  if (node.type.startsWith('TSImport')) return true;
  if ((node['importKind'] ?? node['exportKind']) === 'type') return true;
  const specifiers = (node['specifiers'] ?? []) as Node[];
  const kinds = specifiers.map((specifier) => specifier['importKind'] ?? specifier['exportKind']);
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}

function isGlob(node: Node): boolean {
  const callee = node['callee'] as Node | undefined;
  return callee !== undefined && memberName(callee) === 'glob';
}

function globsOf(node: Node): Import[] {
  const first = (node['arguments'] as Node[])[0];
  const patterns = ((first?.['elements'] as Node[] | undefined) ?? [first]).map(
    (n) => n?.['value'],
  );
  return patterns
    .filter((pattern) => typeof pattern === 'string')
    .filter((pattern) => !pattern.startsWith('!'))
    .map((specifier) => ({ specifier, typeOnly: false }));
}

function hasSpecifiers(node: Node): boolean {
  const specifiers = (node['specifiers'] ?? []) as Node[];
  return specifiers.some((specifier) => specifier['exportKind'] !== 'type');
}

function exportedNames(file: SourceFile): string[] {
  return (parse(file)['body'] as Node[]).flatMap((node) => {
    const declaration = node['declaration'] as Node | null | undefined;
    const declared = (declaration?.['declarations'] as Node[] | undefined) ?? [declaration];
    const specifiers = (node['specifiers'] ?? []) as Node[];
    if (!node.type.startsWith('Export')) return [];
    const ids = declared.map((one) => one?.['id'] as Node | undefined);
    const names = [...ids, ...specifiers.map((one) => one['exported'] as Node)];
    return names.map((one) => one?.['name']).filter((name) => typeof name === 'string');
  });
}

function objectName(node: Node): unknown {
  return (node['object'] as Node | undefined)?.['name'];
}

/** The name of a property in an object literal or of an attribute in JSX, else null. */
function keyName(node: Node): string | null {
  if (node.type === 'Property') return textOf(node['key'] as Node, node['computed'] === true);
  return node.type === 'JSXAttribute' ? textOf(node['name'] as Node, false) : null;
}

function complainPerLine(
  files: readonly SourceFile[],
  judge: (line: string) => string | null,
): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, i) => {
      const what = judge(line);
      return what === null ? [] : [`${file.path}:${i + 1}: ${what}`];
    }),
  );
}
