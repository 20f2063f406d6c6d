/** Plans of scenarios that a benchmark writes itself. */

import type { WorldPlan } from '../src/model/plan.ts';
import { loadScenario } from '../src/scenario/load.ts';

export function planOf(text: string): WorldPlan {
  const { scenario, diagnostics } = loadScenario(text, { file: 'bench.yaml' });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics.slice(0, 3), null, 2));
  return scenario.plan;
}
