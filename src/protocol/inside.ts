/** What a component is, and what goes on inside one of its instances at this moment. */

import type { CacheContents } from './cache-contents.ts';

/** From the file and the catalogue; does not change while a run goes on. */
export interface Sheet {
  readonly path: string;
  readonly kind: string;
  /** One or two sentences from the catalogue. */
  readonly summary: string;
  /** 1-based line in the file, or null. */
  readonly line: number | null;
  readonly parameters: readonly ParameterView[];
}

export interface ParameterView {
  /** Path by which `change` and `--set` know it, such as `redis.capacity`. */
  readonly path: string;
  readonly name: string;
  /** As it would stand in the file. */
  readonly value: string;
  /** True when the file says it, false for a default. */
  readonly given: boolean;
  /** Unit or form in words, such as "duration or law". */
  readonly form: string;
  readonly description: string;
  /** System or paper that the default comes from; empty when there is none. */
  readonly source: string;
  /** The parameter can be changed while a run goes on, not only from its start. */
  readonly live: boolean;
  /** Values to choose from, when there are few. */
  readonly choices: readonly string[] | null;
}

/** Where and when a request came from. */
export interface Origin {
  /** Name of the population. */
  readonly client: string;
  /** Intended start, s. */
  readonly start: number;
}

/** A request at a node. */
export interface PresentRequest {
  /** Its number; 0 when that is not noted, see `origin`. */
  readonly request: number;
  /** By which its number can be asked for; null when nobody waits for it any more. */
  readonly origin: Origin | null;
  /** Such as `view-photo` or `read`. */
  readonly operation: string;
  /** How long it has been here, ms. */
  readonly sinceMs: number;
  readonly attempt: number;
}

/** A key that would make room next if nothing else happened. */
export interface LeavingKey {
  /** Number of the key in its dataset, from 0, the most popular first. */
  readonly key: number;
  readonly dataset: string;
  /** Until it expires; null: never. */
  readonly expiresInMs: number | null;
}

export interface Inside {
  readonly path: string;
  /** First in line first; at most 24. */
  readonly waiting: readonly PresentRequest[];
  readonly waitingInAll: number;
  /** At most 32. */
  readonly served: readonly PresentRequest[];
  readonly servedInAll: number;
  /** What its kind adds: entries, evictions, log positions, replicas and so on. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Of a cache: keys from the next to be evicted on, at most 12; null for others. */
  readonly keys: readonly LeavingKey[] | null;
  /** Of a cache: what it holds; null for others. */
  readonly contents: CacheContents | null;
}
