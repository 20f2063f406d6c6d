// Conservation: whatever a request goes through, the pieces of its critical path follow on each
// other from its start to its end, so that they sum to its latency to the nanosecond.
import { describe, expect, test } from 'vitest';
import { NoteKind } from '../../src/model/span-log.ts';
import type { World } from '../../src/model/world.ts';
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
  /** Time of paths that no note accounts for, as a share. */
  readonly unexplained: number;
  readonly kinds: ReadonlySet<string>;
}

/** Plays a text with every request watched and holds each path to account. */
function watched(text: string, events: number): Seen {
  const { run } = new Experiment(scenarioOf(text));
  const { world } = run;
  const trees = new Map<number, TraceTree>();
  const kinds = new Set<string>();
  let requests = 0;
  let total = 0;
  let unexplained = 0;
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
      total += tree.root.end - tree.root.start;
      unexplained += expectWholePath(world, tree.root, kinds);
    });
  }
  return { hash: run.hash, requests, unexplained: unexplained / Math.max(1, total), kinds };
}

/** Returns the time for which the path found nothing that was noted. */
function expectWholePath(world: World, root: Activity, kinds: Set<string>): number {
  const noted = new Set<Activity>();
  collect(root, noted);
  const pieces = criticalPath(root, root.end);
  let time = root.start;
  let gaps = 0;
  for (const { activity, start, end } of pieces) {
    const isSound = start === time && end > start && leaves.includes(activity.kind);
    const isInside = start >= activity.start && end <= activity.end && end <= activity.released;
    if (!isSound || !isInside) expect({ activity, start, end, time, root }).toBeNull();
    kinds.add(activity.kind);
    if (!noted.has(activity)) {
      gaps += end - start;
      expect(world.components[world.nodes[activity.node]!.component]!.kind).toBe('database');
    }
    time = end;
  }
  if (time !== root.end) expect({ root, pieces, time }).toBeNull();
  return gaps;
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
    const { hash, requests, unexplained } = watched(text, 80_000);
    expect(requests).toBeGreaterThan(1_000);
    expect(unexplained).toBe(0);
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
      // Whether the replicas have a write is known at the store alone; no row of the write waits.
      if (!/replication: sync/.test(text)) expect(seen.unexplained, `scenario ${seed}`).toBe(0);
      for (const kind of seen.kinds) kinds.add(kind);
    }
    expect(requests).toBeGreaterThan(10_000);
    expect([...kinds].sort()).toEqual([...leaves].sort());
  });
});
