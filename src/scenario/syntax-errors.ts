/** The YAML parser's complaints in the words of someone who writes YAML, with the usual cure. */

import type { YAMLError } from 'yaml';
import type { Scan } from './prescan.ts';

export interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
  readonly hint: string | null;
}

/** Explains the first complaint about a text; later ones mostly follow from it. */
export function explain(error: YAMLError, text: string, scan: Scan): SyntaxProblem {
  const offset = error.pos[0];
  const rest = lineFrom(text, offset);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return problem(offset, 'a tab is used as indentation', 'indent with spaces');
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/: |:$/.test(rest)) {
        const message = 'there is a second `: ` on this line';
        const place = offset + Math.max(0, rest.search(/: |:$/));
        return problem(place, message, 'put a value that contains `: ` in quotes');
      }
      return overIndented(text, offset);
    case 'MULTILINE_IMPLICIT_KEY': {
      const glued = /^([\w-]+):(\S[^#]*?)\s*(?:#.*)?$/.exec(rest);
      if (glued === null) return overIndented(text, offset);
      const hint = `write \`${glued[1]!}: ${glued[2]!}\``;
      return problem(offset, 'there is no space after the colon', hint);
    }
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
      return unclosed(error, text, scan);
    case 'BAD_SCALAR_START': {
      const message = `a value cannot start with \`${text[offset] ?? ''}\``;
      return problem(offset, message, 'put the value in quotes');
    }
    case 'MULTIPLE_DOCS':
      return problem(offset, 'a second document starts here', 'one file is one scenario');
    case 'UNEXPECTED_TOKEN': {
      const hint = 'is a bracket too many, or a `-` or a quote missing?';
      return problem(offset, `${seen(rest)} does not belong here`, hint);
    }
    default:
      return problem(offset, lowerFirst(error.message), null);
  }
}

function unclosed(error: YAMLError, text: string, scan: Scan): SyntaxProblem {
  const { openBracket } = scan;
  const offset = error.pos[0];
  if (error.message.includes('quote')) {
    return problem(scan.lastQuote ?? offset, 'a quote is not closed', 'write the closing quote');
  }
  if (openBracket !== null) {
    const close = text[openBracket] === '{' ? '}' : ']';
    const message = `\`${text[openBracket]!}\` is not closed`;
    return problem(openBracket, message, `write the closing \`${close}\``);
  }
  if (error.message.startsWith('Flow')) {
    const message = 'a list or map in brackets goes on in a line that is not indented enough';
    return problem(offset, message, 'indent its lines further than its key');
  }
  if (error.code === 'BAD_INDENT') {
    const message = 'the keys of one map start at different columns';
    return problem(indentEnd(text, offset), message, 'give them the same indentation');
  }
  const hint = 'is a comma, a colon or a closing bracket missing?';
  return problem(offset, lowerFirst(error.message), hint);
}

/** The line after the place is indented further than a key may be there. */
function overIndented(text: string, offset: number): SyntaxProblem {
  const newline = text.indexOf('\n', offset);
  const place = newline === -1 ? offset : indentEnd(text, newline + 1);
  const hint = 'give the keys of one map the same indentation, and each a colon';
  return problem(place, 'this line continues the value before it, yet looks like a key', hint);
}

/** Offset of the first character of a line that is no space. */
function indentEnd(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at++;
  return at;
}

function lineFrom(text: string, offset: number): string {
  return /^[^\r\n]*/.exec(text.slice(offset, offset + 300))![0];
}

function seen(rest: string): string {
  const word = /^(?:[\]}[{,:]|[^\s\]}[{,:]+)/.exec(rest)?.[0].slice(0, 40);
  return word === undefined ? 'this' : `\`${word}\``;
}

function problem(offset: number, message: string, hint: string | null): SyntaxProblem {
  return { offset, message, hint };
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
