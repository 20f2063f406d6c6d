/** The plate every instance sits on; its border and signs tell the state and the role. */

import type { Cell } from '../../base/box-geometry.ts';
import type { NodeView } from '../../protocol/scenario-view.ts';
import type { Reading } from '../../protocol/node-reading.ts';
import { brokenLink, clockFace, cross, hatch, wavyBorder } from './marks.ts';
import { inset, type Pen } from './pen.ts';

export interface Instance {
  readonly node: NodeView;
  readonly cell: Cell;
  readonly reading: Reading;
  readonly selected: boolean;
}

export type PaintInstance = (pen: Pen, instance: Instance) => void;

const radius = 8;

/** Draws the plate, then `content` unless the instance is down, then the state's signs. */
export function paintPlate(pen: Pen, instance: Instance, content: () => void): void {
  const { palette } = pen;
  const { cell, reading, selected } = instance;
  if (selected) pen.strokeRounded(inset(cell, -3), radius + 3, palette.flight, 2);
  pen.fillRounded(cell, radius, reading.state === 'down' ? palette.ground : palette.raised);
  if (reading.state === 'down') paintDown(pen, instance);
  else if (reading.state === 'cut') pen.withAlpha(0.45, content);
  else content();
  paintBorder(pen, instance);
}

function paintDown(pen: Pen, { node, cell }: Instance): void {
  const { palette } = pen;
  pen.clipped(cell, radius, () => pen.withAlpha(0.5, () => hatch(pen, cell, palette.failed)));
  const middle = cell.y + cell.height / 2;
  const roomy = cell.width >= 80;
  const plate = { x: cell.x + 7, y: middle - 11, width: roomy ? cell.width - 14 : 22, height: 22 };
  pen.fillRounded(roomy ? plate : inset(cell, cell.height / 2 - 10), 6, palette.ground);
  const x = roomy ? cell.x + 20 : cell.x + cell.width / 2;
  cross(pen, x, middle, roomy ? 5.5 : 4.5, palette.failed);
  if (!roomy) return;
  pen.text('down', cell.x + 32, middle, { size: 12, weight: 600 });
  pen.text(node.label, cell.x + cell.width - 12, middle, {
    size: 10.5,
    color: palette.inkSoft,
    align: 'right',
    widthMax: cell.width - 80,
  });
}

function paintBorder(pen: Pen, { cell, reading }: Instance): void {
  const { palette } = pen;
  const primary = reading.role === 'primary' && reading.state !== 'down';
  const [signX, signY] = [cell.x + cell.width - 4, cell.y + 4];
  switch (reading.state) {
    case 'down':
      return pen.strokeRounded(cell, radius, palette.failed, 2);
    case 'slow':
      wavyBorder(pen, cell, palette.slow);
      return clockFace(pen, signX, signY, 7);
    case 'cut':
      pen.clipped(cell, radius, () => pen.withAlpha(0.35, () => hatch(pen, cell, palette.outline, 5)));
      pen.strokeRounded(cell, radius, palette.outline, 1.6, [3, 4]);
      return brokenLink(pen, signX, signY, 7.5);
    case 'starting':
      return pen.strokeRounded(cell, radius, palette.outline, 1.6, [5, 3]);
    case 'up':
      if (reading.role === 'candidate') {
        return pen.strokeRounded(cell, radius, palette.slow, 1.8, [2, 3]);
      }
      pen.strokeRounded(cell, radius, primary ? palette.inkSoft : palette.line, primary ? 1.4 : 1);
      if (primary) pen.strokeRounded(inset(cell, 3), radius - 2.5, palette.inkSoft, 1);
  }
}
