/** What only shows when the shadows of a cache are looked at together. */

import { quoted } from '../base/reading.ts';
import { SHADOWS_MOST } from '../model/components/cache/shadow-parameters.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import { readShadow } from './shadow-syntax.ts';
import type { MapTree } from './tree.ts';

export function checkShadows(
  checker: Pick<Checker, 'error'>,
  root: MapTree,
  components: ReadonlyMap<string, ComponentPlan>,
): void {
  const all = root.entries.get('components')?.value;
  for (const { name, kind } of components.values()) {
    const tree = all?.kind === 'map' ? all.entries.get(name)?.value : undefined;
    const list = tree?.kind === 'map' ? tree.entries.get('shadow')?.value : undefined;
    if (kind !== 'cache' || list?.kind !== 'list') continue;
    const { items } = list;
    if (items.length > SHADOWS_MOST) {
      const message = `${quoted(name)} has ${items.length} shadows`;
      const hint = `remove some: at most ${SHADOWS_MOST} are allowed`;
      checker.error(items[SHADOWS_MOST]!.start, 'out-of-range', message, hint);
    }
    const seen = new Set<string>();
    for (const item of items) {
      const read = item.kind === 'scalar' ? readShadow(item.text) : null;
      // What cannot be read has been reported.
      if (read === null || !read.ok) continue;
      const { name: shadow } = read.value;
      const message = `${quoted(name)} has the shadow ${quoted(shadow)} twice`;
      if (seen.has(shadow)) checker.error(item.start, 'duplicate-name', message, 'remove one');
      seen.add(shadow);
    }
  }
}
