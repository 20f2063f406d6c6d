// Which parts a random scenario has, by name, before anything is said of them.
import type { Frame } from './frame.ts';

export interface Parts {
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  /** Caches that ask what lies behind them themselves, and so can be asked by clients. */
  readonly through: ReadonlySet<string>;
  readonly datasets: readonly DatasetPart[];
  readonly services: readonly ServicePart[];
  readonly balancers: readonly BalancerPart[];
}

interface DatasetPart {
  readonly name: string;
  /** Null for one that only names keys. */
  readonly storedIn: string | null;
  /** The one nearest to the reader first. */
  readonly cachedIn: readonly string[];
}

/** A service may call those that come after it. */
export interface ServicePart {
  readonly name: string;
  readonly operations: readonly string[];
}

interface BalancerPart {
  readonly name: string;
  readonly to: string;
  /** The service or cache at the end of the chain. */
  readonly behind: string;
}

const serviceNames = ['api', 'users', 'feed', 'search', 'media'];
const balancerNames = ['edge', 'router', 'mesh'];
const cacheNames = ['hot', 'warm', 'cold', 'far'];
const databaseNames = ['main', 'archive'];
const datasetNames = ['items', 'posts', 'logs'];
const operationNames = ['get', 'put', 'scan'];

export function partsOf(frame: Frame): Parts {
  const { dice } = frame;
  const isFailover = frame.theme === 'failover';
  const databases = databaseNames.slice(0, dice.pick(isFailover ? [1, 1, 2] : [0, 1, 1, 1, 2]));
  const caches = databases.length === 0 ? [] : cacheNames.slice(0, dice.pick([0, 0, 1, 1, 2, 3]));
  const through = new Set(dice.some(caches, 0.5));
  const datasets = datasetsOf(frame, databases, caches);
  const isBare = datasets.some(({ storedIn }) => storedIn !== null) && dice.chance(0.08);
  const services = serviceNames
    .slice(0, isBare ? 0 : dice.pick([1, 1, 2, 2, 3, 4, 5]))
    .map((name) => ({ name, operations: operationNames.slice(0, dice.between(1, 3)) }));
  const parts = { databases, caches, through, datasets, services };
  return { ...parts, balancers: balancersOf(frame, services, [...through]) };
}

function datasetsOf(
  frame: Frame,
  databases: readonly string[],
  caches: readonly string[],
): DatasetPart[] {
  const { dice } = frame;
  const names = datasetNames.slice(0, databases.length === 0 ? dice.below(2) : dice.between(1, 3));
  return names.map((name) => {
    const isKept = frame.theme === 'failover' || !dice.chance(0.1);
    if (databases.length === 0 || !isKept) return { name, storedIn: null, cachedIn: [] };
    const cachedIn = dice.shuffled(dice.some(caches, 0.7));
    return { name, storedIn: dice.pick(databases), cachedIn };
  });
}

function balancersOf(
  { dice }: Frame,
  services: readonly ServicePart[],
  through: readonly string[],
): BalancerPart[] {
  const targets = [...services.map(({ name }) => name), ...services.map(({ name }) => name)];
  targets.push(...dice.some(through, 0.5));
  const balancers: BalancerPart[] = [];
  if (targets.length === 0) return balancers;
  for (const name of balancerNames.slice(0, dice.pick([0, 1, 1, 2, 3]))) {
    const before = balancers.at(-1);
    if (before !== undefined && dice.chance(0.2)) {
      balancers.push({ name, to: before.name, behind: before.behind });
    } else {
      const to = dice.pick(targets);
      balancers.push({ name, to, behind: to });
    }
  }
  return balancers;
}
