/**
 * Makes the picker of a policy. With priority levels there is one picker for each level, which
 * knows only the instances of its own, and a draw decides on the level first.
 */

import { lookUp } from '../base/registry.ts';
import type { Stream } from '../kernel/random.ts';
import { balancingPolicies } from './balancing.ts';
import type { BalancingOptions, Picker, Targets } from './balancing.ts';
import { hashKey } from './hash-ring.ts';
import type { PriorityLevels } from './priority-levels.ts';

/** A picker of the policy of this name. */
export function createPicker(
  policyName: string,
  targets: Targets,
  stream: Stream,
  options: BalancingOptions,
): Picker {
  const policy = lookUp(balancingPolicies, policyName);
  const levels = options.levels ?? null;
  if (levels === null) return policy.create(targets, stream, options);
  const parts = levels.starts
    .slice(0, -1)
    .map((start, level) => targets.part(start, levels.starts[level + 1]!));
  const pickers = parts.map((part) => policy.create(part, stream, options));
  return new LevelPicker(targets, { levels, parts, pickers, stream, byKey: policy.byKey === true });
}

interface LevelFields {
  readonly levels: PriorityLevels;
  readonly parts: readonly Targets[];
  readonly pickers: readonly Picker[];
  readonly stream: Stream;
  readonly byKey: boolean;
}

class LevelPicker implements Picker {
  private readonly targets: Targets;
  private readonly levels: PriorityLevels;
  private readonly parts: readonly Targets[];
  private readonly pickers: readonly Picker[];
  private readonly stream: Stream;
  private readonly byKey: boolean;

  constructor(targets: Targets, fields: LevelFields) {
    this.targets = targets;
    this.levels = fields.levels;
    this.parts = fields.parts;
    this.pickers = fields.pickers;
    this.stream = fields.stream;
    this.byKey = fields.byKey;
  }

  pick(key: number): number {
    const level = this.levels.levelAt(this.draw(key));
    const found = this.pickIn(level, key);
    if (found >= 0) return found;
    // The level has nobody, or nobody but the instance that a retry avoids.
    for (let other = 0; other < this.parts.length; other++) {
      const place = other === level ? -1 : this.pickIn(other, key);
      if (place >= 0) return place;
    }
    return -1;
  }

  private pickIn(level: number, key: number): number {
    const part = this.parts[level]!;
    const start = this.levels.starts[level]!;
    part.recount(this.targets, start);
    const found = this.pickers[level]!.pick(key);
    return found < 0 ? -1 : start + found;
  }

  /** Requests of one key draw the same level, where the policy keeps keys together. */
  private draw(key: number): number {
    if (this.levels.loads[0] === 100) return 0;
    return this.byKey && key >= 0 ? hashKey(key) % 100 : this.stream.below(100);
  }
}
