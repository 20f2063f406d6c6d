/**
 * Reads a population that replays recorded requests. Keys are named as they like: the first name
 * is the dataset's first key, the next new name its second, and so on.
 */

import { quoted } from '../base/reading.ts';
import { existing, listed } from '../base/suggest.ts';
import { readReplayedRequest } from './replayed-request.ts';
import type { ReplayedRequest } from '../model/parameters.ts';
import type { MixPlan, ReplayPlan } from '../model/plan.ts';
import type { Checker } from './checker.ts';
import type { Entry, Tree } from './tree.ts';

export interface ReplayContext {
  readonly checker: Checker;
  /** Name of the component that knows the operations. */
  readonly target: string;
  readonly operations: readonly string[];
  /** The population's own `operation:`, for requests without one; null: it has none. */
  readonly operation: string | null;
  readonly speed: number;
  /** The dataset that an operation's keys belong to, with its number of keys. */
  readonly datasetOf: (operation: string, start: number) => Dataset | null;
}

interface Dataset {
  readonly name: string;
  readonly keys: number;
}

export interface ReadReplay {
  readonly replay: ReplayPlan;
  readonly mix: readonly MixPlan[];
}

/** What cache traces call the two operations of a store. */
const otherWords: Readonly<Record<string, string>> = { get: 'read', set: 'write' };

/** Keys of a population that say what `replay` says itself. */
const replaced = ['mix', 'arrivals', 'shape', 'think'];

/** Reports keys that do not go with `replay`, and `speed` without it. */
export function checkReplayKeys(
  checker: Checker,
  noun: string,
  entries: ReadonlyMap<string, Entry>,
): void {
  const speed = entries.get('speed');
  if (!entries.has('replay')) {
    if (speed === undefined) return;
    const message = `${noun} has a \`speed\` and nothing to \`replay\``;
    checker.error(speed.keyStart, 'conflicting-keys', message, 'remove `speed`');
    return;
  }
  for (const key of replaced) {
    const entry = entries.get(key);
    if (entry === undefined) continue;
    const message = `\`${key}\` and \`replay\` are both given; the recorded requests say it all`;
    checker.error(entry.keyStart, 'conflicting-keys', message, `remove \`${key}\``);
  }
}

/** Items of the list `tree` that cannot be read were reported before; they are passed over. */
export function readReplay(context: ReplayContext, tree: Tree): ReadReplay {
  const { checker, speed } = context;
  const places = new Map<string, number>();
  const keys = new Map<string, number>();
  const counts: number[] = [];
  const replay = { atNs: [] as number[], keys: [] as number[], operations: [] as number[] };
  let last = 0;
  for (const item of tree.kind === 'list' ? tree.items : []) {
    const reading = item.kind === 'scalar' ? readReplayedRequest(item.text) : null;
    if (reading?.ok !== true) continue;
    const { value: request } = reading;
    const { start } = item;
    if (request.atNs < last) {
      const message = 'the time goes back; requests stand in the order of their times';
      checker.error(start, 'bad-times', message, 'sort them by time');
      continue;
    }
    last = request.atNs;
    const operation = operationOf(context, request, start);
    if (operation === null) continue;
    const place = places.get(operation) ?? places.size;
    places.set(operation, place);
    counts[place] = (counts[place] ?? 0) + 1;
    const key = keys.get(request.key) ?? keys.size;
    keys.set(request.key, key);
    replay.atNs.push(Math.floor(request.atNs / speed + 0.5));
    replay.keys.push(key);
    replay.operations.push(place);
  }
  const mix = [...places].map(([operation, place]): MixPlan => {
    const dataset = context.datasetOf(operation, tree.start);
    if (dataset !== null) checkKeys(checker, tree.start, dataset, keys.size);
    const weight = counts[place]! / replay.atNs.length;
    return { operation, weight, keys: dataset?.name ?? null };
  });
  return { replay, mix };
}

function operationOf(
  { checker, target, operations, operation }: ReplayContext,
  request: ReplayedRequest,
  start: number,
): string | null {
  const only = operations.length === 1 ? operations[0]! : null;
  const word = request.operation ?? operation ?? only;
  if (word === null) {
    const message = `the request does not say which operation of ${quoted(target)} it asks for`;
    const hint = `add one of ${listed(operations, 'or')}`;
    checker.error(start, 'which-operation', message, hint);
    return null;
  }
  if (operations.includes(word)) return word;
  const other = Object.hasOwn(otherWords, word) ? otherWords[word]! : '';
  if (operations.includes(other)) return other;
  const message = `${quoted(target)} has no operation ${quoted(word)}`;
  checker.error(start, 'unknown-operation', message, existing(word, operations));
  return null;
}

function checkKeys(checker: Checker, start: number, dataset: Dataset, keys: number): void {
  if (keys <= dataset.keys) return;
  const message = `the requests name ${keys} keys; ${quoted(dataset.name)} has ${dataset.keys}`;
  checker.error(start, 'too-many-keys', message, `write \`keys: ${keys}\` at the dataset`);
}
