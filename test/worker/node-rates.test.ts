/** Requests a second at an instance are those that came to it, however often they need a worker. */

import { expect, test } from 'vitest';
import { EDGE_STRIDE, EdgeColumn, NODE_STRIDE, NodeColumn } from '../../src/protocol/frame.ts';
import { createEngine } from '../../src/worker/create-engine.ts';

const text = (workers: string) => `
name: Rates
duration: 1m
traffic: { people: { rate: 200/s, arrivals: constant, to: front } }
components:
  front: { kind: service, ${workers}, operations: { get: [ { call: twice } ] } }
  twice:
    kind: service
    instances: 2
    ${workers.replace(/, /g, '\n    ')}
    operations: { get: [ { work: 1ms }, { call: leaf }, { work: 1ms } ] }
  leaf: { kind: service, ${workers}, operations: { get: [ { work: 1ms } ] } }
`;

test.each(['workers: unlimited', 'workers: 50', 'workers: 50, blocking: true'])('%s', (workers) => {
  const reply = createEngine(text(workers), 'rates.yaml', null);
  if (!reply.ok) throw new Error(JSON.stringify(reply.diagnostics));
  const { engine } = reply;
  const { nodes, edges, boxes } = engine.description;
  engine.advance(20, Infinity);
  const nodeRows = new Float32Array(nodes.length * NODE_STRIDE);
  const edgeRows = new Float32Array(edges.length * EDGE_STRIDE);
  engine.readNodes(nodeRows);
  engine.readEdges(edgeRows);
  for (const { id, from, to } of edges) {
    const { firstNode, nodeCount, name } = boxes[to]!;
    const own = nodes.slice(firstNode, firstNode + nodeCount);
    const rates = own.map((node) => nodeRows[node.id * NODE_STRIDE + NodeColumn.rate]!);
    const sum = rates.reduce((all, rate) => all + rate, 0);
    const called = edgeRows[id * EDGE_STRIDE + EdgeColumn.rate]!;
    expect(called, `${boxes[from]!.name} to ${name}`).toBeGreaterThan(190);
    // What is on its way when a window ends has been sent in it and arrives in the next.
    expect(Math.abs(sum - called), name).toBeLessThan(4);
  }
});
