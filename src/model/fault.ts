/**
 * What a fault is: a verb of the scenario language, what it may happen to, whether it ends, and
 * what it does. Each file in faults/ declares one and is found by its name. A fault only breaks
 * something; whatever follows is the doing of the components.
 */

import type { FaultScope, FaultWorks } from './fault-works.ts';
import type { ChangePlan } from './plan.ts';

export interface FaultDefinition {
  /** The verb in the scenario file; also the file's name. */
  readonly name: string;
  /** One or two sentences for the catalogue. */
  readonly summary: string;
  /**
   * `node`: a component, one of its instances, or every instance in a zone. `node-or-zones`: that,
   * or a pair of zones whose link is meant. `parameter`: a parameter, which gets another value.
   */
  readonly targets: 'node' | 'node-or-zones' | 'parameter';
  /** What it is on the timeline; only faults are looked at as causes. */
  readonly happening: 'fault' | 'recovery';
  /** True: `for:` says when it is undone. False: it happens at one moment. */
  readonly hasEnd: boolean;
  /** The number after `by:`; null when the verb takes none. */
  readonly factor: {
    readonly description: string;
    readonly min: number;
    readonly max: number;
  } | null;
  /** What it does when it strikes; `factor` is 1 when the verb has none. */
  readonly begin: (
    works: FaultWorks,
    scope: FaultScope,
    factor: number,
    /** Null unless a parameter is the target. */
    change: ChangePlan | null,
  ) => void;
  /** What it undoes at its end; only called when `hasEnd`. */
  readonly end: (works: FaultWorks, scope: FaultScope, factor: number) => void;
}
