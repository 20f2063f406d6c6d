/**
 * A text with an alternative of its own put into it, so that it can be run, shown and saved like
 * any other. The same paths as those of `settings.ts`; comments stay, the form of lines need not.
 */

import { isMap, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { parseOptions } from './document.ts';
import { loadScenario } from './load.ts';
import { topLevelKeys } from './top-level.ts';
import type { Setting } from './settings.ts';

export interface AlternativeText {
  readonly name: string;
  readonly settings: readonly Setting[];
  readonly text: string;
}

/** Every alternative of a text; none when the text has errors. */
export function alternativeTexts(text: string): readonly AlternativeText[] {
  const { scenario } = loadScenario(text, { file: '' });
  return Object.entries(scenario?.alternatives ?? {}).flatMap(([name, settings]) => {
    const changed = withSettings(text, settings);
    return changed === null ? [] : [{ name, settings, text: changed }];
  });
}

/**
 * Null when the text is not YAML or a path leads nowhere. The alternatives themselves are left out:
 * they are changes of the text as it was, and need not fit the changed one.
 */
export function withSettings(text: string, settings: readonly Setting[]): string | null {
  const document = parseDocument(text, parseOptions);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  for (const { path, value } of settings) {
    const given = parseDocument(value === '' ? '""' : value, parseOptions);
    const keys = keysOf(document, path.split('.'));
    if (keys === null || given.errors.length > 0) return null;
    document.setIn(keys, given.contents);
  }
  document.delete('alternatives');
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, indentSeq: true });
}

/** Keys from the top of the file, with places in lists as numbers from 0. */
function keysOf(document: Document, segments: readonly string[]): (string | number)[] | null {
  const first = segments[0]!;
  const root = document.contents as YAMLMap;
  const section = topLevelKeys.includes(first)
    ? []
    : ['components', 'traffic', 'data'].filter((one) => root.hasIn([one, first])).slice(0, 1);
  if (section.length === 0 && !topLevelKeys.includes(first)) return null;
  const keys: (string | number)[] = [...section];
  for (const segment of segments) {
    const inside = keys.length === 0 ? root : root.getIn(keys, true);
    if (isSeq(inside)) keys.push(Number(segment) - 1);
    else if (inside !== undefined && !isMap(inside)) {
      // An empty place, or a short form, gives way to a map.
      root.setIn(keys, document.createNode({}));
      keys.push(segment);
    } else keys.push(segment);
  }
  return keys;
}
