/** What only shows when a load balancer and what lies behind it are looked at together. */

import { quoted } from '../base/reading.ts';
import { divisionOf } from './paths.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';

/** Where a parameter of a component stands in the file. */
export type PlaceOf = (component: string, parameter: string) => number;

export function checkBalancing(
  checker: Checker,
  components: ReadonlyMap<string, ComponentPlan>,
  placeOf: PlaceOf,
): void {
  for (const balancer of components.values()) {
    if (balancer.kind !== 'load-balancer') continue;
    const target = components.get(String(balancer.parameters.to));
    if (target === undefined || target.kind === '') continue;
    checkTable(checker, balancer, target, placeOf);
    if (target.kind === 'cache') checkByKey(checker, balancer, target, placeOf);
    else {
      checkPriorities(checker, balancer, target, placeOf);
      checkPanic(checker, balancer, placeOf);
    }
  }
}

/** The walks through a table meet every entry only when its size is prime. */
function checkTable(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  target: ComponentPlan,
  placeOf: PlaceOf,
): void {
  if (parameters.policy !== 'maglev') return;
  const size = Number(parameters['table-size']);
  const place = placeOf(name, 'table-size');
  const instances = divisionOf(target).instances ?? 1;
  if (!isPrime(size)) {
    const message = `the table of ${quoted(name)} has ${size} entries, which is no prime`;
    checker.error(place, 'not-prime', message, `the next prime is ${primeAfter(size)}`);
  } else if (size <= instances) {
    const message = `the table of ${quoted(name)} has ${size} entries for ${instances} instances`;
    const next = primeAfter(100 * instances);
    checker.error(place, 'out-of-range', message, `write \`table-size: ${next}\` or more`);
  }
}

/** A cache knows the node of each key, so its balancer has no choice to make. */
function checkByKey(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  target: ComponentPlan,
  placeOf: PlaceOf,
): void {
  const given = {
    priorities: parameters.priorities !== null,
    'panic-threshold': parameters['panic-threshold'] !== 0,
    'outlier-ejection': parameters['outlier-ejection'] !== null,
  };
  for (const [key, isGiven] of Object.entries(given)) {
    if (!isGiven) continue;
    const message = `\`${key}\` of ${quoted(name)} has no effect: the key decides on the node`;
    const hint = `remove it; ${quoted(target.name)} is a cache`;
    checker.diagnostics.warning(placeOf(name, key), 'no-effect', message, hint);
  }
}

function checkPriorities(
  checker: Checker,
  { name, parameters }: ComponentPlan,
  target: ComponentPlan,
  placeOf: PlaceOf,
): void {
  const levels = parameters.priorities as readonly number[] | null | undefined;
  if (levels === null || levels === undefined) return;
  const count = divisionOf(target).instances;
  const sum = levels.reduce((total, size) => total + size, 0);
  if (count === null || sum === count) return;
  const has = `${quoted(target.name)} has ${count} instances`;
  const message = `the priorities of ${quoted(name)} are for ${sum}, and ${has}`;
  const hint = 'let the levels sum to the number of instances';
  checker.error(placeOf(name, 'priorities'), 'wrong-length', message, hint);
}

/** Without checks and ejection everybody counts as healthy at all times. */
function checkPanic(checker: Checker, { name, parameters }: ComponentPlan, placeOf: PlaceOf): void {
  if (parameters['panic-threshold'] === 0) return;
  if (parameters['health-check'] !== null || parameters['outlier-ejection'] !== null) return;
  const message = `${quoted(name)} checks nobody and ejects nobody, so it never panics`;
  const place = placeOf(name, 'panic-threshold');
  checker.diagnostics.warning(place, 'no-effect', message, 'add `health-check: default`');
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) {
    if (number % factor === 0) return false;
  }
  return number > 1;
}

function primeAfter(number: number): number {
  let next = number + 1;
  while (!isPrime(next)) next++;
  return next;
}
