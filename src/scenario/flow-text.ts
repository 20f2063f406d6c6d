/** Writes a tree as one line of YAML that reads back as the same tree. */

import type { Tree } from './tree.ts';

/** Words that are safe without quotes wherever a value may stand. */
const SAFE = /^[A-Za-z0-9µ][A-Za-z0-9µ ./%±()=_-]*(?<! )$/;

export function flowText(tree: Tree): string {
  if (tree.kind === 'list') return `[${tree.items.map(flowText).join(', ')}]`;
  if (tree.kind === 'map') {
    const entries = [...tree.entries.values()];
    return `{ ${entries.map(({ key, value }) => `${quote(key)}: ${flowText(value)}`).join(', ')} }`;
  }
  if (tree.value === null) return 'null';
  return typeof tree.value === 'string' ? quote(tree.text) : tree.text;
}

function quote(text: string): string {
  return SAFE.test(text) && !isOtherType(text) ? text : JSON.stringify(text);
}

/** Text that the core schema would read as a number, a truth value or nothing. */
function isOtherType(text: string): boolean {
  return /^(?:[-+.\d][\d._eExXoOa-fA-F+-]*|true|false|null)$/i.test(text);
}
