/** Moving the selection with the arrow keys: the nearest node in a direction. */

import { boxShape } from '../base/box-geometry.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const headings: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};
/** Being off to the side counts this much more than being far. */
const sidewaysWeight = 2.5;

/** Path of the nearest node that way, or where the selection was when there is none. */
export function neighbour(
  view: ScenarioView,
  selection: string | null,
  direction: Direction,
): string | null {
  const places = nodePlaces(view);
  const start = places.find(({ path, box }) => path === selection || box === selection);
  if (start === undefined) return places[0]?.path ?? null;
  const [headingX, headingY] = headings[direction];
  let best: string | null = null;
  let bestCost = Infinity;
  for (const place of places) {
    const dx = place.x - start.x;
    const dy = place.y - start.y;
    const ahead = dx * headingX + dy * headingY;
    const sideways = Math.abs(dx * headingY) + Math.abs(dy * headingX);
    if (ahead < 1) continue;
    const cost = ahead + sidewaysWeight * sideways;
    if (cost < bestCost) {
      bestCost = cost;
      best = place.path;
    }
  }
  return best ?? start.path;
}

function nodePlaces(view: ScenarioView): { path: string; box: string; x: number; y: number }[] {
  return view.boxes.flatMap((box) => {
    const nodes = view.nodes.slice(box.firstNode, box.firstNode + box.nodeCount);
    const shape = boxShape({ ...box, shards: nodes.map(({ shard }) => shard) }, 'wide');
    return nodes.map(({ path }, index) => {
      const cell = shape.cells[index]!;
      return {
        path,
        box: box.name,
        x: box.x - shape.width / 2 + cell.x + cell.width / 2,
        y: box.y - shape.height / 2 + cell.y + cell.height / 2,
      };
    });
  });
}
