/** How a call ended. Zero is the good end; everything else is a reason why it failed. */

export const Outcome = Object.freeze({
  ok: 0,
  /** The caller waited its full timeout. */
  timeout: 1,
  /** The node was down and said so at once. */
  refused: 2,
  /** The node died while it had the request. */
  reset: 3,
  /** The queue was full: shed. */
  queueFull: 4,
  /** Left the queue after the queue timeout: shed. */
  queueTimeout: 5,
  /** No healthy instance to send it to. */
  noTarget: 6,
  /** A write reached a node that is not the primary. */
  notPrimary: 7,
} as const);

/** Names of the reasons as they appear in results, by code. */
export const outcomeNames: readonly string[] = Object.freeze([
  'ok',
  'timeout',
  'refused',
  'reset',
  'queue-full',
  'queue-timeout',
  'no-target',
  'not-primary',
]);

/** True for a request that was turned away on purpose to protect the one that turned it away. */
export function isShed(outcome: number): boolean {
  return outcome === Outcome.queueFull || outcome === Outcome.queueTimeout;
}
