/**
 * A parameter of a component, fault or population, described once: its type, unit, range, default
 * and where the default comes from. The scenario language turns a description into a schema, the
 * catalogue into a table row, the page into a form field; the model receives the checked value.
 *
 * A default is written in the scenario language ("200us", "4 by hash"), so it takes the same way
 * through the parser as a value a person typed.
 */

import type { DistributionSpec } from '../kernel/distribution.ts';
import type { PopularitySpec } from '../kernel/popularity.ts';
import type { AdmissionRule } from './admission.ts';

/** What every parameter may say about itself. */
export interface About {
  /** One or two sentences: what the value means. */
  readonly description: string;
  /** Value in the scenario language when the file says nothing; absent: see `optional`. */
  readonly default?: string | number | boolean;
  /** The system, paper or RFC the default was taken from. */
  readonly source?: string;
  /** True: it may change while a run goes on, and so may all of a group that says so. */
  readonly live?: true;
}

/** Syntaxes of one string (or list) that carry more than one number; see `SyntaxValues`. */
export interface SyntaxValues {
  /** `10k entries`, `512MB`, `10% of photos`. */
  capacity: Capacity;
  /** `10m`, `10m ±10%`, `30s sliding`, `none`. */
  ttl: Ttl | null;
  /** `none`, `single-flight`, `lease`, `early-expiry(1)`, `stale-while-revalidate(30s)`. */
  stampede: StampedeProtection;
  /** `all`, `tiny-lfu`, `size-threshold(10KB)`, `probability(10%)`. */
  admission: AdmissionRule;
  /** `200%`, `s3-fifo 100%`. */
  shadow: ShadowRule;
  /** `empty`, `popular`, `popular(20%)`. */
  warm: Warmth;
  /** `4`, `4 by hash`, `8 by range`. */
  shards: { readonly count: number; readonly by: string };
  /** `exponential(50ms, max 1s)`, `constant(100ms)`, `none`. */
  backoff: Backoff;
  /** A list of steps: work, wait, call, read, write, parallel, choose, repeat. */
  steps: readonly Step[];
  /** `zipf(0.99)`, `uniform`, `hotspot(10%, 90%)`, `latest(0.99, every 20)` … */
  popularity: PopularityValue;
  /** `poisson`, `constant`, or a law of intervals whose mean is rescaled to the rate. */
  arrivals: Arrivals;
  /** A list of ramp, step, burst and diurnal changes of a rate. */
  shape: readonly ShapePart[];
  /** `10M daily, 40 requests each, peak 2x`. */
  users: UsersEstimate;
  /** `5x` or `5`: a factor ≥ 0. */
  factor: number;
  /** `$0.25/h`, `$180/month`: money a month. */
  price: number;
  /** The name of one zone. */
  zone: string;
  /** `10ms photo-7 read`: time, key and operation of one recorded request. */
  request: ReplayedRequest;
}

/** A request that is sent again; `operation` is null when it does not say which. */
export interface ReplayedRequest {
  /** ns after the start of its population. */
  readonly atNs: number;
  readonly key: string;
  readonly operation: string | null;
}

/** The rate of a population estimated from its users; rates in requests per second. */
export interface UsersEstimate {
  readonly users: number;
  readonly requestsEach: number;
  /** Peak over mean, ≥ 1. */
  readonly peak: number;
  readonly meanRate: number;
  /** The rate at the peak, which the run offers. */
  readonly rate: number;
}

export type Capacity =
  | { readonly kind: 'entries'; readonly entries: number }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'share'; readonly share: number; readonly dataset: string };

/** `durationNs` after the fill (or after the last access when sliding), ± `jitter` of itself. */
export interface Ttl {
  readonly durationNs: number;
  readonly jitter: number;
  readonly sliding: boolean;
}

export type StampedeProtection =
  | { readonly kind: 'none' | 'single-flight' | 'global-single-flight' | 'lease' }
  | { readonly kind: 'early-expiry'; readonly beta: number }
  | { readonly kind: 'stale-while-revalidate'; readonly forNs: number };

/** A cache that rides along with another one. */
export interface ShadowRule {
  /** As it is written, and named in claims and results. */
  readonly name: string;
  /** Null: that of the cache. */
  readonly eviction: string | null;
  /** Times the capacity of the cache, above 0. */
  readonly times: number;
}

