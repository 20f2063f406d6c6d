/**
 * The inside of one instance as a card: the requests that wait and those that are worked on, each
 * with its age, what its kind adds in words, and of a cache the entries that go next.
 */

import { shortCount, shortMilliseconds } from '../../base/measured.ts';
import type { Inside, PresentRequest } from '../../protocol/inside.ts';
import type { Pen } from './pen.ts';

/** px */
export const cardWidth = 372;
const padding = 12;
const lineHeight = 17;
const slotHeight = 15;
const slotGap = 3;
const waitingColumns = 4;
const servedColumns = 4;
const slotsMax = 24;
const servedMax = 32;
const factsMax = 4;
const keysShown = 8;
const letters = 10.5;

/** What the file says about the node, which `Inside` leaves out. */
export interface Capacity {
  readonly workers: number;
  readonly queue: number;
}

interface Slots {
  readonly requests: readonly PresentRequest[];
  /** Empty places after them. */
  readonly empty: number;
  readonly columns: number;
}

/** Height that the card needs, px. */
export function cardHeight(inside: Inside | null, capacity: Capacity): number {
  if (inside === null) return 2 * padding + 2 * lineHeight;
  const { waiting, served } = slotsOf(inside, capacity);
  const rows = Math.max(rowsOf(waiting), rowsOf(served));
  const facts = Math.min(factsMax, inside.facts.length);
  const keys = inside.keys === null ? 0 : 2 * lineHeight + 4;
  const slots = rows * (slotHeight + slotGap);
  return 2 * padding + 2 * lineHeight + slots + facts * lineHeight + keys + 6;
}

export function paintCard(
  pen: Pen,
  title: string,
  inside: Inside | null,
  capacity: Capacity,
): void {
  const { palette } = pen;
  const area = { x: 1, y: 1, width: cardWidth - 2, height: cardHeight(inside, capacity) - 2 };
  pen.fillRounded(area, 10, palette.raised);
  pen.strokeRounded(area, 10, palette.outline, 1.5);
  const first = padding + lineHeight / 2;
  pen.text(title, padding, first, { size: 13, weight: 650, widthMax: cardWidth - 2 * padding });
  if (inside === null) {
    const quiet = { size: letters, color: palette.inkSoft };
    pen.text('looking inside …', padding, first + lineHeight, quiet);
    return;
  }
  const { waiting, served } = slotsOf(inside, capacity);
  const half = (cardWidth - 3 * padding) / 2;
  const right = 2 * padding + half;
  const heads = { size: letters, color: palette.inkSoft, widthMax: half };
  let y = first + lineHeight;
  pen.text(waitingWords(inside, capacity), padding, y, heads);
  pen.text(servedWords(inside, capacity), right, y, heads);
  y += lineHeight / 2 + 3;
  paintSlots(pen, waiting, { x: padding, y, width: half }, palette.slow);
  paintSlots(pen, served, { x: right, y, width: half }, palette.flight);
  y += Math.max(rowsOf(waiting), rowsOf(served)) * (slotHeight + slotGap) + lineHeight / 2 + 2;
  for (const { name, value } of inside.facts.slice(0, factsMax)) {
    pen.text(name, padding, y, { size: letters, color: palette.inkSoft, widthMax: half });
    pen.text(value, cardWidth - padding, y, { size: letters, weight: 600, align: 'right' });
    y += lineHeight;
  }
  if (inside.keys !== null) paintKeys(pen, inside.keys, y);
}

function slotsOf(inside: Inside, { workers }: Capacity): { waiting: Slots; served: Slots } {
  const waiting = inside.waiting.slice(0, slotsMax);
  const served = inside.served.slice(0, servedMax);
  const idle = Number.isFinite(workers) ? Math.min(workers, servedMax) - served.length : 0;
  return {
    waiting: { requests: waiting, empty: waiting.length === 0 ? 1 : 0, columns: waitingColumns },
    served: { requests: served, empty: Math.max(0, idle), columns: servedColumns },
  };
}

function rowsOf({ requests, empty, columns }: Slots): number {
  return Math.ceil((requests.length + empty) / columns);
}

function waitingWords({ waitingInAll, waiting }: Inside, { queue }: Capacity): string {
  const limit = Number.isFinite(queue) ? ` of ${shortCount(queue)}` : '';
  const shown = waitingInAll > waiting.length ? `, first ${waiting.length}` : '';
  return `${shortCount(waitingInAll)}${limit} waiting${shown}`;
}

function servedWords({ servedInAll }: Inside, { workers }: Capacity): string {
  const all = Number.isFinite(workers) ? `/${shortCount(workers)}` : '';
  return `${shortCount(servedInAll)}${all} busy`;
}

/** Each request in its place: the longer it has been there, the fuller the place. */
function paintSlots(
  pen: Pen,
  { requests, empty, columns }: Slots,
  area: { readonly x: number; readonly y: number; readonly width: number },
  color: string,
): void {
  const { palette } = pen;
  const width = (area.width - slotGap * (columns - 1)) / columns;
  const oldest = Math.max(1e-9, ...requests.map(({ sinceMs }) => sinceMs));
  const placeOf = (index: number) => ({
    x: area.x + (index % columns) * (width + slotGap),
    y: area.y + Math.floor(index / columns) * (slotHeight + slotGap),
    width,
    height: slotHeight,
  });
  requests.forEach(({ sinceMs, attempt }, index) => {
    const place = placeOf(index);
    pen.fillRounded(place, 3, palette.ground);
    const filled = { ...place, width: Math.max(3, width * (sinceMs / oldest)) };
    pen.withAlpha(0.35, () => pen.fillRounded(filled, 3, color));
    const age = shortMilliseconds(sinceMs).replace(' ', '');
    pen.text(attempt > 1 ? `▲${age}` : age, place.x + width / 2, place.y + slotHeight / 2, {
      size: 9,
      align: 'center',
      widthMax: width - 2,
    });
  });
  for (let index = requests.length; index < requests.length + empty; index += 1) {
    pen.strokeRounded(placeOf(index), 3, palette.line, 1);
  }
}

/** The next to be evicted stands first. */
function paintKeys(pen: Pen, keys: NonNullable<Inside['keys']>, y: number): void {
  const { palette } = pen;
  pen.text('next to be evicted, by rank of popularity', padding, y, {
    size: letters,
    color: palette.inkSoft,
  });
  const shown = keys.slice(0, keysShown);
  const width = (cardWidth - 2 * padding - slotGap * (keysShown - 1)) / keysShown;
  shown.forEach(({ key }, index) => {
    const x = padding + index * (width + slotGap);
    const place = { x, y: y + lineHeight / 2 + 1, width, height: slotHeight };
    pen.strokeRounded(place, 3, palette.outline, 1, index === 0 ? [2, 2] : []);
    pen.text(shortCount(key + 1), x + width / 2, place.y + slotHeight / 2, {
      size: 9,
      align: 'center',
      widthMax: width - 2,
    });
  });
}
