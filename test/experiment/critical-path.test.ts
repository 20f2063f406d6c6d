// Conservation: whatever a request goes through, the pieces of its critical path follow on each
// other from its start to its end, so that they sum to its latency to the nanosecond.
import { describe, expect, test } from 'vitest';
import { NoteKind } from '../../src/model/span-log.ts';
import { Experiment } from '../../src/experiment/experiment.ts';
import { criticalPath } from '../../src/experiment/critical-path.ts';
import { handOver } from '../../src/experiment/replay.ts';
import { TraceTree } from '../../src/experiment/trace-tree.ts';
import type { Activity } from '../../src/experiment/trace-tree.ts';
import { textOf } from '../swarm/design.ts';
import { randomDesign } from '../swarm/random-design.ts';
import { galleryNames, galleryText } from './gallery.ts';
import { everything, scenarioOf } from './small-designs.ts';

const leaves: readonly string[] = ['queue', 'service', 'network', 'backoff', 'wait'];

interface Seen {
  readonly hash: string;
  readonly requests: number;
  readonly kinds: ReadonlySet<string>;
}

/** Plays a text with every request watched and holds each path to account. */
function watched(text: string, events: number): Seen {
  const { run } = new Experiment(scenarioOf(text));
  const { world } = run;
  const trees = new Map<number, TraceTree>();
  const kinds = new Set<string>();
  let requests = 0;
  world.calls.spans.watchOneIn(1);
  for (let done = false; !done; done ||= world.simulation.events >= events) {
    done = run.advance(Infinity, 10_000);
    expect(world.calls.spans.dropped).toBe(0);
    handOver(world, (note) => {
      if (note[1] === NoteKind.begin) {
        trees.set(note[2]!, new TraceTree(note));
        return;
      }
      const tree = trees.get(note[2]!)!;
      const wasEnded = tree.isEnded;
      tree.add(note);
      if (wasEnded || !tree.isEnded) return;
      requests++;
      expectWholePath(tree.root, kinds);
    });
  }
  return { hash: run.hash, requests, kinds };
}

/** Every moment of the path is in one piece, and every piece was noted as it happened. */
function expectWholePath(root: Activity, kinds: Set<string>): void {
  const noted = new Set<Activity>();
  collect(root, noted);
  const pieces = criticalPath(root, root.end);
  let time = root.start;
  for (const { activity, start, end } of pieces) {
    const isSound = start === time && end > start && leaves.includes(activity.kind);
    const isInside = start >= activity.start && end <= activity.end && end <= activity.released;
    if (!isSound || !isInside || !noted.has(activity)) {
      expect({ activity, start, end, time, root }).toBeNull();
    }
    kinds.add(activity.kind);
    time = end;
  }
  if (time !== root.end) expect({ root, pieces, time }).toBeNull();
}

function collect(activity: Activity, into: Set<Activity>): void {
  into.add(activity);
  for (const child of activity.children) collect(child, into);
}

function hashOf(text: string, events: number): string {
  const { run } = new Experiment(scenarioOf(text));
  while (!run.advance(Infinity, 10_000) && run.world.simulation.events < events);
  return run.hash;
}

describe('the pieces of each critical path sum to the latency, and tracing leaves the hash', () => {
  test.each(galleryNames)('in %s', { timeout: 60_000 }, (name) => {
    const text = galleryText(name);
    const { hash, requests } = watched(text, 80_000);
    // A recording of so few is played to its end.
    expect(requests).toBeGreaterThan(name === 'replayed-trace' ? 99 : 1_000);
    expect(hash).toBe(hashOf(text, 80_000));
  });

  test('with faults of every kind, and every kind of delay is met', { timeout: 60_000 }, () => {
    const { hash, requests, kinds } = watched(everything, Infinity);
    expect(requests).toBeGreaterThan(5_000);
    expect([...kinds].sort()).toEqual(['backoff', 'network', 'queue', 'service']);
    expect(hash).toBe(hashOf(everything, Infinity));
  });

  test('in random designs', { timeout: 120_000 }, () => {
    let requests = 0;
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 80; seed++) {
      const text = textOf(randomDesign(seed));
      const seen = watched(text, 30_000);
      expect(seen.hash, `scenario ${seed}`).toBe(hashOf(text, 30_000));
      requests += seen.requests;
      for (const kind of seen.kinds) kinds.add(kind);
    }
    expect(requests).toBeGreaterThan(10_000);
    expect([...kinds].sort()).toEqual([...leaves].sort());
  });
});
