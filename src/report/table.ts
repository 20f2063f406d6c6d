/** Text in columns: numbers end at one edge, words begin at one. */

export interface Column {
  readonly title: string;
  /** Words to the left, numbers to the right. */
  readonly align: 'left' | 'right';
}

const GAP = '  ';

/** Lines of a table with its head; no line ends in spaces. Empty when there are no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, place) =>
    Math.max(...lines.map((line) => widthOf(line[place] ?? ''))),
  );
  return lines.map((line) =>
    columns
      .map(({ align }, place) => padded(line[place] ?? '', widths[place]!, align))
      .join(GAP)
      .trimEnd(),
  );
}

/** Text filled up with spaces to a width; longer text stays as it is. */
export function padded(text: string, width: number, align: 'left' | 'right'): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + spaces : spaces + text;
}

/** Characters, a pair of surrogates counting as one. */
function widthOf(text: string): number {
  return text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, '.').length;
}
