/** What stands at the top of a box: its kind, its name, and the names of its shards. */

import { boxHeadHeight, boxPadding } from '../../base/box-geometry.ts';
import type { Reading } from '../../protocol/node-reading.ts';
import type { SceneBox } from '../scene.ts';
import { icons } from './icons.ts';
import { heatBar, hotFrom } from './marks.ts';
import type { Pen } from './pen.ts';

export function paintHead(pen: Pen, box: SceneBox, readings: readonly Reading[]): void {
  const { palette } = pen;
  const { view, shape } = box;
  // The name stays readable when the whole system is small on the screen.
  const nameSize = Math.max(15, 11.5 / pen.zoom);
  const captionSize = 11.5;
  const roomy = pen.isLegible(captionSize);
  const middle = roomy ? 18 : boxHeadHeight / 2;
  const iconSize = Math.min(20, Math.max(15, 10 / pen.zoom));
  icons[view.glyph](pen, boxPadding + iconSize / 2, middle, iconSize);
  const left = boxPadding + iconSize + 7;
  pen.text(view.name, left, middle, {
    size: nameSize,
    weight: 650,
    rim: palette.surface,
    widthMax: shape.width - left - 6,
  });
  pen.text(view.caption, boxPadding, 35, {
    size: captionSize,
    color: palette.inkSoft,
    rim: palette.surface,
    widthMax: shape.width - 2 * boxPadding,
  });
  paintShardHeads(pen, box, readings);
}

/** Each shard's name and, where requests spread over several, how much of them it gets. */
function paintShardHeads(pen: Pen, { shape, nodes }: SceneBox, readings: readonly Reading[]): void {
  const { palette } = pen;
  const shards = shape.columnHeads.length;
  shape.columnHeads.forEach((head, column) => {
    const first = nodes.findIndex((node) => node.shard === column);
    if (first < 0) return;
    const heat = readings[first]?.heat ?? NaN;
    const text = { size: 10.5, color: palette.inkSoft };
    const y = boxHeadHeight + 6;
    if (shape.compact || Number.isNaN(heat)) {
      const name = shape.compact ? String(column + 1) : `shard-${column + 1}`;
      pen.text(name, head.x + head.width / 2, y, { ...text, weight: 600, align: 'center' });
      return;
    }
    pen.text(`shard-${column + 1}`, head.x + 1, y, { ...text, weight: 600 });
    const hot = heat >= hotFrom;
    pen.text(`${hot ? 'hot ' : ''}${heat}×`, head.x + head.width - 1, y, {
      size: 10.5,
      weight: hot ? 650 : 400,
      color: hot ? palette.ink : palette.inkSoft,
      align: 'right',
    });
    heatBar(pen, { x: head.x, y: y + 8, width: head.width, height: 3 }, heat, shards);
  });
}
