/**
 * What a design costs a month: the price of one node times the nodes that are switched on, in the
 * mean over the time looked at. A price is what the file says; what has none is not counted.
 */

import { Cache } from '../model/components/cache/cache.ts';
import type { Run } from '../model/run.ts';
import type { Component } from '../model/world.ts';
import { isScaled } from './component-metrics.ts';
import { exact, nothing } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import type { CostResult } from './result-types.ts';
import { lengthNs, measuredSpan } from './span.ts';
import type { Span } from './span.ts';

/** Null when nothing has a price. */
export function costResult(run: Run): CostResult | null {
  const span = measuredSpan(run);
  const components: Record<string, number> = {};
  const unpriced: string[] = [];
  let perMonth = 0;
  for (const component of run.world.components) {
    if (component.kind === 'clients') continue;
    const cost = costOf(run, component, span);
    if (cost === null) unpriced.push(component.name);
    else {
      components[component.name] = cost;
      perMonth += cost;
    }
  }
  return Object.keys(components).length === 0 ? null : { perMonth, components, unpriced };
}

/** Dollars a month of a component, or of all that have a price. */
export function measureCost(run: Run, subject: string | null, span: Span): Measurement {
  if (subject !== null) {
    const component = run.world.components.find(({ name }) => name === subject);
    if (component === undefined) return nothing('prices are of whole components');
    const cost = costOf(run, component, span);
    return cost === null ? nothing(`${subject} has no price`) : exact(cost);
  }
  let sum = 0;
  let priced = 0;
  for (const component of run.world.components) {
    const cost = costOf(run, component, span);
    if (cost === null) continue;
    sum += cost;
    priced++;
  }
  return priced === 0 ? nothing('nothing has a price') : exact(sum);
}

function costOf(run: Run, component: Component, span: Span): number | null {
  const plan = run.world.plan.components.find(({ name }) => name === component.name);
  const price = plan?.parameters['price'] as number | null | undefined;
  return price === null || price === undefined ? null : price * nodesOn(run, component, span);
}

/** Mean number of nodes that are switched on; a dead one is still paid for. */
function nodesOn(run: Run, component: Component, span: Span): number {
  const time = lengthNs(run, span);
  const switching = component instanceof Cache ? component.switching : null;
  const tally = isScaled(component) ? component.tally : switching;
  if (tally !== null && time > 0) return tally.sum('instanceNs', span.from, span.to) / time;
  return component.nodes.filter(({ isReserve }) => !isReserve).length;
}
