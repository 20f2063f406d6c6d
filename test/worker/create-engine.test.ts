import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  EDGE_STRIDE,
  HOP_STRIDE,
  HopColumn,
  HopKind,
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
      const isAnswer = kind === HopKind.replyOk || kind === HopKind.replyFailed;
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

test('a node can be crashed and started again, and nobody else is touched', () => {
  const engine = engineFor('primary-dies.yaml');
  engine.advance(1, Infinity);
  const target = engine.description.nodes.find(({ path }) => path === 'api/2')!;
  const stateOf = (id: number) => readNodes(engine)[id * NODE_STRIDE + NodeColumn.state];
  expect(engine.intervene({ verb: 'crash', target: target.path })).toEqual({ ok: true });
  expect(stateOf(target.id)).toBe(3);
  expect(stateOf(target.id + 1)).toBe(0);
  expect(engine.drainHappenings().map(({ target: of }) => of)).toContain(target.path);
  expect(engine.intervene({ verb: 'restart', target: target.path })).toEqual({ ok: true });
  engine.advance(20, Infinity);
  expect(stateOf(target.id)).toBe(0);
});

test('slow, partition and heal show in the state of the node', () => {
  const engine = engineFor('primary-dies.yaml');
  const { id, path } = engine.description.nodes.find((node) => node.path === 'api/3')!;
  const stateOf = () => readNodes(engine)[id * NODE_STRIDE + NodeColumn.state];
  engine.intervene({ verb: 'slow', target: path });
  expect(stateOf()).toBe(2);
  engine.intervene({ verb: 'partition', target: path });
  expect(stateOf()).toBe(4);
  engine.intervene({ verb: 'heal', target: path });
  expect(stateOf()).toBe(0);
});

test('what does not exist cannot be broken, and the reason is given', () => {
  const engine = engineFor('primary-dies.yaml');
  const reply = engine.intervene({ verb: 'crash', target: 'nowhere/1' });
  expect(reply).toMatchObject({ ok: false });
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
