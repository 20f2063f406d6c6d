// An act of a person is a fault that joins the list while the run is on its way. Wherever the run is
// at that moment, it is then the run of the file that has had the fault from the start, to the last
// number; and taking the act back gives the old run again.
import { beforeAll, describe, expect, test } from 'vitest';
import { Recording } from '../../src/experiment/recording.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { faults } from '../../src/model/faults.ts';
import type { FaultPlan } from '../../src/model/plan.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { appendFault } from '../../src/scenario/print.ts';
import { experimentOf, galleryNames, galleryText, pictureOf, timeAfter } from './gallery.ts';
import { everything } from './small-designs.ts';

const MILLISECOND = 1e6;
const eventsMost = 60_000;
/** Acts in all designs together; the verbs take turns over them. */
const actsInAll = 96;
/** Those that strike nodes; a change of a parameter builds the design anew. */
const verbs = [...faults.values()].filter(({ targets }) => targets !== 'parameter');

const designs = [
  ...galleryNames.map((name) => [name, galleryText(name)] as const),
  ['a bit of everything', everything] as const,
];

const rounds = Math.ceil(actsInAll / designs.length);

describe.each(designs)('%s', (name, text) => {
  const base = experimentOf(text);
  const place = designs.findIndex(([other]) => other === name);
  let until: number;
  let pictureBefore: unknown;

  beforeAll(() => {
    until = timeAfter(text, eventsMost);
    base.run.advance(until);
    pictureBefore = pictureOf(base);
  });

  test(`is the file with the act, ${rounds} times`, { timeout: 120_000 }, () => {
    const stream = streamFor('1', 'acts', name);
    const recording = new Recording(experimentOf(text));
    const { run } = recording.experiment;
    const all = run.world.components.flatMap(({ nodes, kind, name: component }) =>
      kind === 'clients' ? [] : [component, ...nodes.map(({ path }) => path)],
    );
    // One of the file's alternatives may lack a target; with an act on it the text is none.
    const paths = all.filter((path) => {
      const crash = { atNs: 1e9, verb: 'crash', targets: [path], forNs: null, factor: 1 };
      const after = appendFault(text, crash)!;
      return loadScenario(after, { file: 'test.yaml' }).scenario !== null;
    });
    expect(paths.length).toBeGreaterThan(0);
    for (let round = 0; round < rounds; round += 1) {
      const atNs = (1 + stream.below(Math.floor(until / MILLISECOND) - 2)) * MILLISECOND;
      const turn = place * rounds + round;
      const { name: verb, hasEnd, factor } = verbs[turn % verbs.length]!;
      const act: FaultPlan = {
        atNs,
        verb,
        targets: [paths[stream.below(paths.length)]!],
        forNs: hasEnd && stream.below(2) === 0 ? stream.below(3_000) * MILLISECOND : null,
        factor: factor === null ? 1 : 2 + stream.below(9),
      };
      // The present is before the act, just at it, or far beyond.
      const present = [stream.uniform() * atNs, atNs, atNs + stream.uniform() * (until - atNs)];
      recording.approach(0);
      recording.advance(Math.floor(present[turn % 3]!), 1 + stream.below(2 * eventsMost));
      const straight = experimentOf(appendFault(text, act)!);
      recording.fork(atNs, straight.scenario);
      recording.advance(until);
      straight.run.advance(until);
      expect(run.hash, JSON.stringify(act)).toBe(straight.run.hash);
      expect(pictureOf(recording.experiment)).toEqual(pictureOf(straight));
      recording.fork(atNs, base.scenario);
      recording.advance(until);
      expect(run.hash).toBe(base.run.hash);
      expect(pictureOf(recording.experiment)).toEqual(pictureBefore);
    }
  });
});

test('several acts one after another, and going back past them, give the file with all of them', () => {
  const act = (atNs: number, verb: string, target: string): FaultPlan => {
    return { atNs, verb, targets: [target], forNs: null, factor: 1 };
  };
  const recording = new Recording(experimentOf(everything));
  const { run } = recording.experiment;
  const acts = [
    act(3_001e6, 'crash', 'api/1'),
    act(3_001e6, 'restart-cold', 'cache'),
    act(8_500e6, 'restart', 'api/1'),
    act(8_500e6, 'crash', 'db/shard-2/primary'),
  ];
  let text = everything;
  for (const fault of acts) {
    recording.advance(fault.atNs);
    text = appendFault(text, fault)!;
    recording.fork(fault.atNs, experimentOf(text).scenario);
    recording.advance(fault.atNs + 1);
  }
  const straight = experimentOf(text);
  straight.run.advance(6e9);
  recording.approach(6e9);
  recording.advance(6e9);
  expect(run.hash).toBe(straight.run.hash);
  straight.run.advance(Infinity);
  recording.advance(Infinity);
  expect(run.hash).toBe(straight.run.hash);
  expect(pictureOf(recording.experiment)).toEqual(pictureOf(straight));
});
