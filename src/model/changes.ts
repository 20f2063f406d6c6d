/**
 * The changes of parameters that are in force. A parameter has the value of the latest change that
 * lasts, and that of the file when none does; so changes may overlap and end in any order.
 */

import { assert } from '../base/assert.ts';
import type { ChangePlan, ValuePlan, WorldPlan } from './plan.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, unknown>>;

export class Changes {
  private readonly world: World;
  /** By what stands for the change, in the order in which they began. */
  private readonly inForce = new Map<object, ChangePlan>();

  constructor(world: World) {
    this.world = world;
  }

  begin(scope: object, change: ChangePlan): void {
    this.inForce.set(scope, change);
    this.tell(change);
  }

  /** Ends the change of the same scope. */
  end(scope: object): void {
    const change = this.inForce.get(scope);
    assert(change !== undefined, 'Only a change that has begun can end.');
    this.inForce.delete(scope);
    this.tell(change);
  }

  /** The parameters of a component, or the plan of a population, as they are at present. */
  valuesOf(owner: string): Values {
    let values = plannedValues(this.world.plan, owner);
    for (const change of this.inForce.values()) {
      if (change.owner !== owner) continue;
      for (const set of change.sets) values = withValue(values, set);
    }
    return values;
  }

  private tell({ owner, sets }: ChangePlan): void {
    const component = this.world.component(owner);
    const values = this.valuesOf(owner);
    for (const key of new Set(sets.map(({ keys }) => keys[0]!))) component.change!(key, values);
  }
}

/** True when a world built from one plan has the room that the changes of another ask for. */
export function isBuiltFor(built: WorldPlan, wanted: WorldPlan): boolean {
  return wanted.components.every(({ name, instancesMost }) => {
    const found = built.components.find((component) => component.name === name);
    return found?.instancesMost === instancesMost;
  });
}

function plannedValues({ components, populations }: WorldPlan, owner: string): Values {
  const component = components.find(({ name }) => name === owner);
  if (component !== undefined) return component.parameters;
  const population = populations.find(({ name }) => name === owner);
  assert(population !== undefined, `There is nothing called ${owner} to change.`);
  return population as unknown as Values;
}

/** Frozen copies along the way; the rest is shared. */
function withValue(values: Values, { keys, value, whole }: ValuePlan): Values {
  const [key, ...rest] = keys as [string, ...string[]];
  const inner = values[key];
  if (rest.length === 0) return Object.freeze({ ...values, [key]: value });
  const isGroup = typeof inner === 'object' && inner !== null;
  const changed = isGroup ? withValue(inner as Values, { keys: rest, value, whole: value }) : whole;
  return Object.freeze({ ...values, [key]: changed });
}
