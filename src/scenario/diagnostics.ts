/**
 * What is wrong with a scenario file, as data: a kind, a place, a sentence and a cure. Diagnostics
 * are collected, never thrown, so that one look shows every problem of a file.
 */

import type { SourceText } from './source-text.ts';

/** One problem of an input. An error keeps the scenario from running, a warning does not. */
export interface Diagnostic {
  /** Kebab-case name of the kind of problem, such as `unknown-key`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Name of the file as the caller gave it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1 in UTF-16 code units, as editors do. */
  readonly column: number;
  /** One sentence without a full stop: the value seen and what is allowed. */
  readonly message: string;
  /** The cure; null when the message says it. */
  readonly hint: string | null;
}

/** Columns of a source line shown under a diagnostic; longer lines are cut around the place. */
const LINE_WINDOW = 100;

/** After this many problems of a file the reading stops: a broken file stays readable. */
const MOST_DIAGNOSTICS = 100;
/** Warnings leave room for errors; any number of them refuses nothing. */
const MOST_WARNINGS = 50;

/** A diagnostic as text: place, kind and message; the source line with a caret; the hint. */
export function formatDiagnostic(diagnostic: Diagnostic, text: string): string {
  const { code, severity, file, line, column, message, hint } = diagnostic;
  const lines = [`${file}:${line}:${column}: ${severity}[${code}] ${message}`];
  const source = text.split(/\r?\n/, line)[line - 1];
  if (source !== undefined && source.trim() !== '') {
    const start = column > LINE_WINDOW ? column - 1 - LINE_WINDOW / 2 : 0;
    const shown = source.slice(start, start + LINE_WINDOW);
    const gutter = `${line} | `.padStart(8);
    lines.push(`${gutter}${printable(shown)}`.trimEnd());
    lines.push(`${' '.repeat(gutter.length - 2)}| ${' '.repeat(column - 1 - start)}^`);
  }
  if (hint !== null) lines.push(`  hint: ${hint}`);
  return lines.join('\n');
}

/** Several diagnostics, separated by empty lines. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], text: string): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, text)).join('\n\n');
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/**
 * Thrown inside the scenario layer when a file has more problems than are listed, so that a hostile
 * file cannot make the checker work on; the loader catches it.
 */
export class TooManyProblems extends Error {
  override readonly name = 'TooManyProblems';
}

/** Collects the diagnostics of one file. */
export class Diagnostics {
  readonly source: SourceText;
  readonly #context: string;
  readonly #found: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  #isFull = false;
  #warnings = 0;

  /** `context` is added to every message, as in " (in the alternative `small`)". */
  constructor(source: SourceText, context = '') {
    this.source = source;
    this.#context = context;
  }

  error(offset: number, code: string, message: string, hint: string | null = null): void {
    this.#add('error', offset, code, message, hint);
  }

  warning(offset: number, code: string, message: string, hint: string | null = null): void {
    this.#add('warning', offset, code, message, hint);
  }

  /** In the order of their places; the same problem at the same place is reported once. */
  list(): readonly Diagnostic[] {
    const sorted = [...this.#found].sort((a, b) => a.line - b.line || a.column - b.column);
    const { file } = this.source;
    if (this.#warnings > MOST_WARNINGS) {
      const count = this.#warnings - MOST_WARNINGS;
      const message = `there are ${count} more warnings; they are not shown`;
      const more = { code: 'too-many-problems', severity: 'warning', file, message } as const;
      sorted.push({ ...more, line: 1, column: 1, hint: null });
    }
    if (!this.#isFull) return sorted;
    const message = `there are more than ${MOST_DIAGNOSTICS} problems; the rest is not shown`;
    const rest = { code: 'too-many-problems', severity: 'error', file, message } as const;
    return [...sorted, { ...rest, line: 1, column: 1, hint: 'put the ones above right first' }];
  }

  get hasErrors(): boolean {
    return this.#isFull || hasErrors(this.#found);
  }

  /** Counts a warning; true when there are so many that it is not shown. */
  #isUntold(severity: 'error' | 'warning'): boolean {
    if (severity === 'error') return false;
    this.#warnings += 1;
    return this.#warnings > MOST_WARNINGS;
  }

  #makeRoom(severity: 'error' | 'warning'): void {
    if (severity === 'warning' || this.#found.length < MOST_DIAGNOSTICS) return;
    this.#isFull = true;
    throw new TooManyProblems(`${this.source.file} has too many problems`);
  }

  #add(
    severity: 'error' | 'warning',
    offset: number,
    code: string,
    message: string,
    hint: string | null,
  ): void {
    const { line, column, within } = this.source.placeOf(offset);
    const identity = `${line}:${column}:${code}:${message}`;
    if (this.#seen.has(identity)) return;
    this.#makeRoom(severity);
    this.#seen.add(identity);
    if (this.#isUntold(severity)) return;
    const { file } = this.source;
    const whole = `${message}${within}${this.#context}`;
    this.#found.push({ code, severity, file, line, column, message: whole, hint });
  }

  /** Takes over what another collector found, unless `known` has it already. */
  adopt(
    other: Diagnostics,
    known: Diagnostics,
    isWanted: (diagnostic: Diagnostic) => boolean = () => true,
  ): void {
    for (const diagnostic of other.#found.filter(isWanted)) {
      const plain = diagnostic.message.slice(0, diagnostic.message.length - other.#context.length);
      const identity = `${diagnostic.line}:${diagnostic.column}:${diagnostic.code}:${plain}`;
      if (known.#seen.has(identity)) continue;
      if (this.#isUntold(diagnostic.severity)) continue;
      this.#makeRoom(diagnostic.severity);
      this.#found.push(diagnostic);
    }
  }
}

/** The line without characters that a terminal would act upon; each becomes one column. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (mark) =>
    mark === '\t' ? ' ' : '\ufffd',
  );
}
