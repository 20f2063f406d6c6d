// What is said of caches, cdns, memories and popularities beside the plain words of each component.
// A dice of their own draws these, so the rest of a scenario is the same with them and without.
import { strategies } from '../../src/model/components/cache/strategy-parameters.ts';
import { admissionPolicies } from '../../src/model/admission.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { wordOf } from './design.ts';
import type { Design, Fields, Named, Step, Value } from './design.ts';
import { Dice } from './dice.ts';
import type { Frame } from './frame.ts';
import { retries } from './random-components.ts';

const policies = [...evictionPolicies.keys()];
const stores = ['1 entries', '4 entries', '30 entries', '2KB', '300KB'];

/** The scenario with more said of whatever keeps copies; gives the faults that belong to it. */
export function addCaching(frame: Frame, design: Design): Fields[] {
  const dice = new Dice(`${frame.seed}, caches`);
  if (frame.isConstant || dice.chance(0.25)) return [];
  const own = Object.create(frame, { dice: { value: dice } }) as Frame;
  const { components, data } = design;
  for (const dataset of Object.values(data)) popular(own, dataset);
  const caches = Object.keys(components).filter((name) => components[name]!['kind'] === 'cache');
  for (const name of caches) {
    const cache = components[name]!;
    strategy(own, cache);
    if (!house(own, design, name)) cluster(own, cache);
    stampede(own, cache);
    shadows(new Dice(`${frame.seed}, shadows of ${name}`), cache);
  }
  levels(own, design);
  inclusive(own, design);
  for (const component of Object.values(components)) {
    if (component['kind'] === 'database' && dice.chance(0.4)) memory(own, component);
    if (dice.chance(0.15)) component['price'] = '$0.25/hour';
  }
  if (dice.chance(0.5)) addCdn(own, design);
  return resizes(own, design, caches);
}

function popular(frame: Frame, dataset: Fields): void {
  const { dice } = frame;
  const every = `every ${frame.time(dice.spread(1, frame.span / 4))}`;
  const keys = Number(dataset['keys']);
  const kinds = [
    'scrambled-zipf(0.99)',
    'drift(10%, 90%, every 20)',
    `drift(20%, 80%, ${every})`,
    'latest(0.99, every 7)',
    `latest(0.5, ${every})`,
    'shift(1.2, every 50)',
    `shift(0.99, ${every})`,
    'one-hit(30%, 0.99)',
    'one-hit(100%, 0)',
    'loop(1)',
    `loop(${Math.ceil(keys / 2)})`,
    'scan',
    'minstd-zipf',
  ];
  if (dice.chance(0.5)) dataset['popularity'] = dice.pick(kinds);
  if (dataset['stored-in'] !== undefined && dice.chance(0.3)) {
    dataset['absent'] = dice.pick(['1%', '50%', '100%']);
  }
}

/** Writes, expiry and invalidation. */
function strategy(frame: Frame, cache: Fields): void {
  const { dice } = frame;
  const t = (least: number, most: number) => frame.time(dice.spread(least, most));
  const others = strategies.filter((word) => word !== 'cache-aside');
  const through = [...others, 'write-back', 'write-back', 'refresh-ahead'];
  if ((cache['strategy'] ?? 'cache-aside') !== 'cache-aside') {
    cache['strategy'] = dice.pick(through);
  }
  const extra: Record<string, Value> = {
    'on-write': dice.pick(['invalidate', 'update', 'none', 'message']),
    'message-lag': frame.law(dice.pick([0, 1, 20])),
    'flush-every': frame.slowTime(dice.spread(2, 80)),
    'dirty-limit': dice.pick([1, 3, 50, 'unlimited']),
    'flush-width': dice.pick([1, 2, 64, 'unlimited']),
    'negative-ttl': t(5, 200),
    'refresh-at': dice.pick(['0%', '50%', '95%', '100%']),
    admission: dice.pick(admissions()),
    eviction: dice.pick(policies),
  };
  for (const [key, value] of Object.entries(extra)) if (dice.chance(0.5)) cache[key] = value;
  if (cache['strategy'] === 'refresh-ahead') cache['ttl'] = t(5, 200);
  // Where the store cannot answer in time, what has to be written back is sent for ever.
  if (cache['strategy'] === 'write-back') cache['timeout'] = frame.time(5_000);
  const expires = cache['ttl'] !== undefined || cache['negative-ttl'] !== undefined;
  if (expires && dice.chance(0.4)) cache['expiry'] = dice.pick(['active', 'lazy']);
  if (dice.chance(0.3)) cache['warm'] = 'popular(20%)';
}

