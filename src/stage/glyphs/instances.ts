/** What stands on the plate of one instance, for each kind of drawing. */

import { shortMilliseconds, shortNumber, shortShare } from '../../base/measured.ts';
import type { BoxGlyph } from '../../base/box-geometry.ts';
import { paintPlate, type Instance, type PaintInstance } from './cell.ts';
import { busyRing, queueBar } from './gauges.ts';
import { cross, crown } from './marks.ts';
import { inset, type Pen } from './pen.ts';
import { branches, people } from './icons.ts';

export const painters: Readonly<Record<BoxGlyph, PaintInstance>> = {
  clients: (pen, instance) =>
    paintPlate(pen, instance, () => {
      people(pen, instance.cell.x + 24, instance.cell.y + instance.cell.height / 2, 22);
      rateAndWord(pen, instance, 44, 'requests');
    }),
  balancer: (pen, instance) =>
    paintPlate(pen, instance, () => {
      const { cell } = instance;
      branches(pen, cell.x + 24, cell.y + cell.height / 2, 22);
      rateAndWord(pen, instance, 44, stateWord(instance) ?? instance.node.label);
    }),
  service: (pen, instance) => paintPlate(pen, instance, () => worker(pen, instance)),
  cache: (pen, instance) => paintPlate(pen, instance, () => cache(pen, instance)),
  database: (pen, instance) => paintPlate(pen, instance, () => worker(pen, instance)),
};

/** For boxes with too many instances: state, load and role, no words. */
export const paintCompact: PaintInstance = (pen, instance) =>
  paintPlate(pen, instance, () => {
    const { cell, node, reading } = instance;
    const { palette } = pen;
    const busy = Number.isFinite(node.workers) ? Math.min(1, reading.busy / node.workers) : 0;
    const level = Number.isNaN(reading.hitRatio) ? busy : reading.fill;
    pen.clipped(cell, 6, () => {
      pen.context.fillStyle = palette.flight;
      pen.withAlpha(0.55, () =>
        pen.context.fillRect(
          cell.x,
          cell.y + cell.height * (1 - level),
          cell.width,
          cell.height * level,
        ),
      );
    });
    const bar = { x: cell.x + 4, y: cell.y + 5, width: 3, height: cell.height - 10 };
    queueBar(pen, bar, node, reading.queue);
    const [x, y] = [cell.x + cell.width / 2 + 2, cell.y + cell.height / 2];
    if (reading.role === 'primary') crown(pen, x, y, 12, palette.ink);
  });

/** Queue, ring, name and one line of numbers: services and database nodes. */
function worker(pen: Pen, instance: Instance): void {
  const { cell, node, reading } = instance;
  const { palette } = pen;
  const middle = cell.y + cell.height / 2;
  const bar = { x: cell.x + 7, y: cell.y + 8, width: 4, height: cell.height - 16 };
  queueBar(pen, bar, node, reading.queue);
  const limited = Number.isFinite(node.workers);
  if (limited) busyRing(pen, { x: cell.x + 27, y: middle, radius: 10.5 }, node, reading);
  const left = cell.x + (limited ? 44 : 18);
  const widthMax = cell.x + cell.width - left - 5;
  const primary = reading.role === 'primary';
  if (primary) crown(pen, left + 7, middle - 8, 14, palette.ink);
  pen.text(node.label, left + (primary ? 19 : 0), middle - 8, {
    size: 11.5,
    weight: 600,
    widthMax: widthMax - (primary ? 19 : 0),
  });
  pen.text(secondLine(instance), left, middle + 8, {
    size: 10.5,
    color: palette.inkSoft,
    widthMax,
  });
}

function secondLine(instance: Instance): string {
  const { node, reading } = instance;
  const word = stateWord(instance);
  if (word !== null) return word;
  if (reading.role === 'replica') return `lag ${shortMilliseconds(reading.lag * 1000).replace(' ', '')}`;
  if (reading.queue > 0) return `${shortNumber(reading.queue)} wait`;
  return Number.isFinite(node.workers) ? `of ${shortNumber(node.workers)}` : `${shortNumber(reading.rate)}/s`;
}

function cache(pen: Pen, instance: Instance): void {
  const { cell, node, reading } = instance;
  const { palette } = pen;
  const level = cell.height * Math.min(1, reading.fill);
  pen.clipped(cell, 8, () => {
    pen.context.fillStyle = palette.flight;
    const top = cell.y + cell.height - level;
    pen.withAlpha(0.2, () => pen.context.fillRect(cell.x, top, cell.width, level));
    if (reading.fill < 0.995) pen.context.fillRect(cell.x, top, cell.width, 1.5);
  });
  const bar = { x: cell.x + 7, y: cell.y + 8, width: 4, height: cell.height - 16 };
  queueBar(pen, bar, node, reading.queue);
  const [upper, lower] = [cell.y + cell.height * 0.34, cell.y + cell.height * 0.72];
  const left = cell.x + 19;
  const right = cell.x + cell.width - 10;
  const hits = pen.text(shortShare(reading.hitRatio), left, upper, { size: 16, weight: 650 });
  pen.text(stateWord(instance) ?? 'hits', left + hits + 5, upper + 1.5, {
    size: 10.5,
    color: palette.inkSoft,
  });
  pen.text(node.label, left, lower + 1, { size: 10.5, color: palette.inkSoft, widthMax: 52 });
  pen.text(`${shortNumber(reading.rate)}/s`, right, lower + 1, {
    size: 10.5,
    color: palette.inkSoft,
    align: 'right',
  });
}

function rateAndWord(pen: Pen, { cell, reading }: Instance, indent: number, word: string): void {
  const middle = cell.y + cell.height / 2;
  const widthMax = cell.width - indent - 8;
  pen.text(`${shortNumber(reading.rate)}/s`, cell.x + indent, middle - 8, {
    size: 15,
    weight: 650,
    widthMax,
  });
  pen.text(word, cell.x + indent, middle + 9, {
    size: 10.5,
    color: pen.palette.inkSoft,
    widthMax,
  });
}

/** A word for every state and role that needs one. */
function stateWord({ reading }: Instance): string | null {
  if (reading.state === 'starting') return 'starting';
  if (reading.state === 'slow') return 'slow';
  if (reading.state === 'cut') return 'cut off';
  if (reading.role === 'candidate') return 'electing';
  return null;
}

/** Health as its callers see it: a cross on the corner while some hold it dead. */
export function paintHealth(pen: Pen, { cell, reading }: Instance): void {
  if (reading.healthy >= 0.995 || reading.state === 'down') return;
  const spot = { x: cell.x - 5, y: cell.y - 5, width: 12, height: 12 };
  pen.fillRounded(spot, 6, pen.palette.ground);
  pen.strokeRounded(spot, 6, pen.palette.failed, 1.4);
  const { x, y, width } = inset(spot, 0);
  cross(pen, x + width / 2, y + width / 2, 2.5, pen.palette.failed);
}
