// Small scenarios for tests, and a short way to load one.
import { formatDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { LoadOptions, Scenario } from '../../src/scenario/load.ts';

/** The least that makes sense: clients, a service, a dataset in a database. */
export const shop = `name: A small shop
duration: 1m
traffic:
  shoppers: { rate: 100/s, to: shop }
data:
  items: { keys: 10k, stored-in: items-db }
components:
  shop:
    kind: service
    operations:
      buy: [ { work: 2ms }, { write: items } ]
  items-db: { kind: database }
`;

/** The text with replacements, each of which must be found. */
export function changed(text: string, ...pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`the example does not hold ${from}`);
    return result.replace(from, to);
  }, text);
}

/** The scenario of a text that must be sound. */
export function sound(text: string, options: Partial<LoadOptions> = {}): Scenario {
  const { scenario, diagnostics } = loadScenario(text, { file: 'test.yaml', ...options });
  if (scenario === null) throw new Error(formatDiagnostics(diagnostics, text));
  return scenario;
}

/** `code line:column` of each diagnostic. */
export function codes(text: string | Uint8Array, options: Partial<LoadOptions> = {}): string[] {
  const { diagnostics } = loadScenario(text, { file: 'test.yaml', ...options });
  return diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);
}
