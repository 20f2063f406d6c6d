/**
 * Starts the page's only worker script, which is given its part by the first message: to keep a
 * session, or to carry out a task of the laboratory. Both are made of the same engine, so one
 * script is less to fetch than two.
 */

export function startWorker(name: string): Worker {
  allowOwnWorkers();
  return new Worker(new URL('../worker/session-worker.ts', import.meta.url), {
    type: 'module',
    name,
  });
}

interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string | null },
  ): unknown;
}

/** The page's policy refuses bare addresses of scripts; those of the page's own origin pass. */
function allowOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // It may be made once only, for all workers.
  if (trustedTypes === undefined || trustedTypes.defaultPolicy !== null) return;
  trustedTypes.createPolicy('default', {
    createScriptURL: (url) => (new URL(url).origin === location.origin ? url : null),
  });
}
