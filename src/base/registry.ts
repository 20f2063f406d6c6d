/**
 * A registry holds every module of one folder under the name it declares. The name is the file's
 * name, so a reader finds a mechanism by typing the word from the scenario file.
 */

import { assert } from './assert.ts';

/** Anything a folder can be a registry of. */
export interface Named {
  readonly name: string;
}

export type Registry<T extends Named> = ReadonlyMap<string, T>;

/**
 * Collects the default exports of a literal `import.meta.glob(…, { eager: true })`, sorted by path.
 * A file whose declared name differs from its file name is a programmer's error.
 */
export function registryOf<T extends Named>(
  modules: Readonly<Record<string, { readonly default: T }>>,
): Registry<T> {
  const registry = new Map<string, T>();
  for (const path of Object.keys(modules).sort()) {
    const declared = modules[path]!.default;
    const fileName = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);
    assert(
      declared.name === fileName,
      `The module ${path} declares the name ${declared.name}; it must be that of its file.`,
    );
    registry.set(declared.name, declared);
  }
  return registry;
}

/** The entry of that name; the scenario checker has already refused unknown names. */
export function lookUp<T extends Named>(registry: Registry<T>, name: string): T {
  const found = registry.get(name);
  assert(found !== undefined, `Nothing is registered under the name ${name}.`);
  return found;
}
