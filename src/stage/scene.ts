/**
 * A scenario as geometry: where every box, instance and edge is, in world units. Built once for a
 * scenario and a form of the stage; nothing in it changes while the scenario runs.
 */

import { boxShape, type BoxShape, type Cell, type StageForm } from '../base/box-geometry.ts';
import type { BoxView, EdgeView, NodeView, ScenarioView } from '../protocol/scenario-view.ts';
import { lineLength, smoothLine } from './line.ts';

export interface SceneBox extends Cell {
  readonly view: BoxView;
  readonly shape: BoxShape;
  readonly nodes: readonly NodeView[];
  /** As large as its tile may become before it covers another one. */
  readonly room: { readonly width: number; readonly height: number };
}

export interface SceneEdge {
  readonly view: EdgeView;
  /** Smooth polyline x0, y0, x1, y1 …; empty for replication inside a box. */
  readonly line: readonly number[];
}

export interface Scene {
  readonly form: StageForm;
  readonly boxes: readonly SceneBox[];
  readonly edges: readonly SceneEdge[];
  /** World rectangle of every node, in the order of the rows of `Frame.nodes`. */
  readonly cells: readonly Cell[];
  readonly bounds: Cell;
}

export function buildScene(view: ScenarioView, form: StageForm): Scene {
  const places = form === 'wide' ? view.boxes : view.tall.boxes;
  const boxes = withRoom(
    view.boxes.map((box, index) => sceneBox(view, box, places[index] ?? box, form)),
  );
  return {
    form,
    boxes,
    edges: view.edges.map((edge, index) => ({
      view: edge,
      line: smoothLine(form === 'wide' ? edge.points : (view.tall.edges[index] ?? []), form),
    })),
    cells: view.nodes.map((node) => cellOf(boxes[node.box]!, node)),
    bounds: boundsOf(boxes),
  };
}

/** The same scene with the centre of one box elsewhere; its edges become straight lines. */
export function moveBox(scene: Scene, moved: number, centreX: number, centreY: number): Scene {
  const boxes = withRoom(
    scene.boxes.map((box, index) =>
      index === moved ? { ...box, x: centreX - box.width / 2, y: centreY - box.height / 2 } : box,
    ),
  );
  const edges = scene.edges.map((edge) => {
    const { from, to } = edge.view;
    if (from === to || (from !== moved && to !== moved)) return edge;
    return { ...edge, line: straightLine(boxes[from]!, boxes[to]!) };
  });
  const cells = scene.cells.map((cell, id) => {
    const { view } = boxes[moved]!;
    const isOwn = id >= view.firstNode && id < view.firstNode + view.nodeCount;
    return isOwn ? cellOf(boxes[moved]!, boxes[moved]!.nodes[id - view.firstNode]!) : cell;
  });
  return { ...scene, boxes, edges, cells, bounds: boundsOf(boxes) };
}

/** Neighbours share what lies between their centres, along the way on which they are apart. */
function withRoom(boxes: readonly Omit<SceneBox, 'room'>[]): SceneBox[] {
  return boxes.map((box) => {
    let [width, height] = [Infinity, Infinity];
    for (const other of boxes) {
      if (other === box) continue;
      const awayX = Math.abs(other.x + other.width / 2 - box.x - box.width / 2);
      const awayY = Math.abs(other.y + other.height / 2 - box.y - box.height / 2);
      if (awayY * (other.width + box.width) > awayX * (other.height + box.height)) {
        height = Math.min(height, awayY, 2 * awayY - other.height);
      } else width = Math.min(width, awayX, 2 * awayX - other.width);
    }
    return { ...box, room: { width, height } };
  });
}

/** Index of the box at that point of the world, or -1. */
export function boxAt(scene: Scene, x: number, y: number): number {
  return scene.boxes.findIndex((one) => contains(one, x, y));
}

