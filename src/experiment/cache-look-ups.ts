/**
 * What one cache of a scenario was asked during a run, as a source for miss-ratio curves. The run
 * is played whole and is the run of the file, with the same hash; the tap only listens.
 *
 * Two things keep a curve at the present size from being the run's own hit ratio: the run's entries
 * expire, and in the run a key comes in only when the store has answered, so that several reads may
 * miss it meanwhile. Of a cache inside the instances of a service the first instance is listened
 * to: they share nothing, so together they are no larger cache.
 */

import type { Cache } from '../model/components/cache/cache.ts';
import { limitsOfNode } from '../model/components/cache/contents.ts';
import { LookUpTap } from '../model/components/cache/look-up-tap.ts';
import type { Parameters } from '../model/components/cache/parameters.ts';
import type { LookUpSource } from '../laboratory/look-ups.ts';
import { RecordedLookUps } from '../laboratory/recorded-look-ups.ts';
import type { Scenario } from '../scenario/load.ts';
import { Experiment } from './experiment.ts';

export interface TappedRun {
  /** Name of the cache. */
  readonly cache: string;
  /** Its eviction policy. */
  readonly policy: string;
  readonly unit: 'entries' | 'bytes';
  /** What all nodes hold together, in `unit`; of a cache inside instances, what one holds. */
  readonly size: number;
  /** Reads after the warm-up, and those that missed in the run itself. */
  readonly lookUps: number;
  readonly misses: number;
  readonly hash: string;
  /** The look-ups from the beginning of the run, each time it is called. */
  readonly open: () => LookUpSource;
}

/** Names of the caches of a scenario. */
export function cachesOf({ plan }: Scenario): readonly string[] {
  return plan.components.filter(({ kind }) => kind === 'cache').map(({ name }) => name);
}

/** A run whose named cache, which exists, writes down what it is asked. */
export class Tapping {
  readonly experiment: Experiment;
  private readonly cache: Cache;
  private readonly tap: LookUpTap;
  private readonly name: string;
  private readonly parameters: Parameters;
  private readonly isInside: boolean;

  constructor(scenario: Scenario, name: string) {
    this.experiment = new Experiment(scenario);
    const { world } = this.experiment.run;
    this.cache = world.component(name) as Cache;
    this.name = name;
    const { parameters } = scenario.plan.components.find((plan) => plan.name === name)!;
    this.parameters = parameters as unknown as Parameters;
    this.isInside = this.parameters.inside !== null;
    this.tap = new LookUpTap(world, this.isInside ? 0 : -1);
    this.cache.tap = this.tap;
  }

  /** Plays so many events more; true at the end of the run. */
  advance(events: number): boolean {
    return this.experiment.run.advance(Infinity, events);
  }

  /** Share of the run that has been played. */
  get progress(): number {
    const { run } = this.experiment;
    return run.ending === null ? run.time / run.world.plan.durationNs : 1;
  }

  result(): TappedRun {
    const { run } = this.experiment;
    const { recorder } = run.world;
    const { cache, isInside, parameters, tap } = this;
    const nodes = isInside ? 1 : parameters.nodes;
    const limits = limitsOfNode(run.world, parameters, nodes);
    const inBytes = limits.bytes !== Infinity;
    const tally = isInside ? cache.nodeTallies[0]! : cache.tally;
    const sum = (column: string) => tally.sum(column, recorder.warmUpWindows, recorder.windows);
    const misses = sum('misses');
    return {
      cache: this.name,
      policy: parameters.eviction,
      unit: inBytes ? 'bytes' : 'entries',
      size: (inBytes ? limits.bytes : limits.entries) * nodes,
      lookUps: sum('hits') + misses,
      misses,
      hash: run.hash,
      open: () => new RecordedLookUps(tap),
    };
  }
}

/** Plays the whole run at once. */
export function tappedRun(scenario: Scenario, cache: string): TappedRun {
  const tapping = new Tapping(scenario, cache);
  tapping.advance(Infinity);
  return tapping.result();
}
