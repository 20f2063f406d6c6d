/**
 * Places for the boxes and points for the edges: layered by dagre, in the order of the file, so
 * the same scenario always looks the same. A position in the file wins; edges that touch such a
 * box become straight lines from border to border.
 */

import { Graph, layout } from '@dagrejs/dagre';
import { boxShape, type BoxContents, type StageForm } from '../base/box-geometry.ts';
import type { Arrangement, Place } from '../protocol/scenario-view.ts';

export interface LayoutBox extends BoxContents {
  readonly position: { readonly x: number; readonly y: number } | null;
}

export interface LayoutEdge {
  /** Indices of boxes. */
  readonly from: number;
  readonly to: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export function arrange(
  boxes: readonly LayoutBox[],
  edges: readonly LayoutEdge[],
  form: StageForm,
): Arrangement {
  const graph = layered(boxes, edges, form);
  const places = boxes.map((box, index) => {
    const node = graph.node(String(index)) as Place;
    const { width, height } = node;
    // A file says where boxes go on a wide stage only.
    if (box.position !== null && form === 'wide') return { ...box.position, width, height };
    return { x: Math.round(node.x), y: Math.round(node.y), width, height };
  });
  return {
    boxes: places,
    edges: edges.map((edge) => {
      const pinned = form === 'wide' && (isPinned(boxes, edge.from) || isPinned(boxes, edge.to));
      if (edge.from === edge.to) return [];
      if (pinned) return straight(places[edge.from]!, places[edge.to]!);
      const { points } = graph.edge(String(edge.from), String(edge.to)) as { points: Point[] };
      return points.flatMap(({ x, y }) => [Math.round(x), Math.round(y)]);
    }),
  };
}

function layered(boxes: readonly LayoutBox[], edges: readonly LayoutEdge[], form: StageForm) {
  const graph = new Graph();
  graph.setGraph({
    rankdir: form === 'wide' ? 'LR' : 'TB',
    nodesep: form === 'wide' ? 36 : 28,
    ranksep: form === 'wide' ? 88 : 52,
    edgesep: 28,
    marginx: 8,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  boxes.forEach((box, index) => {
    const { width, height } = boxShape(box, form);
    graph.setNode(String(index), { width, height });
  });
  const calls = edges.filter(({ from, to }) => from !== to);
  calls.forEach(({ from, to }, index) => {
    // On a narrow stage there is no room for two boxes beside each other.
    const earlier = calls.slice(0, index).filter((other) => other.from === from).length;
    graph.setEdge(String(from), String(to), { minlen: form === 'tall' ? 1 + earlier : 1 });
  });
  layout(graph);
  return graph;
}

function isPinned(boxes: readonly LayoutBox[], index: number): boolean {
  return boxes[index]?.position !== null;
}

function straight(from: Place, to: Place): number[] {
  return [...borderPoint(from, to), ...borderPoint(to, from)];
}

/** Where the line from the centre of `place` to the centre of `other` leaves `place`. */
function borderPoint(place: Place, other: Place): [number, number] {
  const dx = other.x - place.x;
  const dy = other.y - place.y;
  if (dx === 0 && dy === 0) return [place.x, place.y];
  const reach = Math.min(
    place.width / 2 / Math.max(Math.abs(dx), 1e-9),
    place.height / 2 / Math.max(Math.abs(dy), 1e-9),
  );
  return [Math.round(place.x + dx * reach), Math.round(place.y + dy * reach)];
}