/** Such as `api>redis`; replication is part of its box. */
export function edgePath(scene: Scene, edge: number): string {
  const { from, to } = scene.edges[edge]!.view;
  return `${scene.boxes[from]!.view.name}>${scene.boxes[to]!.view.name}`;
}

/** The edge that passes within `reach` units of that point of the world, or -1. */
export function edgeAt(scene: Scene, x: number, y: number, reach: number): number {
  let best = -1;
  let bestAway = reach;
  scene.edges.forEach(({ line }, edge) => {
    for (let at = 2; at < line.length; at += 2) {
      const away = distanceTo(line[at - 2]!, line[at - 1]!, line[at]!, line[at + 1]!, x, y);
      if (away < bestAway) [best, bestAway] = [edge, away];
    }
  });
  return best;
}

/** The path of the node or box at that point of the world, or null. */
export function pathAt(scene: Scene, x: number, y: number): string | null {
  const box = scene.boxes.find((one) => contains(one, x, y));
  if (box === undefined) return null;
  const node = box.nodes.find((one) => contains(scene.cells[one.id]!, x, y));
  if (node !== undefined) return node.path;
  return box.nodes.length === 1 ? box.nodes[0]!.path : box.view.name;
}

/** Rectangle of the node or box with that path, or null. */
export function rectangleOf(scene: Scene, path: string): Cell | null {
  const box = scene.boxes.find(
    ({ view, nodes }) => view.name === path || nodes.some((node) => node.path === path),
  );
  const node = box?.nodes.find((one) => one.path === path);
  return node === undefined ? (box ?? null) : scene.cells[node.id]!;
}

/** Length of all edges between boxes, world units. */
export function roadLength({ edges }: Scene): number {
  return edges.reduce((length, { line }) => length + (line.length < 4 ? 0 : lineLength(line)), 0);
}

/** The rail along which replication travels runs in the gap left of a column. */
export function railX(cellLeft: number): number {
  return cellLeft - 4;
}

export function centre({ x, y, width, height }: Cell): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function sceneBox(
  view: ScenarioView,
  box: BoxView,
  place: { x: number; y: number; width: number; height: number },
  form: StageForm,
): Omit<SceneBox, 'room'> {
  const nodes = view.nodes.slice(box.firstNode, box.firstNode + box.nodeCount);
  const contents = { ...box, shards: nodes.map((node) => node.shard) };
  const shape = boxShape(contents, form);
  return {
    view: box,
    shape,
    nodes,
    x: place.x - shape.width / 2,
    y: place.y - shape.height / 2,
    width: shape.width,
    height: shape.height,
  };
}

function cellOf(box: SceneBox, node: NodeView): Cell {
  const cell = box.shape.cells[node.id - box.view.firstNode]!;
  return { ...cell, x: box.x + cell.x, y: box.y + cell.y };
}

function boundsOf(boxes: readonly Cell[]): Cell {
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - top,
  };
}

function contains(cell: Cell, x: number, y: number): boolean {
  return x >= cell.x && x <= cell.x + cell.width && y >= cell.y && y <= cell.y + cell.height;
}

/** From border to border along the line between the centres. */
function straightLine(from: Cell, to: Cell): number[] {
  return [...borderPoint(from, to), ...borderPoint(to, from)];
}

function borderPoint(cell: Cell, towards: Cell): [number, number] {
  const [start, end] = [centre(cell), centre(towards)];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  if (dx === 0 && dy === 0) return [start.x, start.y];
  const reach = Math.min(
    cell.width / 2 / Math.max(Math.abs(dx), 1e-9),
    cell.height / 2 / Math.max(Math.abs(dy), 1e-9),
  );
  return [start.x + dx * reach, start.y + dy * reach];
}

/** Distance of a point to a stretch of a line. */
function distanceTo(x0: number, y0: number, x1: number, y1: number, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const along = square > 0 ? ((x - x0) * dx + (y - y0) * dy) / square : 0;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - dx * share, y - y0 - dy * share);
}
