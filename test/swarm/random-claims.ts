// Requirements and expectations of a random scenario. What they ask for may be true or not; only
// that they can be judged at any moment of any run is tested.
import { claimMetrics } from '../../src/scenario/claim-metrics.ts';
import { wordOf } from './design.ts';
import type { Design } from './design.ts';
import type { Frame } from './frame.ts';
import { partsOf } from './random-faults.ts';

const bounds = {
  ns: '5ms',
  share: '90%',
  'per-second': '100/s',
  count: '10',
  number: '1.5',
  money: '$500/month',
};

export function randomClaims(frame: Frame, design: Design): string[] {
  const { dice } = frame;
  const kindOf = (path: string) => wordOf(design.components[path.split('/')[0]!]!['kind']);
  const paths = Object.entries(design.components).flatMap(([name, fields]) =>
    partsOf(name, fields),
  );
  const populations = Object.keys(design.traffic);
  const keepers = populations.filter((name) => 'client-cache' in design.traffic[name]!);
  return dice.times(dice.pick([0, 0, 1, 3]), () => {
    const metric = dice.pick(claimMetrics);
    const subjects =
      metric.subject !== 'component'
        ? metric.subject === 'clients'
          ? keepers
          : populations
        : paths.filter((path) => metric.kinds === null || metric.kinds.includes(kindOf(path)));
    if (metric.needsSubject && subjects.length === 0) return 'availability > 0%';
    const isNamed = metric.needsSubject || (subjects.length > 0 && dice.chance(0.6));
    const subject = isNamed ? ` of ${dice.pick(subjects)}` : '';
    const comparison = dice.pick(['<', '<=', '>', '>=', '=', '!=']);
    return `${metric.name}${subject}${when(frame)} ${comparison} ${bounds[metric.unit]}`;
  });
}

function when(frame: Frame): string {
  const { dice } = frame;
  const early = frame.time(dice.spread(1, frame.span / 2));
  const late = frame.time(dice.spread(frame.span * 0.6, frame.span * 0.9));
  const words = [
    ` at ${early}`,
    ` after ${early}`,
    ` before ${late}`,
    ` between ${early} and ${late}`,
  ];
  return dice.chance(0.5) ? '' : dice.pick(words);
}
