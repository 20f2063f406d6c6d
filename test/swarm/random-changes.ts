// Parameters that get other values while a random scenario runs. A dice of their own draws them, so
// the rest of a scenario is the same with them and without.
import { Dice } from './dice.ts';
import type { Fields, Named, Value } from './design.ts';
import type { Frame } from './frame.ts';
import { instancesOf } from './random-components.ts';

export function randomChanges(frame: Frame, components: Named): Fields[] {
  const dice = new Dice(`${frame.seed}, changes`);
  const values = Object.entries(components).flatMap(([name, fields]) =>
    Object.entries(valuesFor(frame, dice, name, components)).map(
      ([key, value]) => [`${name}.${key}`, value, fields] as const,
    ),
  );
  return dice.times(dice.pick([0, 0, 1, 2, 5]), () => {
    const [path, value] = dice.pick(values);
    const at = frame.time(Math.min(dice.spread(1, frame.span), frame.span * 0.99));
    const fault: Fields = { at, change: path, to: value };
    if (dice.chance(0.5)) fault['for'] = frame.time(dice.spread(1, frame.span * 0.7));
    return fault;
  });
}

/** A value for each parameter of a component that may change. */
function valuesFor(frame: Frame, dice: Dice, name: string, components: Named): Named[string] {
  const fields = components[name]!;
  const time = () => frame.time(dice.spread(1, 60));
  const workers: Value = dice.pick([1, 1, 2, 4, 9]);
  const queue: Value = dice.pick([0, 1, 5, 50]);
  switch (fields['kind']) {
    case 'load-balancer': {
      const policies = ['round-robin', 'random', 'least-requests', 'two-choices'];
      const policy = dice.pick([...policies, 'consistent-hash']);
      return { policy, timeout: time(), ...('weights' in fields ? { policy: 'weighted' } : {}) };
    }
    case 'cache':
      return {
        workers,
        queue,
        capacity: dice.pick(['1 entries', '7 entries', '2KB']),
        ttl: time(),
      };
    case 'cdn':
      return { workers, queue, ttl: time(), timeout: time() };
    case 'database':
      return { workers, connections: dice.pick([1, 3, 30]), lag: time(), 'read-from': 'primary' };
    default: {
      const retries: Fields = { attempts: dice.between(1, 3), backoff: `constant(${time()})` };
      if (frame.isConstant) retries['jitter'] = 'none';
      const least: Fields = { queue, timeout: time(), retries };
      if (!('autoscale' in fields)) least['workers'] = workers;
      if (mayGrow(name, components)) least['instances'] = dice.between(1, 6);
      else if (!('autoscale' in fields)) least['instances'] = dice.between(1, instancesOf(fields));
      return least;
    }
  }
}

/** False where something is said of each instance. */
function mayGrow(name: string, components: Named): boolean {
  if ('autoscale' in components[name]!) return false;
  const fixed = ['weights', 'priorities', 'table-size'];
  return Object.values(components).every(
    (fields) => fields['to'] !== name || fixed.every((key) => !(key in fields)),
  );
}
