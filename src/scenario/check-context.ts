/**
 * What the readers of nested lists need from the walk they are part of: where to report, which
 * names there are, whose parameters are being read.
 */

import type { Problem } from '../base/reading.ts';
import type { Fields, ValuesOf } from '../model/parameters.ts';
import type { Declarations } from './declarations.ts';
import type { Entry, ScalarTree, Tree } from './tree.ts';

/** One step of an operation that leads to another component or to a dataset. */
export interface Use {
  readonly component: string;
  readonly operation: string;
  readonly verb: 'call' | 'read' | 'write';
  /** The component that is called, or the dataset. */
  readonly target: string;
  /** The operation that is called; null for datasets and what could not be resolved. */
  readonly targetOperation: string | null;
  readonly start: number;
}

export interface CheckContext {
  readonly declared: Declarations;
  /** The component and the operation whose parameters are being read; '' outside of one. */
  readonly component: string;
  readonly operation: string;
  /** Every step that leads somewhere, in the order of the file. */
  readonly uses: Use[];
  /** Steps so far, for the limit. */
  stepCount: number;
  error(start: number, code: string, message: string, hint?: string | null): void;
  /** Reports a problem inside the text of a scalar. */
  problem(tree: ScalarTree, problem: Problem): void;
  /** Reports that a tree is not what is expected in its place. */
  wrongType(tree: Tree, noun: string, expected: string, hint?: string | null): void;
  unknownKey(entry: Entry, known: readonly string[], noun: string): void;
  /** Reads all of a set of parameters from a map; see the checker. */
  fields<F extends Fields>(fields: F, tree: Tree, noun: string, start: number): ValuesOf<F>;
  /** The name of a component of one of these kinds (none given: any); '' when it is not one. */
  componentName(tree: ScalarTree, kinds: readonly string[]): string;
  /** Checks the name of a dataset at an offset. */
  datasetName(name: string, start: number): void;
}
