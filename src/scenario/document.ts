/**
 * Text to tree: YAML 1.2 core schema without anchors, aliases, tags, merge keys and directives.
 * Duplicate keys are found by the tree (in linear time; the parser's own check is quadratic).
 */

import { parseDocument } from 'yaml';
import { prescan } from './prescan.ts';
import { TreeBuilder } from './tree.ts';
import type { YAMLError } from 'yaml';
import type { Diagnostics } from './diagnostics.ts';
import type { Tree } from './tree.ts';

/** Broken YAML makes the parser stumble again and again; the first few places say enough. */
const MOST_SYNTAX_ERRORS = 3;

/** The parser's settings, shared with the printer. */
export const parseOptions = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  resolveKnownTags: false,
  logLevel: 'silent',
} as const;

/**
 * The tree of a text, or null with at least one diagnostic when there is none. `base` is added to
 * all offsets.
 */
export function readTree(text: string, diagnostics: Diagnostics, base = 0): Tree | null {
  if (!prescan(text, diagnostics, base)) return null;
  const document = parseDocument(text, parseOptions);
  if (document.errors.length > 0) {
    reportSyntax(document.errors, diagnostics, base);
    return null;
  }
  if (document.contents === null) {
    const hint = 'start with `name:`, `duration:`, `traffic:` and `components:`';
    diagnostics.error(base, 'empty-file', 'the file is empty', hint);
    return null;
  }
  return new TreeBuilder(text, diagnostics, base).build(document.contents, base);
}

/** One diagnostic for each of the first few lines that the parser could not read. */
function reportSyntax(errors: readonly YAMLError[], diagnostics: Diagnostics, base: number): void {
  const lines = new Set<number>();
  for (const error of errors) {
    const { line } = diagnostics.source.placeOf(base + error.pos[0]);
    if (lines.has(line)) continue;
    lines.add(line);
    if (lines.size > MOST_SYNTAX_ERRORS) return;
    const [message, hint] = explain(error);
    diagnostics.error(base + error.pos[0], 'yaml-syntax', message, hint);
  }
}

/** The parser's complaint in the words of someone who writes YAML, and the usual cure. */
function explain(error: YAMLError): readonly [message: string, hint: string | null] {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return ['a tab is used as indentation', 'indent with spaces'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'a second `key: value` on one line, or a line that is indented too far',
        'put a value that contains `: ` in quotes; give keys of one map the same indentation',
      ];
    case 'MULTILINE_IMPLICIT_KEY':
      return ['a key goes over several lines', 'is a colon missing, or a line indented too far?'];
    case 'BAD_INDENT':
      return error.message.startsWith('Flow')
        ? ['a `[` or `{` is not closed', 'close it, or indent its lines further than its key']
        : ['the keys of one map start at different columns', 'give them the same indentation'];
    case 'MISSING_CHAR':
      return error.message.includes('quote')
        ? ['a quote is not closed', 'write the closing quote']
        : [lowerFirst(error.message), 'is a comma, a colon or a closing bracket missing?'];
    case 'BAD_SCALAR_START':
      return ['a value cannot start with this character', 'put the value in quotes'];
    case 'MULTIPLE_DOCS':
      return ['the file holds several documents', 'remove `---`; one file is one scenario'];
    case 'UNEXPECTED_TOKEN':
      return ['this does not belong here', 'is a bracket too many, or a `-` or a quote missing?'];
    default:
      return [lowerFirst(error.message), null];
  }
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
