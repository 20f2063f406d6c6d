/** Who calls whom, down to single operations: finds circles, and the keys an operation needs. */

import { behind } from './declarations.ts';
import type { DatasetPlan } from '../model/plan.ts';
import type { CheckContext, Use } from './check-context.ts';

export class Graph {
  readonly #checker: CheckContext;
  readonly #datasets: ReadonlyMap<string, DatasetPlan>;
  /** The uses of each operation, by the key of the operation. */
  readonly #uses = new Map<string, Use[]>();

  constructor(checker: CheckContext, datasets: readonly DatasetPlan[]) {
    this.#checker = checker;
    this.#datasets = new Map(datasets.map((dataset) => [dataset.name, dataset]));
    for (const use of checker.uses) {
      const key = keyOf(use.component, use.operation);
      const uses = this.#uses.get(key);
      if (uses === undefined) this.#uses.set(key, [use]);
      else uses.push(use);
    }
  }

  /** The dataset that an operation reads or writes first, through its calls; null: none. */
  firstDataset(component: string, operation: string): string | null {
    const seen = new Set<string>();
    const open = [...this.#usesOf(component, operation)].reverse();
    while (open.length > 0) {
      const use = open.pop()!;
      if (use.verb !== 'call') return use.target;
      const callee = behind(this.#checker.declared, use.target)?.name;
      if (callee === undefined || use.targetOperation === null) continue;
      const key = keyOf(callee, use.targetOperation);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...[...this.#usesOf(callee, use.targetOperation)].reverse());
    }
    return null;
  }

  /** True when a database or cache holds records of the dataset. */
  keeps(component: string, dataset: string): boolean {
    const plan = this.#datasets.get(dataset);
    return plan?.storedIn === component || plan?.cachedIn.includes(component) === true;
  }

  /**
   * The calls that close a circle, each with the circle as text (`a.read → b.load → a.read`). Every
   * operation is visited once.
   */
  circles(): readonly { readonly start: number; readonly text: string }[] {
    const found: { start: number; text: string }[] = [];
    const done = new Set<string>();
    for (const [key, uses] of this.#uses) {
      if (done.has(key)) continue;
      const path: { key: string; label: string; uses: readonly Use[]; next: number }[] = [];
      const onPath = new Set<string>();
      const enter = (entered: string, label: string, list: readonly Use[]) => {
        path.push({ key: entered, label, uses: list, next: 0 });
        onPath.add(entered);
      };
      enter(key, labelOf(uses[0]!.component, uses[0]!.operation), uses);
      while (path.length > 0) {
        const top = path.at(-1)!;
        const use = top.uses[top.next++];
        if (use === undefined) {
          path.pop();
          onPath.delete(top.key);
          done.add(top.key);
          continue;
        }
        const callee = use.verb === 'call' ? behind(this.#checker.declared, use.target) : null;
        if (callee === null || use.targetOperation === null) continue;
        const called = keyOf(callee.name, use.targetOperation);
        const label = labelOf(callee.name, use.targetOperation);
        if (onPath.has(called)) {
          const from = path.findIndex((step) => step.key === called);
          const labels = [...path.slice(from).map((step) => step.label), label];
          found.push({ start: use.start, text: labels.join(' → ') });
        } else if (!done.has(called)) {
          enter(called, label, this.#usesOf(callee.name, use.targetOperation));
        }
      }
    }
    return found;
  }

  #usesOf(component: string, operation: string): readonly Use[] {
    return this.#uses.get(keyOf(component, operation)) ?? [];
  }
}

function keyOf(component: string, operation: string): string {
  return `${component} ${operation}`;
}

function labelOf(component: string, operation: string): string {
  return `${component}.${operation}`;
}
