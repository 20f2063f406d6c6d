/** What is told of the contents of a cache: whoever listens keeps books of its own. */

import type { Dataset } from '../../key-space.ts';

/** What is put in at the start, and where each key goes. */
export interface WarmPlan {
  readonly copies: number;
  readonly dataset: Dataset;
  readonly members: readonly number[];
  readonly share: number;
}

export interface Happenings {
  /** A look-up found an entry; `slot`: of the store of the node. */
  found(node: number, key: number, slot: number, isStale: boolean): void;
  /** A look-up found none, or one that it took for expired. */
  missed(node: number, key: number, isEarly: boolean): void;
  /** A look-up found what a node holds only for the store. */
  foundBuffered(key: number): void;
  filled(
    node: number,
    entry: { readonly key: number; readonly bytes: number; readonly expiry: number },
    isNewer: boolean,
  ): void;
  deleted(node: number, key: number): void;
  /** An expired entry was removed though nobody asked for it. */
  swept(node: number, key: number): void;
  /** A node has lost its contents. */
  cleared(node: number): void;
  /** The capacity is another one. */
  resized(): void;
  warm(plan: WarmPlan, holdersOf: (key: number) => readonly number[]): void;
}
