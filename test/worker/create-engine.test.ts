import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  EDGE_STRIDE,
  HOP_STRIDE,
  HopColumn,
  isReply,
  NODE_STRIDE,
  NodeColumn,
} from '../../src/protocol/frame.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import type { Engine } from '../../src/worker/engine.ts';

const names = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

function engineFor(name: string): Engine {
  const reply = createEngine(readFileSync(`scenarios/${name}`, 'utf8'), name, null);
  if (!reply.ok) throw new Error(JSON.stringify(reply.diagnostics));
  return reply.engine;
}

function readNodes(engine: Engine): Float32Array {
  const rows = new Float32Array(engine.description.nodes.length * NODE_STRIDE);
  engine.readNodes(rows);
  return rows;
}

describe.each(names)('%s', (name) => {
  const engine = engineFor(name);
  const { boxes, nodes, edges, series } = engine.description;
  engine.setSampling(5);
  engine.advance(2, 300_000);

  test('the nodes of a box are neighbours and know their box', () => {
    nodes.forEach((node, id) => expect(node.id).toBe(id));
    let next = 0;
    for (const { id, firstNode, nodeCount } of boxes) {
      expect(firstNode).toBe(next);
      next += nodeCount;
      const own = nodes.slice(firstNode, next);
      expect(own.every(({ box }) => box === id)).toBe(true);
    }
    expect(next).toBe(nodes.length);
  });

  test('every edge joins boxes that exist', () => {
    for (const { from, to } of edges) {
      expect(boxes[from]).toBeDefined();
      expect(boxes[to]).toBeDefined();
    }
    const rows = new Float32Array(edges.length * EDGE_STRIDE);
    engine.readEdges(rows);
    expect(rows.every((value) => value >= 0)).toBe(true);
  });

  test('hops run along their edge, and answers run back', () => {
    const hops = engine.drainHops();
    expect(hops.length).toBeGreaterThan(0);
    const wrong: number[][] = [];
    for (let at = 0; at < hops.length; at += HOP_STRIDE) {
      const edge = edges[hops[at + HopColumn.edge]!]!;
      const kind = hops[at + HopColumn.kind]!;
      const isAnswer = isReply(kind);
      const ends = [hops[at + HopColumn.fromNode]!, hops[at + HopColumn.toNode]!];
      const [caller, callee] = isAnswer ? ends.reverse() : ends;
      const fits = nodes[caller!]?.box === edge.from && nodes[callee!]?.box === edge.to;
      const takesTime = hops[at + HopColumn.arrival]! >= hops[at + HopColumn.departure]!;
      if (!fits || !takesTime) wrong.push(Array.from(hops.subarray(at, at + HOP_STRIDE)));
    }
    expect(wrong).toEqual([]);
  });

  test('each finished window is one row with a value for every series', () => {
    const rows = engine.drainWindows();
    expect(rows.length % (series.length + 1)).toBe(0);
    expect(engine.drainWindows()).toHaveLength(0);
  });

  test('nodes are up, with numbers that can be drawn', () => {
    const rows = readNodes(engine);
    nodes.forEach(({ id }) => {
      expect(rows[id * NODE_STRIDE + NodeColumn.state]).toBeLessThan(6);
      expect(rows[id * NODE_STRIDE + NodeColumn.rate]).toBeGreaterThanOrEqual(0);
      expect(rows[id * NODE_STRIDE + NodeColumn.fill]).toBeLessThanOrEqual(1);
    });
  });
});

/** An engine at one second whose text is the file with a list of faults of its own. */
function struck(faults: readonly string[]): Engine {
  const engine = engineFor('primary-dies.yaml');
  engine.advance(1, Infinity);
  expect(replanned(engine, faults)).toEqual({ ok: true });
  engine.advance(1.000000001, Infinity);
  return engine;
}

function replanned(engine: Engine, faults: readonly string[]) {
  const text = readFileSync('scenarios/primary-dies.yaml', 'utf8');
  return engine.replan(text.replace(/^faults:\n/m, `faults:\n  - ${faults.join('\n  - ')}\n`), 1);
}

function stateOf(engine: Engine, path: string): number {
  const { id } = engine.description.nodes.find((node) => node.path === path)!;
  return readNodes(engine)[id * NODE_STRIDE + NodeColumn.state]!;
}

test('a node can be crashed and started again, and nobody else is touched', () => {
  const engine = struck(['{ at: 1s, crash: api/2 }', '{ at: 2s, restart: api/2 }']);
  expect(stateOf(engine, 'api/2')).toBe(3);
  expect(stateOf(engine, 'api/3')).toBe(0);
  expect(engine.drainHappenings().map(({ target: of }) => of)).toContain('api/2');
  engine.advance(20, Infinity);
  expect(stateOf(engine, 'api/2')).toBe(0);
});

test('slow, partition and heal show in the state of the node', () => {
  const faults = ['{ at: 1s, slow: api/3, by: 5x }', '{ at: 2s, partition: api/3 }'];
  const engine = struck([...faults, '{ at: 3s, heal: api/3 }']);
  expect(stateOf(engine, 'api/3')).toBe(2);
  engine.advance(2.5, Infinity);
  expect(stateOf(engine, 'api/3')).toBe(4);
  engine.advance(3.5, Infinity);
  expect(stateOf(engine, 'api/3')).toBe(0);
});

test('what does not exist cannot be broken, the reason is given, and nothing has changed', () => {
  const engine = engineFor('primary-dies.yaml');
  engine.advance(1, Infinity);
  const reply = replanned(engine, ['{ at: 1s, crash: nowhere/1 }']);
  expect(reply).toEqual({ ok: false, why: expect.stringContaining('nowhere') });
  engine.advance(2, Infinity);
  const other = engineFor('primary-dies.yaml');
  other.advance(2, Infinity);
  expect(engine.hash()).toBe(other.hash());
});

test('a text with errors gives diagnostics with the line they are about', () => {
  const text = readFileSync('scenarios/primary-dies.yaml', 'utf8').replace('seed:', 'sed:');
  const reply = createEngine(text, 'mine.yaml', null);
  expect(reply.ok).toBe(false);
  if (reply.ok) return;
  const wrong = reply.diagnostics.find(({ excerpt }) => excerpt.startsWith('sed:'))!;
  expect(wrong).toMatchObject({ severity: 'error', column: 1 });
  expect(wrong.hint).toContain('seed');
});
