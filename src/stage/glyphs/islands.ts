/** Shaded islands: what a partition has cut off lies in shadow, and the words say so. */

import type { Cell } from '../../base/box-geometry.ts';
import type { NodeState } from '../../protocol/node-reading.ts';
import type { SceneBox } from '../scene.ts';
import { hatch } from './marks.ts';
import { inset, type Pen } from './pen.ts';

/** The part of a box that is cut off, in its own units; null when nobody there is. */
export function islandOf(box: SceneBox, states: readonly NodeState[]): Cell | null {
  const cells = box.shape.cells.filter((_, index) => states[index] === 'cut');
  if (cells.length === 0) return null;
  if (cells.length === box.nodes.length)
    return { x: 0, y: 0, width: box.width, height: box.height };
  const left = Math.min(...cells.map(({ x }) => x));
  const top = Math.min(...cells.map(({ y }) => y));
  const right = Math.max(...cells.map(({ x, width }) => x + width));
  const bottom = Math.max(...cells.map(({ y, height }) => y + height));
  return inset({ x: left, y: top, width: right - left, height: bottom - top }, -6);
}

export function paintIsland(pen: Pen, island: Cell): void {
  const { palette } = pen;
  pen.withAlpha(0.75, () => pen.fillRounded(island, 14, palette.ground));
  pen.clipped(island, 14, () => pen.withAlpha(0.35, () => hatch(pen, island, palette.outline, 9)));
  pen.strokeRounded(island, 14, palette.outline, 1.4, [2, 5]);
}

/** The words lie across the lower border, where no instance stands. */
export function paintIslandWord(pen: Pen, island: Cell, zone: string): void {
  const { palette } = pen;
  const size = Math.max(10.5, 9.5 / pen.zoom);
  const word = zone === '' ? 'cut off' : `zone ${zone} cut off`;
  const [width, height] = [word.length * size * 0.56 + 12, size * 1.35];
  const x = island.x + island.width / 2;
  const y = island.y + island.height - 1;
  const plate = { x: x - width / 2, y: y - height / 2, width, height };
  pen.fillRounded(plate, height / 2, palette.ground);
  pen.strokeRounded(plate, height / 2, palette.outline, 1);
  pen.text(word, x, y, { size, weight: 600, align: 'center' });
}

/** The zone that all nodes in a state have in common, or an empty string. */
export function zoneOfCut({ nodes }: SceneBox, states: readonly NodeState[]): string {
  const zones = new Set(
    nodes.filter((_, index) => states[index] === 'cut').map(({ zone }) => zone),
  );
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined ? zone : '';
}