/** Every policy of admission, with what it takes. */
function admissions(): string[] {
  const values = { nothing: '', size: '(2KB)', share: '(40%)' } as const;
  return [...admissionPolicies.values()].map(({ name, takes }) => `${name}${values[takes]}`);
}

/** Where no client asks it, a cache may live in a service that does. */
function house(frame: Frame, { components, traffic }: Design, name: string): boolean {
  const { dice } = frame;
  const asked = [...Object.values(traffic), ...Object.values(components)].some(
    ({ to }) => to === name,
  );
  const services = Object.keys(components).filter(
    (each) => components[each]!['kind'] === 'service',
  );
  if (asked || services.length === 0 || !dice.chance(0.35)) return false;
  const cache = components[name]!;
  cache['inside'] = dice.pick(services);
  for (const key of ['nodes', 'zones', 'virtual-nodes', 'start-up']) delete cache[key];
  return true;
}

/** Nodes: who holds what, who has copies, and how a node begins. */
function cluster(frame: Frame, cache: Fields): void {
  const { dice } = frame;
  const nodes = Number(cache['nodes'] ?? 1);
  if (dice.chance(0.4)) cache['placement'] = dice.pick(['modulo', 'consistent-hash']);
  if (dice.chance(0.25)) cache['hot-keys'] = dice.pick([1, 3, 10_000]);
  if (dice.chance(0.4)) cache['slow-start'] = frame.time(dice.spread(1, 100));
  const hasCopies = nodes > 1 && dice.chance(0.5);
  if (hasCopies) cache['replicas'] = dice.between(1, nodes - 1);
  if (hasCopies && dice.chance(0.6)) {
    cache['warm-from'] = dice.pick(['replica', 'nothing']);
    cache['warm-rate'] = `${Math.ceil(1e9 / frame.unitNs / dice.spread(0.5, 20))}/s`;
  }
  if (nodes < 2 || !dice.chance(0.6)) return;
  cache['on-node-loss'] = dice.pick(['rehash', 'miss', hasCopies ? 'replica' : 'rehash']);
  cache['detect'] = dice.chance(0.2) ? '0s' : frame.time(dice.spread(1, 60));
}

function stampede(frame: Frame, cache: Fields): void {
  const { dice } = frame;
  const isAside = (cache['strategy'] ?? 'cache-aside') === 'cache-aside';
  const isHot = cache['hot-keys'] !== undefined;
  const words = ['none', 'single-flight', 'single-flight'];
  if (!isAside || !isHot) words.push('global-single-flight', 'global-single-flight');
  if (isAside && !isHot) words.push('lease', 'lease');
  if (cache['ttl'] !== undefined) {
    words.push('early-expiry', 'early-expiry(100)');
    words.push(`stale-while-revalidate(${frame.time(dice.spread(1, 100))})`);
  }
  if (!dice.chance(0.7)) return;
  cache['stampede'] = dice.pick(words);
  cache['lease-time'] = frame.time(dice.spread(1, 100));
  cache['lease-wait'] = frame.time(dice.spread(0.5, 10));
  if (dice.chance(0.4)) cache['lease-stale'] = frame.time(dice.spread(1, 100));
}

/** Other caches that ride along; no run is another one for them. */
function shadows(dice: Dice, cache: Fields): void {
  if (!dice.chance(0.3)) return;
  const words = [
    '50%',
    '100%',
    '1000%',
    `${dice.pick(policies)} 100%`,
    `${dice.pick(policies)} 30%`,
  ];
  cache['shadow'] = dice.shuffled(words).slice(0, dice.between(1, 3));
}

