import { describe, expect, test } from 'vitest';
import { selfChecks } from '../../src/experiment/self-checks.ts';
import { StationColumn } from '../../src/model/station.ts';
import type { World } from '../../src/model/world.ts';
import { clockwork, everything, experimentOf, pairs, queue, scenarioOf } from './small-designs.ts';
import { Experiment } from '../../src/experiment/experiment.ts';

const broken = (experiment: Experiment) => selfChecks(experiment.run).filter(({ ok }) => !ok);

describe('a sound run passes its self-checks', () => {
  test.each([
    ['clockwork', clockwork],
    ['pairs', pairs],
    ['queue', queue],
    ['everything', everything],
  ])('%s, at every moment', (_, text) => {
    const experiment = new Experiment(scenarioOf(text));
    for (let time = 0; experiment.run.ending === null; time += 1.7e9) {
      experiment.run.advance(time);
      expect(broken(experiment)).toEqual([]);
    }
  });

  test('all kinds of laws are looked at', () => {
    const names = new Set(selfChecks(experimentOf(everything).run).map(({ name }) => name));
    expect([...names]).toEqual([
      'offered = ok + late + failed + shed + in flight',
      'failed + shed = sum over the reasons',
      'answers = latencies recorded',
      'attempts sent = attempts of ended and open requests',
      'rows in use',
      'arrivals = completions + rejections + expired + lost + present',
      'services begun = waits recorded',
      "Little's law: mean queue = waits over time",
      'utilisation law: mean busy = services over time',
      'hits + misses + changes ≤ commands',
      'misses = sum over their reasons',
      'stale reads = sum over versions behind',
      'reads + writes ≤ statements',
      'happenings out of the order of time',
    ]);
    expect(selfChecks(experimentOf(clockwork).run).map(({ name }) => name)).toContain(
      'calls = ok + failed + outstanding',
    );
  });
});

describe('a wrong count is found', () => {
  const station = (world: World, component: string) =>
    world.component(component).nodes[0]!.station!.tally.counts;
  const column = (world: World, component: string, name: string) => {
    const { counts, columns } = world.component(component).tally!;
    return { counts, place: columns.indexOf(name) };
  };
  const plants: readonly [law: string, plant: (world: World) => void][] = [
    [
      'offered = ok + late + failed + shed + in flight',
      ({ operations }) => {
        operations[0]!.tally.counts[0]!++;
      },
    ],
    [
      'failed + shed = sum over the reasons',
      ({ operations }) => {
        operations[0]!.tally.counts[7]!++;
      },
    ],
    ['answers = latencies recorded', ({ operations }) => operations[0]!.latency.record(1)],
    [
      'attempts sent = attempts of ended and open requests',
      ({ operations }) => {
        operations[0]!.tally.counts[1]!++;
      },
    ],
    [
      'rows in use',
      ({ calls }) => {
        calls.inUse++;
      },
    ],
    [
      'arrivals = completions + rejections + expired + lost + present',
      (world) => {
        station(world, 'api')[StationColumn.completions]!++;
      },
    ],
    [
      'services begun = waits recorded',
      (world) => {
        station(world, 'api')[StationColumn.started]!++;
      },
    ],
    [
      "Little's law: mean queue = waits over time",
      (world) => {
        station(world, 'api')[StationColumn.waitNs]! += 1_000;
      },
    ],
    [
      'utilisation law: mean busy = services over time',
      (world) => {
        station(world, 'db')[StationColumn.serviceNs]! *= 1.000001;
      },
    ],
    [
      "Little's law: mean queue = waits over time",
      (world) => {
        station(world, 'shared')[StationColumn.waitNs]! *= 1.001;
      },
    ],
    [
      'hits + misses + changes ≤ commands',
      (world) => {
        const { counts, place } = column(world, 'cache', 'hits');
        counts[place]! += 1e6;
      },
    ],
    [
      'misses = sum over their reasons',
      (world) => {
        const { counts, place } = column(world, 'cache', 'missesCold');
        counts[place]!++;
      },
    ],
    [
      'stale reads = sum over versions behind',
      (world) => {
        const { counts, place } = column(world, 'cache', 'staleBy2');
        counts[place]!++;
      },
    ],
    [
      'reads + writes ≤ statements',
      (world) => {
        const { counts, place } = column(world, 'db', 'reads');
        counts[place]! += 1e6;
      },
    ],
    [
      'happenings out of the order of time',
      ({ timeline }) => {
        timeline.add(0, 'loss', 'db', 'out of order');
      },
    ],
  ];
  test.each(plants)('%s', (law, plant) => {
    const experiment = experimentOf(everything);
    plant(experiment.run.world);
    expect(broken(experiment).map(({ name }) => name)).toContain(law);
  });

  test('calls = ok + failed + outstanding', () => {
    const experiment = experimentOf(clockwork);
    (experiment.run.world.paths[0] as unknown as { tally: { counts: Float64Array } }).tally
      .counts[1]!++;
    expect(broken(experiment).map(({ name }) => name)).toEqual([
      'calls = ok + failed + outstanding',
    ]);
  });

  test('a broken law names the node and both sides', () => {
    const experiment = experimentOf(clockwork);
    station(experiment.run.world, 'api')[StationColumn.arrivals]! += 39;
    expect(broken(experiment)).toEqual([
      {
        name: 'arrivals = completions + rejections + expired + lost + present',
        subject: 'api/1',
        expected: 4_000 - 1 + 39,
        measured: 4_000 - 1,
        relativeError: 39 / (4_000 - 1 + 39),
        ok: false,
      },
    ]);
  });

  test('NaN is found', () => {
    const experiment = experimentOf(clockwork);
    station(experiment.run.world, 'api')[StationColumn.arrivals] = NaN;
    expect(broken(experiment)).toHaveLength(1);
  });
});
