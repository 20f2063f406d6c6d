/** Colour on a terminal. It only repeats what the words say, so nothing is lost without it. */

export type Style = 'good' | 'bad' | 'open' | 'strong' | 'faint';

/** Puts a text into a style, or leaves it as it is. */
export type Paint = (text: string, style: Style) => string;

/** Source: ECMA-48, 1991, section 8.3.117, Select Graphic Rendition. */
const codes: Readonly<Record<Style, string>> = {
  good: '32',
  bad: '31;1',
  open: '33',
  strong: '1',
  faint: '2',
};

export const plain: Paint = (text) => text;

export const coloured: Paint = (text, style) => `\u001b[${codes[style]}m${text}\u001b[0m`;
