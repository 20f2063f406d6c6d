/**
 * Assertions: the program's claims about itself, checked in production too. A fault of the input
 * never ends here; it becomes a diagnostic.
 */

/** The error thrown when the program finds that one of its own claims is false. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * Throws an {@link AssertionError} that carries `sentence` unless `condition` is truthy. In a hot
 * path the sentence must be a constant, because it is evaluated on every call.
 */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new AssertionError(sentence);
}

/** Closes a switch over a union: does not compile while a case is missing, throws if reached. */
export function assertNever(value: never): never {
  throw new AssertionError(`a value outside its type was reached: ${String(value)}`);
}
