/** The plate every instance sits on; its border and signs tell the state and the role. */

import type { Cell } from '../../base/box-geometry.ts';
import type { NodeView } from '../../protocol/scenario-view.ts';
import type { Reading } from '../../protocol/node-reading.ts';
import { brokenLink, clockFace, cross, ejectSign, hatch, wavyBorder } from './marks.ts';
import { inset, type Pen } from './pen.ts';

export interface Instance {
  readonly node: NodeView;
  readonly cell: Cell;
  readonly reading: Reading;
  readonly selected: boolean;
  /** The only instance of its box. */
  readonly alone: boolean;
}

export type PaintInstance = (pen: Pen, instance: Instance) => void;

const radius = 8;

/** Draws the plate, then `content` unless the instance is down, then the state's signs. */
export function paintPlate(pen: Pen, instance: Instance, content: () => void): void {
  const { palette } = pen;
  const { cell, reading, selected } = instance;
  if (selected) pen.strokeRounded(inset(cell, -3), radius + 3, palette.flight, 2);
  const isThere = reading.state !== 'down' && reading.state !== 'off';
  pen.fillRounded(cell, radius, isThere ? palette.raised : palette.ground);
  if (reading.state === 'down') paintDown(pen, instance);
  else if (reading.state === 'off') paintOff(pen, instance);
  else {
    if (reading.state === 'cut') shade(pen, cell);
    // Nobody sends to it, so what goes on inside is not what matters.
    pen.withAlpha(reading.ejected > 0.5 ? 0.6 : 1, content);
  }
  paintBorder(pen, instance);
}

function paintDown(pen: Pen, { node, cell }: Instance): void {
  const { palette } = pen;
  pen.clipped(cell, radius, () => pen.withAlpha(0.5, () => hatch(pen, cell, palette.failed)));
  const middle = cell.y + cell.height / 2;
  const roomy = cell.width >= 80 && pen.isLegible(10.5);
  const sign = Math.min(6, cell.height * 0.2);
  const x = roomy ? cell.x + 24 : cell.x + cell.width / 2;
  const plate = roomy
    ? { x: cell.x + 9, y: middle - 16, width: Math.min(cell.width - 18, 88), height: 32 }
    : { x: x - sign * 1.8, y: middle - sign * 1.8, width: sign * 3.6, height: sign * 3.6 };
  pen.fillRounded(plate, 6, palette.ground);
  cross(pen, x, middle, sign, palette.failed);
  if (!roomy) return;
  const widthMax = plate.width - 32;
  pen.text(node.label, cell.x + 38, middle - 7.5, { size: 11.5, weight: 600, widthMax });
  pen.text('down', cell.x + 38, middle + 7.5, { size: 10.5, color: palette.inkSoft, widthMax });
}

/** An empty place: an autoscaler may start an instance here. */
function paintOff(pen: Pen, { node, cell }: Instance): void {
  const { palette } = pen;
  if (cell.width < 80 || !pen.isLegible(10.5)) return;
  const text = { size: 10.5, color: palette.inkSoft, widthMax: cell.width - 24 };
  pen.text(`${node.label} off`, cell.x + 12, cell.y + cell.height / 2, text);
}

/** Islands that the network no longer reaches lie in shadow. */
function shade(pen: Pen, cell: Cell): void {
  const { palette } = pen;
  pen.fillRounded(cell, radius, palette.ground);
  pen.clipped(cell, radius, () => pen.withAlpha(0.3, () => hatch(pen, cell, palette.outline, 5)));
}

function paintBorder(pen: Pen, { cell, reading }: Instance): void {
  const { palette } = pen;
  const primary = reading.role === 'primary' && reading.state !== 'down';
  const [signX, signY] = [cell.x + cell.width - 4, cell.y + 4];
  if (reading.ejected > 0 && reading.state === 'slow') ejectSign(pen, signX - 18, signY, 7.5);
  switch (reading.state) {
    case 'down':
      return pen.strokeRounded(cell, radius, palette.failed, 2);
    case 'slow':
      wavyBorder(pen, cell, palette.slow);
      return clockFace(pen, signX, signY, 7);
    case 'cut':
      pen.strokeRounded(cell, radius, palette.outline, 1.6, [3, 4]);
      return brokenLink(pen, signX, signY, 7.5);
    case 'off':
      return pen.strokeRounded(cell, radius, palette.line, 1, [2, 4]);
    case 'starting':
      pen.strokeRounded(cell, radius, palette.outline, 1.2, [5, 3]);
      return warming(pen, cell, reading.progress);
    case 'up':
      if (reading.ejected > 0) {
        pen.strokeRounded(cell, radius, palette.failed, 1.8, [7, 4]);
        return ejectSign(pen, signX, signY, 7.5);
      }
      if (reading.role === 'candidate') {
        return pen.strokeRounded(cell, radius, palette.slow, 1.8, [2, 3]);
      }
      pen.strokeRounded(cell, radius, primary ? palette.inkSoft : palette.line, primary ? 1.4 : 1);
      if (primary) pen.strokeRounded(inset(cell, 3), radius - 2.5, palette.inkSoft, 1);
  }
}

/** The outline of an instance that starts fills clockwise as its start-up goes on. */
function warming(pen: Pen, cell: Cell, progress: number): void {
  const length = 2 * (cell.width + cell.height) - (8 - 2 * Math.PI) * radius;
  if (progress <= 0) return;
  pen.strokeRounded(cell, radius, pen.palette.ok, 2.4, [length * progress, length]);
}
