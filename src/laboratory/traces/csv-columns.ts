/** Which column of a CSV trace is what: by the names of its header, or by their places. */

import type { TraceColumns } from './trace-options.ts';

export const columnRoles = ['time', 'key', 'size', 'op'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Places of the columns from 0; -1: there is none. */
export type ColumnPlaces = Readonly<Record<ColumnRole, number>>;

/** Names that headers use, in the order of preference; blanks and hyphens count as underscores. */
const names: Readonly<Record<ColumnRole, readonly string[]>> = {
  time: 'time timestamp ts clock_time real_time seconds date'.split(' '),
  key: (
    'key obj_id object_id objid obj object cache_key item_id id anonymized_key anonymised_key ' +
    'url uri path lba lbn block page item hash name'
  ).split(' '),
  size: 'size obj_size object_size bytes length len value_size content_length'.split(' '),
  op: 'op operation method cmd command verb request type'.split(' '),
};

/** Places by number of columns, when there is no header: time, key, size, op. */
const byCount: readonly ColumnPlaces[] = [
  { time: -1, key: 0, size: -1, op: -1 },
  { time: 0, key: 1, size: -1, op: -1 },
  { time: 0, key: 1, size: 2, op: -1 },
  { time: 0, key: 1, size: 2, op: 3 },
];

/** A header is a line of which one field is a known name of the key. */
export function isHeader(fields: readonly string[]): boolean {
  return fields.some((field) => names.key.includes(cleaned(field)));
}

/** The places, or what is wrong with the options. */
export function placeColumns(
  header: readonly string[] | null,
  count: number,
  given: TraceColumns,
): ColumnPlaces | string {
  const found = header === null ? placesFor(count, given) : placesByName(header);
  const places = { ...found };
  for (const role of columnRoles) {
    const column = given[role];
    if (column === undefined) continue;
    if (column === null) places[role] = -1;
    else if (typeof column === 'number') places[role] = column - 1;
    else if (header === null) return `column ${column} has no name: there is no header`;
    else places[role] = header.findIndex((field) => cleaned(field) === cleaned(column));
    if (column !== null && !(places[role] >= 0 && places[role] < count)) {
      return `there is no column ${column}; there are ${header?.join(', ') ?? count}`;
    }
  }
  return places.key < 0 ? 'no column is known to be the key' : places;
}

/** Without a header, giving any place by hand means that only the given ones are meant. */
function placesFor(count: number, given: TraceColumns): ColumnPlaces {
  if (given.key !== undefined) return { time: -1, key: -1, size: -1, op: -1 };
  return byCount[Math.min(count, byCount.length) - 1]!;
}

function placesByName(header: readonly string[]): ColumnPlaces {
  const fields = header.map(cleaned);
  const placeOf = (role: ColumnRole): number => {
    const known = names[role].find((name) => fields.includes(name));
    return known === undefined ? -1 : fields.indexOf(known);
  };
  return { time: placeOf('time'), key: placeOf('key'), size: placeOf('size'), op: placeOf('op') };
}

/** `# Obj-ID ` is `obj_id`. */
function cleaned(field: string): string {
  return field
    .replace(/^[\s#"]+|[\s"]+$/g, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}
