/**
 * The fault that may have made requests slow: the last one that struck before nine in ten of them
 * had ended, that had not been over for a minute when the first tenth had, and that touches the
 * place where they lost their time or something that this place calls, directly or not. It is
 * named as what went before, not as what is proven.
 */

import type { Edge } from '../model/edge.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import type { World } from '../model/world.ts';

const BEFORE_SHARE = 0.9;
/** How long after its end a fault is still thought of, ns. */
const AFTERMATH_NS = 60e9;

/** Such as `the crash of redis/node-2 at 2:00`; `where` as in causes, `ends` in ns. */
export function faultBefore(world: World, where: string, ends: readonly number[]): string | null {
  const sorted = [...ends].sort((left, right) => left - right);
  const early = sorted[Math.floor((1 - BEFORE_SHARE) * sorted.length)];
  if (early === undefined) return null;
  const { entries } = world.timeline;
  const touched = reachedFrom(world, where);
  for (let place = entries.length - 1; place >= 0; place--) {
    const entry = entries[place]!;
    if (entry.kind !== 'fault' || entry.time > early) continue;
    if (!touches(world, entry.target, where, touched)) continue;
    const end = endOf(entries, place);
    return early > end + AFTERMATH_NS ? null : faultText(entry);
  }
  return null;
}

/** Such as `the crash of redis/node-2 at 2:00`. */
function faultText({ text, time, target }: TimelineEntry): string {
  const verb = text.split(' ', 1)[0]!;
  const seconds = Math.floor(time / 1e9);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `the ${nouns[verb] ?? verb} of ${target} at ${clock}`;
}

/** Verbs that are no nouns. */
const nouns: Readonly<Record<string, string>> = {
  slow: 'slowing',
  'restart-cold': 'cold restart',
};

/** Verbs that `heal` of the same target undoes. */
const healed: readonly string[] = ['slow', 'partition'];

/** When the fault was undone, ns; Infinity when it was not, or cannot be. */
function endOf(entries: readonly TimelineEntry[], fault: number): number {
  const { target, text } = entries[fault]!;
  const verb = text.split(' ', 1)[0]!;
  const end = entries.find((entry, place) => {
    if (place <= fault || entry.kind !== 'recovery' || entry.target !== target) return false;
    const isHealed = healed.includes(verb) && entry.text.startsWith('heal ');
    return isHealed || entry.text.startsWith(`end of ${verb} `);
  });
  return end?.time ?? Infinity;
}

/** Names of the components at a place, or at either end of a way, and of all that they call. */
function reachedFrom(world: World, where: string): ReadonlySet<string> {
  const reached = new Set(where.split(' > ').map((path) => path.split('/')[0]!));
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const { from, to } of world.paths as Edge[]) if (reached.has(from)) reached.add(to.name);
  }
  return reached;
}

/** A fault in one shard does not touch another; one in a zone touches all that has a node there. */
function touches(
  world: World,
  target: string,
  where: string,
  reached: ReadonlySet<string>,
): boolean {
  return target.split(' and ').some((path) => {
    const [name, part] = path.split('/');
    const zone = world.plan.zones.indexOf(name === 'zone' ? part! : name!);
    if (zone >= 0) {
      return [...reached].some((component) =>
        world.component(component).nodes.some((node) => node.zone === zone),
      );
    }
    if (!reached.has(name!)) return false;
    const [ownName, ownPart] = where.split('/');
    return name !== ownName || !isShard(part) || !isShard(ownPart) || part === ownPart;
  });
}

function isShard(part: string | undefined): boolean {
  return part?.startsWith('shard-') === true;
}
