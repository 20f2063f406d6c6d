/** What the selection means: a box, some of its nodes, or the calls from one box to another. */

import { readNode, type Reading } from '../protocol/node-reading.ts';
import type { BoxView, NodeView, ScenarioView } from '../protocol/scenario-view.ts';

export interface SelectedNodes {
  readonly kind: 'nodes';
  readonly path: string;
  readonly box: BoxView;
  readonly nodes: readonly NodeView[];
  readonly readings: readonly Reading[];
}

interface SelectedEdge {
  readonly kind: 'edge';
  /** Such as `api>redis`. */
  readonly path: string;
  readonly from: BoxView;
  readonly to: BoxView;
}

export type Selected = SelectedNodes | SelectedEdge;

export function selectedOf(
  view: ScenarioView,
  path: string | null,
  rows: Float32Array | null,
): Selected | null {
  if (path === null) return null;
  if (path.includes('>')) return edgeOf(view, path);
  const nodes = view.nodes.filter((node) => node.path === path || node.path.startsWith(`${path}/`));
  const box = view.boxes.find(({ id }) => id === nodes[0]?.box);
  if (box === undefined) return null;
  const readings = nodes.map(({ id }) => readNode(rows ?? new Float32Array(), id));
  return { kind: 'nodes', path, box, nodes, readings };
}

function edgeOf(view: ScenarioView, path: string): SelectedEdge | null {
  const [from, to] = path.split('>').map((name) => name.trim());
  const boxOf = (name: string | undefined) => view.boxes.find((box) => box.name === name);
  const [start, end] = [boxOf(from), boxOf(to)];
  if (start === undefined || end === undefined) return null;
  return { kind: 'edge', path: `${start.name}>${end.name}`, from: start, to: end };
}

/** Paths of the calls that a box makes and gets. */
export function edgesAt(view: ScenarioView, box: BoxView): { path: string; words: string }[] {
  const nameOf = (id: number) => view.boxes[id]?.name ?? '';
  return view.edges
    .filter(({ kind, from, to }) => kind === 'call' && (from === box.id || to === box.id))
    .map(({ from, to }) => ({
      path: `${nameOf(from)}>${nameOf(to)}`,
      words: from === box.id ? `to ${nameOf(to)}` : `from ${nameOf(from)}`,
    }));
}
