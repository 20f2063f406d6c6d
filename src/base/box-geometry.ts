/**
 * How large a box on the stage is and where its instances sit inside. The layout in the worker and
 * the drawing on the page both ask here, so that edges end exactly where boxes begin. All lengths
 * are layout units: one unit is one CSS pixel at zoom 1.
 */

export type BoxGlyph = 'clients' | 'balancer' | 'service' | 'cache' | 'cdn' | 'database';

/** `wide` stacks instances in columns beside the flow, `tall` lays them out in rows across it. */
export type StageForm = 'wide' | 'tall';

export interface BoxContents {
  readonly glyph: BoxGlyph;
  readonly name: string;
  readonly caption: string;
  /** Shard number of every instance in order, -1 where there are no shards. */
  readonly shards: readonly number[];
}

export interface BoxShape {
  readonly width: number;
  readonly height: number;
  /** One per instance, relative to the top left corner of the box. */
  readonly cells: readonly Cell[];
  /** One per shard of a database, above its column. */
  readonly columnHeads: readonly { readonly x: number; readonly width: number }[];
  /** Instances are too many to be drawn in full. */
  readonly compact: boolean;
}

export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of the part that carries the name and the caption. */
export const boxHeadHeight = 46;
export const boxPadding = 14;
const cellGap = 8;
const columnHeadHeight = 20;
/** Beyond this many instances a box falls back to the compact grid. */
const instancesInFullMax = 12;

const cellSizes: Readonly<Record<BoxGlyph, { width: number; height: number }>> = {
  clients: { width: 108, height: 52 },
  balancer: { width: 108, height: 52 },
  service: { width: 112, height: 40 },
  cache: { width: 132, height: 52 },
  cdn: { width: 132, height: 52 },
  database: { width: 116, height: 46 },
};
const compactCell = { width: 30, height: 26 };

/** Widths of an average letter of the name (15 px, bold) and the caption (11.5 px). */
const nameLetterWidth = 8.4;
const captionLetterWidth = 6;
const headWidthMax = 240;

export function boxShape(contents: BoxContents, form: StageForm): BoxShape {
  const compact = contents.shards.length > instancesInFullMax;
  const size = compact ? compactCell : cellSizes[contents.glyph];
  const sharded = contents.shards.some((shard) => shard >= 0);
  const slots = sharded
    ? shardSlots(contents.shards)
    : gridSlots(contents.shards.length, compact, form);
  const columns = 1 + slots.reduce((most, slot) => Math.max(most, slot.column), -1);
  const rows = 1 + slots.reduce((most, slot) => Math.max(most, slot.row), -1);
  const gap = compact ? 4 : cellGap;
  const gridWidth = columns * size.width + Math.max(0, columns - 1) * gap;
  const gridHeight = rows * size.height + Math.max(0, rows - 1) * gap;
  const width = Math.ceil(Math.max(gridWidth, headWidth(contents)) + 2 * boxPadding);
  const top = boxHeadHeight + (sharded ? columnHeadHeight : 0);
  const left = (width - gridWidth) / 2;
  return {
    width,
    height: Math.ceil(top + gridHeight + boxPadding),
    cells: slots.map(({ column, row }) => ({
      x: left + column * (size.width + gap),
      y: top + row * (size.height + gap),
      width: size.width,
      height: size.height,
    })),
    columnHeads: sharded
      ? Array.from({ length: columns }, (_, column) => ({
          x: left + column * (size.width + gap),
          width: size.width,
        }))
      : [],
    compact,
  };
}

interface Slot {
  readonly column: number;
  readonly row: number;
}

/** One column for each shard, its instances from top to bottom. */
function shardSlots(shards: readonly number[]): Slot[] {
  const filled = new Map<number, number>();
  return shards.map((shard) => {
    const row = filled.get(shard) ?? 0;
    filled.set(shard, row + 1);
    return { column: Math.max(0, shard), row };
  });
}

function gridSlots(count: number, compact: boolean, form: StageForm): Slot[] {
  const columns = gridColumns(count, compact, form);
  return Array.from({ length: count }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
  }));
}

function gridColumns(count: number, compact: boolean, form: StageForm): number {
  if (compact) return Math.ceil(Math.sqrt(count * (form === 'wide' ? 1 : 1.8)));
  if (form === 'tall') return Math.min(4, Math.max(1, count));
  // At most five rows, with as few places left empty as can be.
  let best = Math.max(1, Math.ceil(count / 5));
  for (let columns = best; columns <= Math.ceil(count / 3); columns += 1) {
    if (emptyPlaces(count, columns) < emptyPlaces(count, best)) best = columns;
  }
  return best;
}

function emptyPlaces(count: number, columns: number): number {
  return Math.ceil(count / columns) * columns - count;
}

function headWidth(contents: BoxContents): number {
  const name = contents.name.length * nameLetterWidth + 26;
  const caption = contents.caption.length * captionLetterWidth;
  return Math.min(headWidthMax, Math.max(name, caption));
}
