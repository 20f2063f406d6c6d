/**
 * A box from far away: its name, what passes through it, and how many of its instances are well,
 * in letters that can still be read. Zones are tinted groups of its instances.
 */

import type { Cell } from '../../base/box-geometry.ts';
import { shortNumber } from '../../base/measured.ts';
import type { NodeState, Reading } from '../../protocol/node-reading.ts';
import type { SceneBox } from '../scene.ts';
import { clockFace, brokenLink, cross, ejectSign, hatch } from './marks.ts';
import { icons } from './icons.ts';
import type { Pen } from './pen.ts';

/** Letters on a tile, px on the screen. */
const letterPx = 11;
const namePx = 12.5;
const linePx = 14.5;
const sidePx = 6;
const tileWidthPx = 88;
/** Height of a tile that carries nothing but its name. */
const headPx = namePx + 2 * sidePx + 2;
/** What stays free between two tiles. */
const gapPx = 6;

/** States as words, the worst first. */
const order: readonly (readonly [NodeState | 'ejected', string])[] = [
  ['down', 'down'],
  ['cut', 'cut off'],
  ['ejected', 'ejected'],
  ['slow', 'slow'],
  ['starting', 'starting'],
  ['up', 'up'],
];

export interface StateCount {
  readonly state: NodeState | 'ejected';
  readonly word: string;
  readonly count: number;
}

/** How many instances are in each state, the worst state first; those switched off are left out. */
export function stateMix(readings: readonly Reading[]): StateCount[] {
  const states = readings.map(({ state, ejected }) =>
    state === 'up' && ejected > 0 ? 'ejected' : state,
  );
  return order
    .map(([state, word]) => ({
      state,
      word,
      count: states.filter((one) => one === state).length,
    }))
    .filter(({ count }) => count > 0);
}

export function paintTile(
  pen: Pen,
  box: SceneBox,
  readings: readonly Reading[],
  selected: boolean,
): void {
  const unit = 1 / pen.zoom;
  const mix = stateMix(readings);
  const room = Math.max(box.room.height / unit - gapPx, box.height / unit);
  const linesMax = Math.floor((room - headPx) / linePx);
  const lines = tileLines(box, readings, mix, linesMax);
  const zones = lines.length < linesMax ? zonesOf(box) : [];
  const area = tileArea(box, lines.length + (zones.length > 0 ? 1 : 0), unit);
  paintGround(pen, area, mix[0]?.state ?? 'up', selected);
  const { palette } = pen;
  const left = area.x + sidePx * unit;
  const widthMax = area.width - 2 * sidePx * unit;
  const lineHeight = linePx * unit;
  const iconSize = 12 * unit;
  let y = area.y + (sidePx + namePx / 2 + 1) * unit;
  icons[box.view.glyph](pen, left + iconSize / 2, y, iconSize);
  pen.text(box.view.name, left + iconSize + 4 * unit, y, {
    size: namePx * unit,
    weight: 650,
    widthMax: widthMax - iconSize - 4 * unit,
  });
  y += (namePx + 4) * unit;
  for (const { text, sign } of lines) {
    const indent = sign === null ? 0 : 13 * unit;
    if (sign !== null) paintSign(pen, sign, left + 5 * unit, y, 4.5 * unit);
    const color = sign === null ? palette.inkSoft : palette.ink;
    pen.text(text, left + indent, y, { size: letterPx * unit, color, widthMax: widthMax - indent });
    y += lineHeight;
  }
  if (zones.length > 0) paintZones(pen, zones, { left, y, widthMax });
}

/** As large as its words need where there is room, and at least as large as its box. */
function tileArea(box: SceneBox, lines: number, unit: number): Cell {
  const height = (headPx + lines * linePx) * unit;
  const width = Math.max(box.width, Math.min(tileWidthPx * unit, box.room.width - gapPx * unit));
  const tall = Math.max(box.height, height);
  return { x: (box.width - width) / 2, y: (box.height - tall) / 2, width, height: tall };
}

function paintGround(pen: Pen, area: Cell, worst: StateCount['state'], selected: boolean): void {
  const { palette } = pen;
  const unit = 1 / pen.zoom;
  const radius = 8 * unit;
  pen.fillRounded(area, radius, palette.surface);
  const isDown = worst === 'down';
  if (isDown || worst === 'cut') {
    const color = isDown ? palette.failed : palette.outline;
    pen.clipped(area, radius, () => pen.withAlpha(0.25, () => hatch(pen, area, color, 9 * unit)));
  }
  const usual = isDown ? palette.failed : palette.outline;
  pen.strokeRounded(
    area,
    radius,
    selected ? palette.flight : usual,
    (isDown || selected ? 2 : 1) * unit,
    worst === 'cut' ? [3 * unit, 4 * unit] : [],
  );
}

/** Where not all find room, the ones that are well go first, then the traffic. */
function tileLines(
  { view }: SceneBox,
  readings: readonly Reading[],
  mix: readonly StateCount[],
  linesMax: number,
): { readonly text: string; readonly sign: StateCount['state'] | null }[] {
  const lines = mix.slice(0, 2).map(({ state, word, count }) => ({
    text: readings.length === 1 ? word : `${count} ${word}`,
    sign: state === 'up' ? null : state,
  }));
  const rate = readings.reduce((sum, reading) => sum + reading.rate, 0);
  const about = { text: `${shortNumber(rate)}/s`, sign: null };
  const all = view.glyph === 'clients' ? [about] : [about, ...lines];
  if (all.length <= linesMax) return all;
  const unwell = lines.filter(({ sign }) => sign !== null);
  return unwell.length < linesMax ? [about, ...unwell] : unwell.slice(0, Math.max(0, linesMax));
}

function zonesOf({ nodes }: SceneBox): { name: string; count: number }[] {
  const names = [...new Set(nodes.map(({ zone }) => zone))].filter((name) => name !== '');
  return names.map((name) => ({ name, count: nodes.filter(({ zone }) => zone === name).length }));
}

function paintZones(
  pen: Pen,
  zones: readonly { name: string; count: number }[],
  place: { readonly left: number; readonly y: number; readonly widthMax: number },
): void {
  const unit = 1 / pen.zoom;
  const height = (letterPx + 2) * unit;
  const gap = 3 * unit;
  const width = (place.widthMax - gap * (zones.length - 1)) / zones.length;
  zones.forEach(({ name, count }, index) => {
    const x = place.left + index * (width + gap);
    const area = { x, y: place.y - height / 2, width, height };
    const { palette } = pen;
    pen.withAlpha(0.2 + 0.12 * (index % 3), () => pen.fillRounded(area, 3 * unit, palette.flight));
    pen.text(count > 1 ? `${name} ×${count}` : name, x + width / 2, place.y, {
      size: (letterPx - 1) * unit,
      align: 'center',
      rim: palette.surface,
      widthMax: width - 4 * unit,
    });
  });
}

function paintSign(
  pen: Pen,
  state: StateCount['state'],
  x: number,
  y: number,
  radius: number,
): void {
  const { palette } = pen;
  if (state === 'down') cross(pen, x, y, radius * 0.8, palette.failed);
  else if (state === 'slow') clockFace(pen, x, y, radius);
  else if (state === 'cut') brokenLink(pen, x, y, radius);
  else if (state === 'ejected') ejectSign(pen, x, y, radius);
  else {
    pen.context.beginPath();
    pen.context.arc(x, y, radius * 0.8, 0, 2 * Math.PI);
    pen.stroke(palette.ok, radius * 0.4, [radius * 0.7, radius * 0.5]);
  }
}
