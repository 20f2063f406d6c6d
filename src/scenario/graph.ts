/** Who calls whom, down to single operations: finds circles, and the keys an operation needs. */

import { behind } from './declarations.ts';
import type { DatasetPlan } from '../model/plan.ts';
import type { CheckContext, Use } from './check-context.ts';
import type { Declarations } from './declarations.ts';

/** A chain of calls that comes back to where it started. */
export interface Circle {
  /** Where the call stands that closes it. */
  readonly start: number;
  /** Such as `a.read → b.load → a.read`. */
  readonly text: string;
}

/** One operation on the way of the walk. */
interface Visit {
  readonly key: string;
  readonly label: string;
  readonly uses: readonly Use[];
  next: number;
}

export class Graph {
  readonly circles: readonly Circle[];
  readonly #declared: Declarations;
  readonly #datasets: ReadonlyMap<string, DatasetPlan>;
  /** The uses of each operation, by the key of the operation. */
  readonly #uses = new Map<string, Use[]>();
  /** The dataset that each operation touches first, null when it touches none. */
  readonly #firstDatasets = new Map<string, string | null>();

  constructor(context: CheckContext, datasets: readonly DatasetPlan[]) {
    this.#declared = context.declared;
    this.#datasets = new Map(datasets.map((dataset) => [dataset.name, dataset]));
    for (const use of context.uses) {
      const key = keyOf(use.component, use.operation);
      const uses = this.#uses.get(key);
      if (uses === undefined) this.#uses.set(key, [use]);
      else uses.push(use);
    }
    this.circles = this.#walk();
  }

  /** The dataset that an operation reads or writes first, through its calls; null: none. */
  firstDataset(component: string, operation: string): string | null {
    return this.#firstDatasets.get(keyOf(component, operation)) ?? null;
  }

  /** A dataset that the file declares without a fault; undefined for others. */
  dataset(name: string): DatasetPlan | undefined {
    return this.#datasets.get(name);
  }

  /** True when a database or cache holds records of the dataset. */
  keeps(component: string, dataset: string): boolean {
    const plan = this.#datasets.get(dataset);
    return plan?.storedIn === component || plan?.cachedIn.includes(component) === true;
  }

  /** Visits every operation once, depth first, and finds the circles on the way. */
  #walk(): readonly Circle[] {
    const circles: Circle[] = [];
    for (const [key, uses] of this.#uses) {
      if (this.#firstDatasets.has(key)) continue;
      const path: Visit[] = [{ key, label: labelOf(uses[0]!), uses, next: 0 }];
      const onPath = new Set([key]);
      while (path.length > 0) {
        const top = path.at(-1)!;
        const use = top.uses[top.next++];
        if (use === undefined) {
          path.pop();
          onPath.delete(top.key);
          this.#firstDatasets.set(top.key, this.#firstOf(top.uses));
          continue;
        }
        const called = this.#called(use);
        if (called === null) continue;
        if (onPath.has(called.key)) {
          const from = path.findIndex((visit) => visit.key === called.key);
          const labels = [...path.slice(from).map((visit) => visit.label), called.label];
          circles.push({ start: use.start, text: shortened(labels).join(' → ') });
        } else if (!this.#firstDatasets.has(called.key)) {
          onPath.add(called.key);
          path.push({ ...called, uses: this.#uses.get(called.key) ?? [], next: 0 });
        }
      }
    }
    return circles;
  }

  /** The first dataset among uses whose calls have been visited. */
  #firstOf(uses: readonly Use[]): string | null {
    for (const use of uses) {
      if (use.verb !== 'call') return use.target;
      const called = this.#called(use);
      const dataset = called === null ? null : (this.#firstDatasets.get(called.key) ?? null);
      if (dataset !== null) return dataset;
    }
    return null;
  }

  /** The operation that a use calls, through load balancers; null for data and unknown ones. */
  #called(use: Use): { readonly key: string; readonly label: string } | null {
    if (use.verb !== 'call' || use.targetOperation === null) return null;
    const callee = behind(this.#declared, use.target);
    if (callee === null) return null;
    const through = use.target === callee.name ? '' : `${use.target} → `;
    const label = `${through}${callee.name}.${use.targetOperation}`;
    return { key: keyOf(callee.name, use.targetOperation), label };
  }
}

function keyOf(component: string, operation: string): string {
  return `${component} ${operation}`;
}

function labelOf(use: Use): string {
  return `${use.component}.${use.operation}`;
}

/** At most eight labels, the middle of longer circles left out. */
function shortened(labels: readonly string[]): readonly string[] {
  return labels.length <= 8 ? labels : [...labels.slice(0, 4), '…', ...labels.slice(-3)];
}
