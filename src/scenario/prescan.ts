/**
 * A quick look at the tokens of a YAML text before it is parsed: nesting, size, and the parts of
 * YAML that the scenario language leaves out. It is a loop without recursion over the text, so what
 * would cost the parser its stack, its memory or quadratic time is refused here.
 */

import { CST, Lexer } from 'yaml';
import { limits } from './limits.ts';
import type { Diagnostics } from './diagnostics.ts';

/** Tokens of YAML features that are refused, and what to do instead. */
const refusedTokens: Readonly<
  Record<string, readonly [code: string, message: string, hint: string]>
> = {
  anchor: [
    'no-anchors',
    'anchors are not part of the language',
    'write the value where it is used',
  ],
  alias: ['no-aliases', 'aliases are not part of the language', 'write the value out again'],
  tag: ['no-tags', 'tags are not part of the language', 'remove it; a unit or quotes say the type'],
  'directive-line': ['no-directives', 'directives are not part of the language', 'remove the line'],
};

/** A key and its value on one line count as two levels here; the tree is checked exactly. */
const SLACK = 1;

/** What the parser does not say when it fails. */
export interface Scan {
  /** Offset of the innermost bracket that is never closed. */
  readonly openBracket: number | null;
  /** Offset of the last quote that opens a value. */
  readonly lastQuote: number | null;
}

/** Reports what it finds, at offsets from `base` on; null when the text must not be parsed. */
export function prescan(text: string, diagnostics: Diagnostics, base = 0): Scan | null {
  const depth = new Nesting();
  let offset = 0;
  let lineStart = 0;
  let parts = 0;
  let lastQuote: number | null = null;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    const refused = type === null ? undefined : refusedTokens[type];
    if (refused !== undefined) {
      diagnostics.error(
        base + offset,
        refused[0],
        `\`${token.slice(0, 40)}\`: ${refused[1]}`,
        refused[2],
      );
      return null;
    }
    if (depth.see(type, offset, offset - lineStart) > limits.depth + SLACK) {
      diagnostics.error(
        base + offset,
        'too-deep',
        `lists and maps nest deeper than ${limits.depth}`,
      );
      return null;
    }
    if (type === 'comma' || type === 'seq-item-ind' || type === 'map-value-ind') parts++;
    if (type === 'explicit-key-ind' || type === 'scalar') parts += 0.25;
    if (type?.endsWith('quoted-scalar')) {
      parts += 0.25;
      lastQuote = offset;
    }
    if (parts > limits.keys * 1.5) {
      const message = `the file has more than ${limits.keys} keys and list items`;
      diagnostics.error(base + offset, 'too-many-keys', message);
      return null;
    }
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') continue;
    const newline = token.lastIndexOf('\n');
    if (newline !== -1) lineStart = offset + newline + 1;
    offset += token.length;
  }
  return { openBracket: depth.openBracket, lastQuote };
}

/** Counts how many lists and maps are open: brackets exactly, indented ones by their columns. */
class Nesting {
  /** Offsets of the open brackets. */
  readonly #brackets: number[] = [];
  readonly #columns: number[] = [];

  get openBracket(): number | null {
    return this.#brackets.at(-1) ?? null;
  }

  /** The depth after a token of that type at that place. */
  see(type: string | null, offset: number, column: number): number {
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.#brackets.push(offset);
    else if (type === 'flow-map-end' || type === 'flow-seq-end') {
      this.#brackets.pop();
    } else if (
      this.#brackets.length === 0 &&
      (type === 'scalar' || type?.endsWith('-ind') === true)
    ) {
      if (type !== 'map-value-ind') this.#indent(column);
    }
    return this.#brackets.length + this.#columns.length;
  }

  #indent(column: number): void {
    while (this.#columns.length > 0 && this.#columns.at(-1)! > column) this.#columns.pop();
    if (this.#columns.at(-1) !== column) this.#columns.push(column);
  }
}
