/**
 * The names that a file declares, gathered before anything is checked, so that each use of a name
 * can be checked where it stands and one broken part does not make others look unknown.
 */

import { components as kinds } from '../model/components.ts';
import type { Entry, MapTree, Tree } from './tree.ts';

export interface DeclaredComponent {
  readonly name: string;
  /** The word after `kind:`; empty when it is missing or no kind. */
  readonly kind: string;
  /** Names of the operations of a service, in the order of the file. */
  readonly operations: readonly string[];
  /** Where a load balancer or a cdn passes requests on to; null for others. */
  readonly to: string | null;
}

export interface Declarations {
  readonly components: ReadonlyMap<string, DeclaredComponent>;
  /** False when the list of components is missing or broken: then no name can be unknown. */
  readonly hasComponents: boolean;
  readonly datasets: ReadonlySet<string>;
  readonly populations: ReadonlySet<string>;
  /** The list under `zones:`; null: zones are those that parts of the file name. */
  readonly zones: readonly string[] | null;
}

export function declarationsOf(root: MapTree): Declarations {
  const components = new Map<string, DeclaredComponent>();
  for (const [name, entry] of entriesOf(root, 'components')) {
    const to = textOf(entry.value, kindIs(entry.value, 'cdn') ? 'origin' : 'to');
    const operations = [...entriesOf(entry.value, 'operations').keys()];
    const written = textOf(entry.value, 'kind') ?? '';
    const kind = kinds.has(written) ? written : '';
    components.set(name, { name, kind, operations, to });
  }
  const zones = root.entries.get('zones')?.value;
  return {
    components,
    hasComponents: components.size > 0,
    datasets: new Set(entriesOf(root, 'data').keys()),
    populations: new Set(entriesOf(root, 'traffic').keys()),
    zones:
      zones?.kind === 'list'
        ? zones.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
        : null,
  };
}

/** The component at the end of a chain of balancers and cdns; null: unknown, or a circle. */
export function behind(declared: Declarations, name: string): DeclaredComponent | null {
  const passed = new Set<string>();
  let component = declared.components.get(name);
  while (component !== undefined && component.to !== null && passesOn(component)) {
    if (passed.has(component.name)) return null;
    passed.add(component.name);
    component = declared.components.get(component.to);
  }
  return component ?? null;
}

function passesOn({ kind }: DeclaredComponent): boolean {
  return kind === 'load-balancer' || kind === 'cdn';
}

function kindIs(tree: Tree, kind: string): boolean {
  return textOf(tree, 'kind') === kind;
}

function entriesOf(tree: Tree, key: string): ReadonlyMap<string, Entry> {
  const value = tree.kind === 'map' ? tree.entries.get(key)?.value : undefined;
  return value?.kind === 'map' ? value.entries : new Map();
}

function textOf(tree: Tree, key: string): string | null {
  const value = tree.kind === 'map' ? tree.entries.get(key)?.value : undefined;
  return value?.kind === 'scalar' ? value.text : null;
}