/** What two caches before one dataset hold together. */
function levels(frame: Frame, { components, data }: Design): void {
  const { dice } = frame;
  const isAside = (name: string) =>
    (components[name]!['strategy'] ?? 'cache-aside') === 'cache-aside';
  for (const { 'cached-in': list } of Object.values(data)) {
    const names = (list ?? []) as string[];
    const isLast = (name: string) => names.indexOf(name) === names.length - 1;
    for (const name of names) {
      const mayMove = Object.values(data).every((other) => {
        const others = (other['cached-in'] ?? []) as string[];
        const place = others.indexOf(name);
        const behind = place < 0 ? [] : others.slice(place);
        return behind.every((each) => isAside(each) && components[each]!['inside'] === undefined);
      });
      if (isLast(name) || !isAside(name)) continue;
      const cache = components[name]!;
      if (dice.chance(0.4) && mayMove && cache['promote'] === undefined) {
        cache['inclusion'] = dice.chance(0.8) ? 'exclusive' : 'free';
      } else if (dice.chance(0.5) && cache['inclusion'] === undefined) {
        cache['promote'] = dice.pick(['0%', '30%']);
      }
    }
  }
}

/** What leaves a cache leaves the one before it too, where that can be. */
function inclusive(frame: Frame, { components, data }: Design): void {
  const dice = new Dice(`${frame.seed}, inclusive`);
  const all = Object.values(data).map((dataset) => (dataset['cached-in'] ?? []) as string[]);
  for (const [name, cache] of Object.entries(components)) {
    const behind = all.flatMap((names) =>
      names.includes(name) ? (names[names.indexOf(name) + 1] ?? []) : [],
    );
    const isFree = ['inclusion', 'replicas', 'hot-keys', 'warm'].every((key) => !(key in cache));
    const isAside = [name, ...behind].every(
      (each) => (components[each]!['strategy'] ?? 'cache-aside') === 'cache-aside',
    );
    const leases = behind.some((each) => components[each]!['stampede'] === 'lease');
    if (behind.length === 0 || !isFree || !isAside || leases || !dice.chance(0.5)) continue;
    cache['inclusion'] = 'inclusive';
  }
}

/** A database whose data is not all in memory. */
function memory(frame: Frame, database: Fields): void {
  const { dice } = frame;
  database['buffer-pool'] = dice.pick(stores);
  if (dice.chance(0.7)) database['buffer-eviction'] = dice.pick(policies);
  database['disk-read'] = frame.law(dice.pick([0, 0.5, 3]));
  if (dice.chance(0.5)) database['warm'] = dice.pick(['popular', 'empty']);
}

/** A cdn, perhaps with a shield, before a service that gets an operation for it. */
function addCdn(frame: Frame, { components, data, traffic }: Design): void {
  const { dice } = frame;
  const isService = (name: string) => components[name]!['kind'] === 'service';
  const services = Object.keys(components).filter(isService);
  const kept = Object.keys(data).filter((name) => data[name]!['stored-in'] !== undefined);
  if (services.length === 0 || kept.length === 0) return;
  const service = dice.pick(services);
  const dataset = dice.pick(kept);
  const operations = components[service]!['operations'] as Record<string, Step[]>;
  nameOperations(components, traffic, service);
  const [first] = Object.keys(operations);
  operations['look'] = [{ work: frame.work() }, { read: dataset }];
  operations['list'] = [{ read: dataset }, { parallel: [{ read: dataset }, { wait: '0s' }] }];
  const balancers = Object.keys(components).filter((name) => components[name]!['to'] === service);
  const hasShield = dice.chance(0.3);
  const origin = dice.pick([service, ...balancers]);
  if (hasShield) components['shield'] = cdn(frame, origin, dataset);
  components['near'] = cdn(frame, hasShield ? 'shield' : origin, dataset);
  const share = (part: string): Fields => ({ share: part, keys: dataset });
  traffic['viewers'] = {
    rate: `${Number(((150 * 1e9) / (frame.span * frame.unitNs)).toPrecision(3))}/s`,
    to: 'near',
    mix: { look: share('60%'), list: share('30%'), [first!]: share('10%') },
    timeout: frame.timeout(),
  };
  if (dice.chance(0.4)) traffic['viewers']['zone'] = dice.pick(frame.zones);
}

