/** A small view for tests of the stage: clients, and a service of two instances. */

import type { ScenarioView } from '../../src/protocol/scenario-view.ts';
import { viewOf } from '../../src/worker/view.ts';

export function twoBoxes(): ScenarioView {
  const box = { position: null, line: null };
  const node = { shard: -1, workers: 4, queueCapacity: 10, zone: '' };
  return viewOf(
    {
      name: 'Two boxes',
      about: '',
      seed: '1',
      durationSeconds: 10,
      warmUpSeconds: 0,
      windowSeconds: 1,
      boxes: [
        {
          ...box,
          id: 0,
          name: 'people',
          kind: 'clients',
          glyph: 'clients',
          caption: '10/s',
          firstNode: 0,
          nodeCount: 1,
        },
        {
          ...box,
          id: 1,
          name: 'api',
          kind: 'service',
          glyph: 'service',
          caption: '2 instances',
          firstNode: 1,
          nodeCount: 2,
        },
      ],
      nodes: [
        { ...node, id: 0, box: 0, path: 'people', label: 'people' },
        { ...node, id: 1, box: 1, path: 'api/1', label: '1' },
        { ...node, id: 2, box: 1, path: 'api/2', label: '2' },
      ],
      edges: [{ id: 0, from: 0, to: 1, kind: 'call' }],
      series: [],
      requirements: [],
      faults: [],
      estimates: [],
      warnings: [],
    },
    1,
  );
}
