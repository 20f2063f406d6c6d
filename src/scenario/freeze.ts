/** Freezes plain data: objects, arrays and what they hold. */

/** The same value, with everything in it read-only; it must not contain circles. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
