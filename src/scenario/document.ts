/**
 * Text to tree: YAML 1.2 core schema without anchors, aliases, tags, merge keys and directives.
 * Duplicate keys are found by the tree (in linear time; the parser's own check is quadratic).
 */

import { isScalar, parseDocument } from 'yaml';
import { prescan } from './prescan.ts';
import { explain } from './syntax-errors.ts';
import { TreeBuilder } from './tree.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Tree } from './tree.ts';

/** The parser's settings, shared with the printer. */
export const parseOptions = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  resolveKnownTags: false,
  logLevel: 'error',
} as const;

/**
 * The tree of a text, or null with at least one diagnostic when there is none. `base` is added to
 * all offsets.
 */
export function readTree(text: string, diagnostics: Diagnostics, base = 0): Tree | null {
  const scan = prescan(text, diagnostics, base);
  if (scan === null) return null;
  const document = parseDocument(text, parseOptions);
  const error = document.errors[0];
  if (error !== undefined) {
    const { offset, message, hint } = explain(error, text, scan);
    diagnostics.error(base + offset, 'yaml-syntax', message, hint);
    return null;
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    const hint = 'start with `name:`, `duration:`, `traffic:` and `components:`';
    diagnostics.error(base, 'empty-file', 'the file is empty', hint);
    return null;
  }
  const builder = new TreeBuilder(text, diagnostics, base);
  const tree = builder.build(contents, base);
  return builder.isSound ? tree : null;
}
