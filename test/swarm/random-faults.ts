// What goes wrong in a random scenario: every verb, at any time, to any part of any component.
import { faults } from '../../src/model/faults.ts';
import { wordOf } from './design.ts';
import type { Fields, Named } from './design.ts';
import type { Frame } from './frame.ts';
import { randomChanges } from './random-changes.ts';
import { instancesOf } from './random-components.ts';

export function randomFaults(frame: Frame, components: Named): Fields[] {
  const { dice } = frame;
  const verbs = [...faults.values()].filter(
    ({ name, targets }) => targets !== 'parameter' && (frame.hasPartitions || name !== 'partition'),
  );
  const targets = Object.entries(components).map(([name, fields]) => partsOf(name, fields));
  targets.push(frame.zones.map((zone) => `zone/${zone}`));
  const faulty = dice.times(dice.pick([0, 1, 2, 3, 4, 6, 10]), () => {
    const { name, hasEnd, factor, targets: kinds } = dice.pick(verbs);
    const mayPair = kinds === 'node-or-zones' && frame.zones.length > 1;
    const pair = () => dice.shuffled(frame.zones).slice(0, 2);
    const target = mayPair && dice.chance(0.4) ? pair() : dice.pick(dice.pick(targets));
    const fault: Fields = { at: frame.moment(0.95), [name]: target };
    if (factor !== null) fault['by'] = dice.pick(['1x', '2x', '1.5x', '20x']);
    if (hasEnd && dice.chance(0.8)) fault['for'] = frame.time(dice.spread(1, frame.span * 0.7));
    return fault;
  });
  const themes = dice.times(dice.between(1, 3), () => themed(frame, components)).flat();
  return [...faulty, ...themes, ...randomChanges(frame, components)];
}

/** What a theme asks for: primaries that are gone for a while, instances that come and go. */
function themed(frame: Frame, components: Named): Fields[] {
  const { dice, theme, zones } = frame;
  const kind = theme === 'failover' ? 'database' : 'service';
  const names = Object.keys(components).filter((name) => components[name]!['kind'] === kind);
  if ((theme !== 'failover' && theme !== 'health') || names.length === 0) return [];
  const name = dice.pick(names);
  const target = theme === 'failover' ? `${name}/shard-1/primary` : `${name}/1`;
  const at = frame.moment(0.6);
  const until = frame.time(dice.spread(20, frame.span * 0.7));
  const partition = { partition: dice.chance(0.75) ? zones.slice(0, 2) : target };
  const isPartition = frame.hasPartitions && zones.length > 1 && dice.chance(0.5);
  return [{ at, ...(isPartition ? partition : { crash: target }), for: until }];
}

/** The paths of a component and of its parts. */
export function partsOf(name: string, fields: Fields): string[] {
  const numbers = (count: unknown) => Array.from({ length: Number(count ?? 1) }, (_, i) => i + 1);
  switch (fields['kind']) {
    case 'cdn': {
      const points = fields['points'] ?? ((fields['zones'] ?? [0]) as unknown[]).length;
      return [name, ...numbers(points).map((point) => `${name}/node-${point}`)];
    }
    case 'cache':
      return [name, ...numbers(fields['nodes']).map((node) => `${name}/node-${node}`)];
    case 'database': {
      const shards = numbers(wordOf(fields['shards'] ?? 1).split(' ')[0]);
      const replicas = Number(fields['replicas'] ?? 0);
      return [
        name,
        ...shards.flatMap((shard) => {
          const path = `${name}/shard-${shard}`;
          const nodes = numbers(replicas + 1).map((node) => `${path}/node-${node}`);
          const others = numbers(replicas).map((replica) => `${path}/replica-${replica}`);
          // Primaries are struck more often than chance would have it: failover begins there.
          return [
            path,
            `${path}/primary`,
            `${path}/primary`,
            `${path}/primary`,
            ...nodes,
            ...others,
          ];
        }),
      ];
    }
    default:
      return [name, ...numbers(instancesOf(fields)).map((instance) => `${name}/${instance}`)];
  }
}
