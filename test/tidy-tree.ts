// Source files as syntax trees, and what the rules on them share. A rule takes source files and
// returns complaints, one sentence each with the place first; an empty list means tidy.
import { parseSync } from 'vite';

/** A file by its path from the root of the repository. */
export type SourceFile = { readonly path: string; readonly text: string };
export type Rule = (files: readonly SourceFile[]) => string[];

export type Node = {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
};

/** `b` of `a.b` and of `a['b']`, else null. */
export function memberName(node: Node): string | null {
  if (node.type !== 'MemberExpression') return null;
  return textOf(node['property'] as Node, node['computed'] === true);
}

/** The text of a literal, or a name that stands for itself, else null. */
export function textOf(node: Node, computed: boolean): string | null {
  const text = computed || node.type === 'Literal' ? node['value'] : node['name'];
  return typeof text === 'string' ? text : null;
}

/** True for a name that is used, not one that only labels a property. */
export function isReference(node: Node, parent: Node | null): boolean {
  if (node.type !== 'Identifier') return false;
  const labels = parent?.['property'] === node || parent?.['key'] === node;
  return !labels || parent?.['computed'] === true || parent?.['shorthand'] === true;
}

/** A complaint, with its line, for every node of which the judge has one to make. */
export function complainAt(
  files: readonly SourceFile[],
  judge: (node: Node, parent: Node | null) => string | null,
): string[] {
  return files.flatMap((file) => {
    const complaints = new Set<string>();
    walk(parse(file), (node, parent) => {
      const what = judge(node, parent);
      if (what !== null) complaints.add(`${placeOf(file, node)}: ${what}`);
    });
    return [...complaints];
  });
}

export function placeOf(file: SourceFile, node: Node): string {
  return `${file.path}:${file.text.slice(0, node.start).split('\n').length}`;
}

const parsed = new WeakMap<SourceFile, Node>();

export function parse(file: SourceFile): Node {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const { program, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} does not parse: ${errors[0]?.message}`);
  const tree = program as unknown as Node;
  parsed.set(file, tree);
  return tree;
}

export function walk(node: Node, visit: (node: Node, parent: Node | null) => void): void {
  const step = (value: unknown, parent: Node | null): void => {
    if (Array.isArray(value)) for (const item of value) step(item, parent);
    else if (isNode(value)) {
      visit(value, parent);
      for (const child of Object.values(value)) step(child, value);
    }
  };
  step(node, null);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