/** `share`: of the keys of each dataset, the most popular ones; 1: as many as fit. */
export interface Warmth {
  readonly kind: 'empty' | 'popular';
  readonly share: number;
}

export interface Backoff {
  readonly kind: 'none' | 'constant' | 'exponential';
  readonly baseNs: number;
  /** Infinity when not capped. */
  readonly maxNs: number;
}

export type PopularityValue = PopularitySpec;

export type Arrivals =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'constant' }
  | { readonly kind: 'renewal'; readonly interval: DistributionSpec };

/** A change of a population's rate; times in ns from the start, factors and rates are ≥ 0. */
export type ShapePart =
  | { readonly kind: 'step'; readonly atNs: number; readonly rate: number }
  | { readonly kind: 'ramp'; readonly fromNs: number; readonly toNs: number; readonly rate: number }
  | {
      readonly kind: 'burst';
      readonly atNs: number;
      readonly forNs: number;
      readonly factor: number;
    }
  | {
      readonly kind: 'diurnal';
      readonly periodNs: number;
      /** Peak rate over mean rate, 1–2. */
      readonly peak: number;
      /** When within the period the peak falls, ns. */
      readonly peakAtNs: number;
    };

/** One thing a service does for an operation. Durations are laws in ns. */
export type Step =
  | { readonly kind: 'work'; readonly time: DistributionSpec }
  | { readonly kind: 'wait'; readonly time: DistributionSpec }
  | { readonly kind: 'call'; readonly component: string; readonly operation: string | null }
  | { readonly kind: 'read'; readonly dataset: string }
  | { readonly kind: 'write'; readonly dataset: string }
  | {
      readonly kind: 'parallel';
      readonly branches: readonly (readonly Step[])[];
      /** Good ends after which it goes on; left out: it waits for the end of all branches. */
      readonly waitFor?: number;
    }
  | {
      readonly kind: 'choose';
      readonly options: readonly { readonly share: number; readonly steps: readonly Step[] }[];
    }
  | { readonly kind: 'repeat'; readonly times: number; readonly steps: readonly Step[] };

interface Typed<T> extends About {
  /** Never present at run time; carries the type of the checked value. */
  readonly valueType?: T;
  /** True: the checked value may be null ("none", or left out when there is no default). */
  readonly optional?: boolean;
}

export type Parameter<T = unknown> =
  | (Typed<T> & { readonly type: 'duration'; readonly min?: number; readonly max?: number })
  | (Typed<T> & { readonly type: 'latency' })
  | (Typed<T> & { readonly type: 'rate' })
  | (Typed<T> & { readonly type: 'bandwidth' })
  | (Typed<T> & { readonly type: 'size' })
  | (Typed<T> & {
      readonly type: 'count';
      readonly min: number;
      readonly max: number;
      /** True: the word `unlimited` is allowed and becomes Infinity. */
      readonly unlimited?: boolean;
    })
  | (Typed<T> & { readonly type: 'number'; readonly min: number; readonly max: number })
  | (Typed<T> & { readonly type: 'share' })
  | (Typed<T> & { readonly type: 'flag' })
  | (Typed<T> & { readonly type: 'text' })
  | (Typed<T> & { readonly type: 'choice'; readonly of: readonly string[] })
  | (Typed<T> & { readonly type: 'component'; readonly kinds: readonly string[] })
  | (Typed<T> & { readonly type: 'dataset' })
  | (Typed<T> & { readonly type: 'zones' })
  | (Typed<T> & { readonly type: 'syntax'; readonly syntax: keyof SyntaxValues })
  | (Typed<T> & { readonly type: 'list'; readonly of: Parameter; readonly min: number })
  | (Typed<T> & {
      readonly type: 'record';
      readonly keys: 'operation' | 'component';
      readonly of: Parameter;
    })
  | (Typed<T> & { readonly type: 'object'; readonly fields: Fields });

export type Fields = Readonly<Record<string, Parameter>>;

/** The checked value of one parameter. */
export type ValueOf<P> = P extends { readonly valueType?: infer T } ? Exclude<T, undefined> : never;

