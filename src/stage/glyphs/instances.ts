/** What stands on the plate of one instance, for each kind of drawing. */

import { shortCount, shortMilliseconds, shortNumber, shortShare } from '../../base/measured.ts';
import type { BoxGlyph } from '../../base/box-geometry.ts';
import { paintPlate, type Instance, type PaintInstance } from './cell.ts';
import { busyRing, queueBar } from './gauges.ts';
import { cross, crown, hotFrom, ruler } from './marks.ts';
import { inset, type Pen } from './pen.ts';
import { branches, people } from './icons.ts';

/** Size of the second line in a cell; while it cannot be read, a cell says one thing only. */
const smallSize = 10.5;

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
      const name = instance.alone ? 'requests' : instance.node.label;
      rateAndWord(pen, instance, 44, stateWord(instance) ?? name);
    }),
  service: (pen, instance) => paintPlate(pen, instance, () => worker(pen, instance)),
  cache: (pen, instance) => paintPlate(pen, instance, () => cache(pen, instance)),
  cdn: (pen, instance) => paintPlate(pen, instance, () => cache(pen, instance)),
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
  if (!pen.isLegible(smallSize)) {
    const size = Math.min(10.5 / pen.zoom, cell.height * 0.5);
    const taken = pen.text(shortLabel(node.label), left, middle, { size, weight: 600 });
    if (primary) crown(pen, left + taken + 13, middle, 16, palette.ink);
    return;
  }
  if (primary) crown(pen, left + 6.5, middle - 8, 13, palette.ink);
  const indent = primary ? 17 : 0;
  const rate = `${shortNumber(reading.rate)}/s`;
  const small = { size: smallSize, color: palette.inkSoft };
  const right = cell.x + cell.width - 7;
  const rateWidth = pen.text(rate, right, middle - 8, { ...small, align: 'right' });
  pen.text(node.label, left + indent, middle - 8, {
    size: 11.5,
    weight: 600,
    widthMax: widthMax - indent - rateWidth - 5,
  });
  let start = left;
  if (reading.role === 'replica' && stateWord(instance) === null) {
    ruler(pen, { x: left, y: middle + 5, width: 19, height: 6 }, reading.lag);
    start += 23;
  }
  pen.text(secondLine(instance), start, middle + 8, {
    ...small,
    widthMax: widthMax - (start - left),
  });
}

function secondLine(instance: Instance): string {
  const { reading } = instance;
  const word = stateWord(instance);
  if (word !== null) return word;
  if (reading.role === 'replica') return shortMilliseconds(reading.lag * 1000).replace(' ', '');
  if (reading.queue > 0) return `${shortCount(reading.queue)} wait`;
  const { workers } = instance.node;
  return Number.isFinite(workers) ? `${reading.busy}/${shortCount(workers)} busy` : 'up';
}

function cache(pen: Pen, instance: Instance): void {
  const { cell, node, reading } = instance;
  const { palette } = pen;
  const level = cell.height * Math.min(1, reading.fill);
  pen.clipped(cell, 8, () => {
    pen.context.fillStyle = palette.flight;
    const top = cell.y + cell.height - level;
    pen.withAlpha(0.17, () => pen.context.fillRect(cell.x, top, cell.width, level));
    // The level's mark stays at the rim, clear of the words.
    if (reading.fill < 0.995) pen.context.fillRect(cell.x + cell.width - 8, top - 1, 8, 2);
  });
  const bar = { x: cell.x + 7, y: cell.y + 8, width: 4, height: cell.height - 16 };
  queueBar(pen, bar, node, reading.queue);
  const [upper, lower] = [cell.y + cell.height * 0.34, cell.y + cell.height * 0.72];
  const left = cell.x + 19;
  if (!pen.isLegible(smallSize)) {
    const size = Math.max(16, Math.min(10.5 / pen.zoom, cell.height * 0.5));
    pen.text(shortShare(reading.hitRatio), left, cell.y + cell.height / 2, { size, weight: 650 });
    return;
  }
  const right = cell.x + cell.width - 10;
  const hits = pen.text(shortShare(reading.hitRatio), left, upper, { size: 16, weight: 650 });
  const hot = reading.heat >= hotFrom ? `hot ${reading.heat}×` : null;
  pen.text(stateWord(instance) ?? hot ?? 'hits', left + hits + 5, upper + 1.5, {
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
  const terse = !pen.isLegible(smallSize);
  pen.text(`${shortNumber(reading.rate)}/s`, cell.x + indent, terse ? middle : middle - 8, {
    size: terse ? Math.min(10.5 / pen.zoom, 19) : 15,
    weight: 650,
    ...(terse ? {} : { widthMax }),
  });
  pen.text(word, cell.x + indent, middle + 9, {
    size: 10.5,
    color: pen.palette.inkSoft,
    widthMax,
  });
}

/** The number at the end of a label, for when there is no room for the word. */
function shortLabel(label: string): string {
  return /\d+$/.exec(label)?.[0] ?? label;
}

/** A word for every state and role that needs one. */
function stateWord({ reading }: Instance): string | null {
  if (reading.state === 'starting') return `starts ${Math.round(reading.progress * 100)} %`;
  if (reading.ejected > 0 && reading.state !== 'cut') return 'ejected';
  if (reading.state === 'slow') return `slow ${reading.slowness}×`;
  if (reading.state === 'cut') return 'cut off';
  if (reading.role === 'candidate') return 'electing';
  return null;
}

/** Health as its callers see it: a cross on the corner while some hold it dead. */
export function paintHealth(pen: Pen, { cell, reading }: Instance): void {
  if (
    reading.healthy >= 0.995 ||
    reading.ejected > 0 ||
    reading.state === 'down' ||
    reading.state === 'off'
  )
    return;
  const spot = { x: cell.x - 5, y: cell.y - 5, width: 12, height: 12 };
  pen.fillRounded(spot, 6, pen.palette.ground);
  pen.strokeRounded(spot, 6, pen.palette.failed, 1.4);
  const { x, y, width } = inset(spot, 0);
  cross(pen, x + width / 2, y + width / 2, 2.5, pen.palette.failed);
}
