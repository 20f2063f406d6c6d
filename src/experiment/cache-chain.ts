/**
 * From the size of a cache to the load of its store, to latency and to money: the whole system is
 * run once for each size, every time with the same random streams, so that what differs between
 * the rows comes from the size and from nothing else.
 */

import { formatSize } from '../base/format-units.ts';
import { assert } from '../base/assert.ts';
import { limitsOfNode } from '../model/components/cache/contents.ts';
import type { Parameters } from '../model/components/cache/parameters.ts';
import type { CurveSize } from '../laboratory/curve-plan.ts';
import { formatDiagnostic } from '../scenario/diagnostics.ts';
import { loadScenario } from '../scenario/load.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Setting } from '../scenario/settings.ts';
import { Experiment } from './experiment.ts';
import { resultsOf } from './results.ts';
import type { CostResult, Measured } from './result-types.ts';

export interface ChainRow {
  /** Capacity as it stands in the file of this run, such as `10000 entries`. */
  readonly capacity: string;
  /** The same in the unit of the chain. */
  readonly size: number;
  /** True for the size that the file has. */
  readonly isPresent: boolean;
  readonly hitRatio: Measured;
  readonly storeRequestsPerSecond: Measured;
  /** Mean share of the store's workers that are busy; null when they are not limited. */
  readonly storeUtilisation: Measured;
  readonly operations: Readonly<Record<string, ChainOperation>>;
  /** With a cache whose price grows with its size; null when nothing has a price. */
  readonly costPerMonth: Measured;
  readonly hash: string;
}

interface ChainOperation {
  readonly p99Ms: Measured;
  readonly availability: Measured;
}

/** What all rows of a chain have in common. */
export interface ChainSubject {
  readonly cache: string;
  readonly unit: 'entries' | 'bytes';
  /** Size in the file, in `unit`. */
  readonly present: number;
  /** Keys, or bytes, of all datasets that are cached there. */
  readonly all: number;
  /** Component that holds the first of these datasets; null when none is stored. */
  readonly store: string | null;
}

/** What a size of this cache would mean; the cache exists. */
export function chainSubject(scenario: Scenario, cache: string): ChainSubject {
  const { plan } = scenario;
  const component = plan.components.find(({ name }) => name === cache);
  assert(component?.kind === 'cache', 'A chain begins with a cache.');
  const parameters = component.parameters as unknown as Parameters;
  const { world } = new Experiment(scenario).run;
  const limits = limitsOfNode(world, parameters, 1);
  const unit = limits.bytes === Infinity ? 'entries' : 'bytes';
  const datasets = plan.datasets.filter(({ cachedIn }) => cachedIn.includes(cache));
  let all = 0;
  for (const { keys, size } of datasets) all += unit === 'bytes' ? keys * size : keys;
  return {
    cache,
    unit,
    present: unit === 'bytes' ? limits.bytes : limits.entries,
    all,
    store: datasets.find(({ storedIn }) => storedIn !== null)?.storedIn ?? null,
  };
}

/** Distinct sizes in the unit of the chain, ascending, the present one among them. */
export function chainSizes(subject: ChainSubject, sizes: readonly CurveSize[]): number[] {
  const numbers = sizes.map((size) => {
    if (size.kind === 'share') return Math.max(1, Math.round(size.share * subject.all));
    return size.kind === 'entries' ? size.entries : size.bytes;
  });
  return [...new Set([...numbers, subject.present])].sort((a, b) => a - b);
}

/** One run of the system with another size of the cache. */
export class ChainLink {
  readonly experiment: Experiment;
  private readonly subject: ChainSubject;
  private readonly size: number;
  private readonly capacity: string;

  /** `scenario` is that of the file; `set`: what else was changed in it. */
  constructor(
    scenario: Scenario,
    subject: ChainSubject,
    size: number,
    set: readonly Setting[] = [],
  ) {
    this.subject = subject;
    this.size = size;
    this.capacity = subject.unit === 'bytes' ? formatSize(size) : `${size} entries`;
    const { file, text } = scenario.source;
    const own = { path: `${subject.cache}.capacity`, value: this.capacity };
    const { scenario: changed, diagnostics } = loadScenario(text, { file, set: [...set, own] });
    const first = diagnostics.find(({ severity }) => severity === 'error');
    const why = first === undefined ? '' : formatDiagnostic(first, text);
    assert(changed !== null, `A scenario takes any size of a cache. ${why}`);
    this.experiment = new Experiment(changed);
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

  /**
   * The price in the file is that of a cache of the present size: memory twice as large is taken to
   * cost twice as much.
   */
  private costOf({ components, perMonth }: CostResult): number {
    const { cache, present } = this.subject;
    return perMonth + (components[cache] ?? 0) * (this.size / present - 1);
  }

  row(): ChainRow {
    const { cache, present, store } = this.subject;
    const results = resultsOf(this.experiment);
    const { components, cost, hash, measuredSeconds, operations } = results;
    const behind = store === null ? null : components[store]!;
    return {
      capacity: this.capacity,
      size: this.size,
      isPresent: this.size === present,
      hitRatio: components[cache]!.cache?.hitRatio ?? null,
      storeRequestsPerSecond:
        behind === null || measuredSeconds === 0 ? null : behind.arrivals / measuredSeconds,
      storeUtilisation: behind?.utilisation ?? null,
      operations: Object.fromEntries(
        Object.entries(operations).map(([name, { latencyMs, availability }]) => [
          name,
          { p99Ms: latencyMs.p99, availability },
        ]),
      ),
      costPerMonth: cost === undefined ? null : this.costOf(cost),
      hash,
    };
  }
}