/** The checked values of a set of parameters, by the same (kebab-case) names. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

type Maybe<A, T> = A extends { readonly optional: true } ? T | null : T;
type Options = About & { readonly optional?: boolean };

/** Nanoseconds, an integer ≥ `min` (default 0). Written `5s`, `200us`, `1m30s`. */
export function duration<const A extends Options & { min?: number; max?: number }>(about: A) {
  return { type: 'duration', ...about } as Parameter<Maybe<A, number>>;
}

/** A law of durations in ns. Written `2ms`, `p50=2ms p99=12ms`, `exponential(2ms)` … */
export function latency<const A extends Options>(about: A) {
  return { type: 'latency', ...about } as Parameter<Maybe<A, DistributionSpec>>;
}

/** Events per second. Written `5k/s`, `300/m`, `10M/day`. */
export function rate<const A extends Options>(about: A) {
  return { type: 'rate', ...about } as Parameter<Maybe<A, number>>;
}

/** Bytes per second. Written `1Gbps`, `100MB/s`. */
export function bandwidth<const A extends Options>(about: A) {
  return { type: 'bandwidth', ...about } as Parameter<Maybe<A, number>>;
}

/** Bytes. Written `2KB` (1000), `2KiB` (1024). */
export function size<const A extends Options>(about: A) {
  return { type: 'size', ...about } as Parameter<Maybe<A, number>>;
}

/** An integer from `min` to `max`; `unlimited` is Infinity where it is allowed. */
export function count<const A extends Options & { min: number; max: number; unlimited?: boolean }>(
  about: A,
) {
  return { type: 'count', ...about } as Parameter<Maybe<A, number>>;
}

/** Any finite number from `min` to `max`. */
export function number<const A extends Options & { min: number; max: number }>(about: A) {
  return { type: 'number', ...about } as Parameter<Maybe<A, number>>;
}

/** 0 to 1. Written `20%` or `0.2`. */
export function share<const A extends Options>(about: A) {
  return { type: 'share', ...about } as Parameter<Maybe<A, number>>;
}

export function flag(about: Options) {
  return { type: 'flag', ...about } as Parameter<boolean>;
}

export function text<const A extends Options>(about: A) {
  return { type: 'text', ...about } as Parameter<Maybe<A, string>>;
}

/** One word of `of`. */
export function choice<const A extends Options & { of: readonly string[] }>(about: A) {
  return { type: 'choice', ...about } as Parameter<Maybe<A, string>>;
}

/** The name of a component of one of `kinds` (empty: any kind). */
export function component<const A extends Options & { kinds: readonly string[] }>(about: A) {
  return { type: 'component', ...about } as Parameter<Maybe<A, string>>;
}

/** The name of a dataset. */
export function dataset<const A extends Options>(about: A) {
  return { type: 'dataset', ...about } as Parameter<Maybe<A, string>>;
}

/** Zone names, instances are laid over them in turn. Left out: the one zone `main`. */
export function zones(about: About) {
  return { type: 'zones', optional: true, ...about } as Parameter<readonly string[] | null>;
}

export function syntax<K extends keyof SyntaxValues, const A extends Options>(name: K, about: A) {
  return { type: 'syntax', syntax: name, ...about } as Parameter<Maybe<A, SyntaxValues[K]>>;
}

/** What one of a component's nodes costs; left out: nobody counts it. */
export function priceParameter(node: string) {
  return syntax('price', {
    optional: true,
    description: `What one ${node} costs, for the cost of the design; absent: it is not counted.`,
  });
}

export function list<const A extends Options & { of: Parameter; min: number }>(about: A) {
  return { type: 'list', ...about } as unknown as Parameter<Maybe<A, readonly ValueOf<A['of']>[]>>;
}

/** A map from operation or component names to values. */
export function record<
  const A extends Options & { keys: 'operation' | 'component'; of: Parameter },
>(about: A) {
  return { type: 'record', ...about } as unknown as Parameter<
    Maybe<A, Readonly<Record<string, ValueOf<A['of']>>>>
  >;
}

/** A nested group. Optional groups accept the word `none`. */
export function object<const A extends Options & { fields: Fields }>(about: A) {
  return { type: 'object', ...about } as unknown as Parameter<Maybe<A, ValuesOf<A['fields']>>>;
}