/** Who asked for the only operation of a service has to name it, now that there are others. */
function nameOperations(components: Design['components'], traffic: Named, service: string): void {
  const leads = (to: Value | undefined): boolean =>
    to === service || (to !== undefined && leads(components[to as string]?.['to']));
  const [only] = Object.keys(components[service]!['operations'] as Fields);
  for (const population of Object.values(traffic)) {
    const isNamed = ['operation', 'mix'].some((key) => key in population);
    if (leads(population['to']) && !isNamed) population['operation'] = only!;
  }
}

function cdn(frame: Frame, origin: string, dataset: string): Fields {
  const { dice } = frame;
  const t = (least: number, most: number) => frame.time(dice.spread(least, most));
  const isPush = dice.chance(0.4);
  const extra: Record<string, Value> = {
    points: dice.between(1, 4),
    zones: frame.zones.slice(0, dice.between(1, frame.zones.length)),
    eviction: dice.pick(policies),
    fill: isPush ? 'push' : 'pull',
    'on-write': isPush ? 'none' : dice.pick(['none', 'invalidate', 'invalidate']),
    'message-lag': frame.law(dice.pick([0, 1, 20])),
    ttl: dice.pick([t(5, 200), `${t(5, 200)} ±20%`, `${t(5, 200)} sliding`]),
    'stale-if-error': t(5, 300),
    coalesce: dice.chance(0.5),
    service: frame.law(dice.pick([0, 0.1, 2])),
    workers: dice.pick([1, 4, 'unlimited']),
    queue: dice.pick([0, 5, 'unlimited']),
    price: '$1/hour',
  };
  const some = Object.entries(extra).filter(([key]) => key === 'fill' || dice.chance(0.6));
  if (isPush && some.every(([key]) => key !== 'on-write')) some.push(['on-write', 'none']);
  const most: Fields = {
    kind: 'cdn',
    origin,
    caches: dice.chance(0.6) ? ['look', 'list'] : ['look'],
    data: dataset,
    capacity: dice.pick([...stores, `30% of ${dataset}`]),
    timeout: frame.timeout(),
    'start-up': frame.time(dice.spread(1, 80)),
    ...Object.fromEntries(some),
  };
  const again = retries(frame);
  if (again !== null) most['retries'] = again;
  return most;
}

/** Parameters of caches that get other values while the run goes on. */
function resizes(frame: Frame, { components }: Design, caches: readonly string[]): Fields[] {
  const { dice } = frame;
  return caches.flatMap((name) => {
    const cache = components[name]!;
    if (!dice.chance(0.5)) return [];
    const t = () => frame.time(dice.spread(1, 60));
    const values: Record<string, Value> = {
      'flush-every': frame.slowTime(dice.spread(2, 80)),
      'message-lag': t(),
      'dirty-limit': dice.pick([1, 5]),
      'refresh-at': dice.pick(['10%', '90%']),
      'negative-ttl': t(),
      service: t(),
    };
    const least = Number(wordOf(cache['replicas']) || 0) + 1;
    const isFixed = Object.values(components).some(
      (each) => each['to'] === name && ['weights', 'table-size'].some((key) => key in each),
    );
    if (cache['inside'] === undefined && !isFixed) values['nodes'] = dice.between(least, 6);
    const paths = Object.entries(values).filter(([key]) => key === 'nodes' || dice.chance(0.2));
    return paths.map(([key, to]) => {
      const at = frame.moment(0.95);
      const fault: Fields = { at, change: `${name}.${key}`, to };
      if (dice.chance(0.5)) fault['for'] = frame.time(dice.spread(1, frame.span * 0.7));
      return fault;
    });
  });
}
