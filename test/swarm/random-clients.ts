// What clients keep for themselves. A dice of their own draws it, so the rest of a scenario is the
// same with it and without.
import { wordOf } from './design.ts';
import type { Design, Fields, Step, Value } from './design.ts';
import { Dice } from './dice.ts';
import type { Frame } from './frame.ts';

/** Lets the clients of some populations keep answers; gives the changes that belong to it. */
export function addClientCaches(frame: Frame, design: Design): Fields[] {
  const dice = new Dice(`${frame.seed}, clients`);
  const changes: Fields[] = [];
  for (const [name, population] of Object.entries(design.traffic)) {
    const keeps = mayKeep(design, population);
    if (keeps.length === 0 || population['replay'] !== undefined || !dice.chance(0.4)) continue;
    const t = (least: number, most: number) => frame.time(dice.spread(least, most));
    const room = ['1 entries', '3 entries', '40 entries', '5KB', '9KB'];
    const group: Record<string, Value> = { keeps, capacity: dice.pick(room) };
    if (population['clients'] === undefined) {
      group['clients'] = dice.pick([1, 2, 10, 100]);
      if (dice.chance(0.5)) group['activity'] = dice.pick(['zipf(1)', 'hotspot(10%, 90%)']);
    }
    if (dice.chance(0.8))
      group['ttl'] = dice.pick([t(5, 200), `${t(5, 200)} ±20%`, `${t(5, 50)} sliding`]);
    population['client-cache'] = group;
    if (!dice.chance(0.3)) continue;
    const at = frame.time(dice.spread(1, frame.span * 0.95));
    changes.push({ at, change: `${name}.client-cache.ttl`, to: dice.pick([t(1, 100), 'none']) });
  }
  return changes;
}

/** Operations of a population that are known to read records of their keys, and nothing else. */
export function mayKeep(
  { components, data }: Pick<Design, 'components' | 'data'>,
  population: Fields,
): string[] {
  const target = components[population['to'] as string];
  const mix = (population['mix'] ?? {}) as Fields;
  const asked = [...Object.keys(mix), ...[population['operation'] ?? []].flat()] as string[];
  if (target?.['kind'] === 'cache' || target?.['kind'] === 'database') {
    return asked.filter((operation) => operation === 'read');
  }
  const operations = behindOf(components, population['to'] as string)?.['operations'];
  return asked.filter((operation) => {
    const steps = (operations as Record<string, Step[]> | undefined)?.[operation];
    const part = mix[operation] as Fields | undefined;
    const keys = part?.['keys'] ?? population['keys'];
    const text = JSON.stringify(steps ?? []);
    const reads = [...text.matchAll(/"(read|write|call)":"?([^",}]*)/g)];
    const [first] = reads;
    const wanted = keys ?? first?.[2];
    return (
      data[wordOf(wanted)] !== undefined &&
      reads.length > 0 &&
      reads.every(([, verb, dataset]) => verb === 'read' && dataset === wanted)
    );
  });
}

/** The component at the end of a chain of balancers and cdns. */
function behindOf(components: Design['components'], name: string): Fields | undefined {
  let component = components[name];
  for (;;) {
    const next = component?.['to'] ?? component?.['origin'];
    if (next === undefined) return component;
    component = components[next as string];
  }
}
