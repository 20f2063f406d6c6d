/** What only shows when a cdn and the operations whose answers it keeps are looked at together. */

import { quoted } from '../base/reading.ts';
import { existing } from '../base/suggest.ts';
import { behind } from './declarations.ts';
import { keepingFault } from './kept-answers.ts';
import type { ComponentPlan, DatasetPlan } from '../model/plan.ts';
import type { PlaceOf } from './balancer-checks.ts';
import type { Checker } from './checker.ts';

/** Answers are numbered in 31 bits. */
const ANSWERS_MAX = 0x7fffffff;

export function checkCdns(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  datasets: readonly DatasetPlan[],
  placeOf: PlaceOf,
): void {
  for (const cdn of components.values()) {
    if (cdn.kind !== 'cdn') continue;
    if (leadsBack(components, cdn)) {
      const message = `the origins of ${quoted(cdn.name)} go in a circle`;
      const hint = 'let one of them be a service';
      checker.error(placeOf(cdn.name, 'origin'), 'circular-calls', message, hint);
      continue;
    }
    checkKept(checker, cdn, placeOf);
    checkCount(checker, cdn, datasets, placeOf);
    if (cdn.parameters.fill === 'push' && cdn.parameters['on-write'] !== 'none') {
      const message = `${quoted(cdn.name)} gets new copies pushed, so a write purges nothing`;
      const place = placeOf(cdn.name, 'on-write');
      checker.diagnostics.warning(place, 'no-effect', message, 'remove `on-write`');
    }
  }
}

function leadsBack(components: ReadonlyMap<string, ComponentPlan>, cdn: ComponentPlan): boolean {
  const passed = new Set<string>();
  let next: ComponentPlan | undefined = cdn;
  while (next?.kind === 'cdn') {
    if (passed.has(next.name)) return next === cdn;
    passed.add(next.name);
    next = components.get(String(next.parameters.origin));
  }
  return false;
}

/** An answer that is kept by key must follow from the record of that key alone. */
function checkKept(checker: Checker, cdn: ComponentPlan, placeOf: PlaceOf): void {
  const service = behind(checker.declared, cdn.name);
  if (service?.kind !== 'service') return;
  const { data, caches } = cdn.parameters;
  const place = placeOf(cdn.name, 'caches');
  for (const [index, operation] of (caches as readonly string[]).entries()) {
    if (!service.operations.includes(operation)) {
      const message = `${quoted(service.name)} has no operation ${quoted(operation)}`;
      const hint = existing(operation, service.operations);
      checker.error(place, 'unknown-operation', message, hint);
      continue;
    }
    if ((caches as readonly string[]).indexOf(operation) < index) {
      const message = `the operation ${quoted(operation)} is named twice`;
      checker.error(place, 'duplicate-name', message, 'remove one of the names');
    }
    const fault = keepingFault(checker, service.name, operation, String(data));
    if (fault === null) continue;
    const what = `the answers of ${quoted(operation)} cannot be kept in ${quoted(cdn.name)}`;
    checker.error(place, 'conflicting-keys', `${what}: ${fault.why}`, fault.hint);
  }
}

function checkCount(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  datasets: readonly DatasetPlan[],
  placeOf: PlaceOf,
): void {
  const dataset = datasets.find((each) => each.name === parameters.data);
  const kinds = (parameters.caches as readonly string[]).length;
  if (dataset === undefined || dataset.keys * kinds <= ANSWERS_MAX) return;
  const message = `${quoted(name)} would number ${dataset.keys * kinds} answers`;
  const hint = `at most ${ANSWERS_MAX} are possible; keep the answers of fewer operations`;
  checker.error(placeOf(name, 'caches'), 'out-of-range', message, hint);
}
