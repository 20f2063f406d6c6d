/**
 * The outcome of reading a value from text a person wrote: the value, or what is wrong with it.
 * Readers return problems instead of throwing, so that every problem of a file is seen at once.
 */

/** What is wrong with a text, where in it, and the cure. */
export interface Problem {
  /** Kebab-case name of the kind of problem, such as `missing-unit`. */
  readonly code: string;
  /** One sentence without a full stop; names the value seen and what is allowed. */
  readonly message: string;
  /** How to put it right; null when the message says it. */
  readonly hint: string | null;
  /** Index in the text at which the problem starts. */
  readonly offset: number;
}

export type Reading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function good<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function bad(
  code: string,
  message: string,
  hint: string | null = null,
  offset = 0,
): Reading<never> {
  return { ok: false, problem: { code, message, hint, offset } };
}

/** The same reading of a text that starts `by` characters into a longer one. */
export function shifted<T>(reading: Reading<T>, by: number): Reading<T> {
  if (reading.ok || by === 0) return reading;
  const { code, message, hint, offset } = reading.problem;
  return bad(code, message, hint, offset + by);
}

/** The text between backquotes: cut to a length that fits a message, nothing invisible in it. */
export function quoted(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `\`${visible(cut)}\``;
}

/** The text with control characters and marks of direction as `\u202e`, for terminals and pages. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
