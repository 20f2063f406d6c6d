/** Joins what the engine says about a scenario with a layout into what the page is told. */

import type { StageForm } from '../base/box-geometry.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { BoxDescription, EngineDescription } from './engine.ts';
import { arrange, type LayoutBox } from './layout.ts';

export function viewOf(description: EngineDescription, run: number): ScenarioView {
  const { boxes, edges, nodes } = description;
  const contents = boxes.map((box) => layoutBox(box, nodes));
  const places = (form: StageForm) => arrange(contents, edges, form);
  const wide = places('wide');
  return {
    ...description,
    run,
    boxes: boxes.map(({ position: _position, ...box }, index) => ({
      ...box,
      ...wide.boxes[index]!,
    })),
    edges: edges.map((edge, index) => ({ ...edge, points: wide.edges[index]! })),
    tall: places('tall'),
  };
}

function layoutBox(box: BoxDescription, nodes: EngineDescription['nodes']): LayoutBox {
  const own = nodes.slice(box.firstNode, box.firstNode + box.nodeCount);
  return {
    name: box.name,
    caption: box.caption,
    glyph: box.glyph,
    shards: own.map((node) => node.shard),
    position: box.position,
  };
}
