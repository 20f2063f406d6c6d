// Ways to make a design smaller, the boldest first. Each gives the designs that one step leads to;
// every step takes something out or makes a number smaller, so that no walk goes on for ever.
import { copyOf, wordOf } from './design.ts';
import type { Design, Fields, Value } from './design.ts';
import { repaired } from './repair.ts';
import { simpler } from './simpler.ts';

type Edit = (design: Design) => readonly (() => Design)[];

/** What a thing cannot be without. */
const NEEDED = [
  'kind',
  'to',
  'origin',
  'caches',
  'data',
  'operations',
  'capacity',
  'rate',
  'clients',
  'users',
  'think',
  'keys',
  'keeps',
];

/** Takes out one named thing of a section, and all that needs it. */
function without(section: 'components' | 'traffic' | 'data'): Edit {
  return (design) =>
    Object.keys(design[section]).map((name) => () => {
      const smaller = copyOf(design);
      delete smaller[section][name];
      return repaired(smaller);
    });
}

/** Leads whoever went to a balancer, or to a cache as a client, straight to what lies behind it. */
const shorterWays: Edit = (design) =>
  Object.entries(design.components).flatMap(([name, { kind, to }]) => {
    const store = Object.values(design.data).find((dataset) =>
      ((dataset['cached-in'] ?? []) as string[]).includes(name),
    )?.['stored-in'];
    const next = kind === 'load-balancer' ? to : store;
    if (next === undefined) return [];
    return [
      () => {
        const smaller = copyOf(design);
        for (const thing of [smaller.traffic, smaller.components].flatMap(
          Object.values,
        ) as Fields[]) {
          if (thing['to'] === name) thing['to'] = next;
        }
        const components = JSON.stringify(smaller.components);
        smaller.components = JSON.parse(
          components.replaceAll(`{"call":"${name}.`, `{"call":"${wordOf(next)}.`),
        ) as Design['components'];
        return repaired(smaller);
      },
    ];
  });

/** Takes out runs of faults: half of them, a quarter of them, … single ones. */
const fewerFaults: Edit = (design) => {
  const candidates: (() => Design)[] = [];
  const count = design.faults.length;
  for (let length = count; length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < count; from += length) {
      candidates.push(() => {
        const smaller = copyOf(design);
        smaller.faults.splice(from, length);
        return smaller;
      });
    }
  }
  return candidates;
};

const withoutSections: Edit = (design) =>
  (['limits', 'requirements', 'expect', 'network', 'warm-up'] as const)
    .filter((key) => Object.keys(design[key] ?? {}).length > 0)
    .map((key) => () => {
      const smaller = copyOf(design);
      delete smaller[key];
      return smaller;
    });

/** Puts everything into the first zones only. */
const fewerZones: Edit = (design) => {
  const zones = design.zones ?? [];
  return zones.slice(1).map((_, index) => () => {
    const smaller = copyOf(design);
    const kept = zones.slice(0, index + 1);
    smaller.zones = kept;
    for (const thing of [...Object.values(smaller.components), ...Object.values(smaller.traffic)]) {
      const few = ((thing['zones'] ?? []) as string[]).filter((zone) => kept.includes(zone));
      if (few.length > 0) thing['zones'] = few;
      else delete thing['zones'];
      if (thing['zone'] !== undefined && !kept.includes(thing['zone'] as string))
        delete thing['zone'];
    }
    if (smaller.network !== undefined) delete smaller.network['links'];
    return repaired(smaller);
  });
};

const withoutOperations: Edit = (design) =>
  Object.entries(design.components).flatMap(([name, { operations }]) => {
    const names = Object.keys((operations ?? {}) as Fields);
    if (names.length < 2) return [];
    return names.map((operation) => () => {
      const smaller = copyOf(design);
      delete (smaller.components[name]!['operations'] as Fields)[operation];
      return repaired(smaller);
    });
  });

/** Takes out one step, or puts what is inside it in its place. */
const fewerSteps: Edit = (design) => {
  const candidates: (() => Design)[] = [];
  for (const list of stepLists(design)) {
    for (let place = 0; place < list().length; place++) {
      for (const inside of [[], insideOf(list()[place]!)]) {
        candidates.push(() => {
          const smaller = copyOf(design);
          const twin = stepLists(smaller)[stepLists(design).findIndex((one) => one() === list())]!;
          twin().splice(place, 1, ...copyOf(inside));
          return repaired(smaller);
        });
      }
    }
  }
  return candidates;
};

/** Every list of steps, in a fixed order. */
function stepLists(design: Design): (() => Value[])[] {
  const lists: (() => Value[])[] = [];
  const visit = (value: Value): void => {
    if (typeof value !== 'object') return;
    if (Array.isArray(value)) lists.push(() => value);
    for (const inner of Object.values(value)) visit(inner);
  };
  for (const { operations } of Object.values(design.components)) visit(operations ?? {});
  return lists;
}

function insideOf(step: Value): Value[] {
  if (typeof step !== 'object' || Array.isArray(step)) return [];
  const { parallel, choose, repeat } = step;
  if (parallel !== undefined) {
    const { branches = parallel, steps = branches } = parallel as Fields;
    return (steps as Value[]).flat();
  }
  if (choose !== undefined) return ((choose as Fields[])[0]!['do'] ?? []) as Value[];
  return repeat === undefined ? [] : ((repeat as Fields)['do'] as Value[]);
}

/** Takes out one parameter, so that it has its default. */
const fewerParameters: Edit = (design) => {
  const candidates: (() => Design)[] = [];
  for (const path of pathsOf(design)) {
    const key = path.at(-1)!;
    if (NEEDED.includes(key) || path.includes('operations')) continue;
    candidates.push(() => {
      const smaller = copyOf(design);
      const owner = ownerOf(smaller, path);
      if (!Array.isArray(owner)) delete owner[key];
      if (key === 'policy') delete (owner as Fields)['weights'];
      return repaired(smaller);
    });
  }
  return candidates;
};

/** Makes one value simpler: a constant for a law, a smaller number, a shorter time. */
const simplerValues: Edit = (design) => {
  const candidates: (() => Design)[] = [];
  for (const path of [['duration'], ['seed'], ...pathsOf(design)]) {
    const value = ownerOf(design, path)[path.at(-1) as never] as Value;
    for (const plain of simpler(value)) {
      candidates.push(() => {
        const smaller = copyOf(design);
        ownerOf(smaller, path)[path.at(-1) as never] = plain as never;
        return smaller;
      });
    }
  }
  return candidates;
};

/** Where everything stands that is said of components, clients, data, the network and faults. */
function pathsOf(design: Design): string[][] {
  const paths: string[][] = [];
  const visit = (value: Value | undefined, path: string[], depth: number): void => {
    if (depth > 0) paths.push(path);
    if (typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], depth + 1);
  };
  for (const section of ['components', 'traffic', 'data', 'faults'] as const) {
    for (const [name, thing] of Object.entries(design[section])) visit(thing, [section, name], 0);
  }
  visit(design.network, ['network'], 0);
  return paths;
}

function ownerOf(design: Design, path: readonly string[]): Fields | Value[] {
  let owner = design as unknown as Fields;
  for (const key of path.slice(0, -1)) owner = owner[key] as Fields;
  return owner;
}

export const edits: readonly Edit[] = [
  fewerFaults,
  without('components'),
  shorterWays,
  without('traffic'),
  without('data'),
  withoutSections,
  fewerZones,
  withoutOperations,
  fewerSteps,
  fewerParameters,
  simplerValues,
];
