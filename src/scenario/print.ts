/**
 * Changes of the text of a scenario that leave the rest as its author wrote it: comments, order and
 * spacing. What the page adds to a file goes through here.
 */

import { isMap, isSeq, parseDocument } from 'yaml';
import { formatDuration } from '../base/format-units.ts';
import { parseOptions } from './document.ts';
import { inlineText } from './value-text.ts';
import type { Document, Node, Pair, YAMLSeq } from 'yaml';
import type { FaultPlan } from '../model/plan.ts';

/**
 * The text parsed and printed again, in the form in which all printed files agree; comments and
 * order stay. Null when the text is not YAML. Printing a printed text changes nothing.
 */
export function printScenario(text: string): string | null {
  const document = documentOf(text);
  if (document === null) return null;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, indentSeq: true });
}

export { withValue } from './value-text.ts';

/** A fault as a line of YAML: `{ at: 2m, crash: photos-db/shard-2/primary, for: 1m30s }`. */
export function faultText(fault: FaultPlan): string {
  const { atNs, verb, targets, forNs, factor, to } = fault;
  const target = targets.length === 1 ? targets[0]! : `[${targets.join(', ')}]`;
  const parts = [`at: ${formatDuration(atNs)}`, `${verb}: ${target}`];
  if (to !== undefined && to !== '') parts.push(`to: ${inlineText(to)}`);
  if (factor !== 1) parts.push(`by: ${factor}x`);
  if (forNs !== null) parts.push(`for: ${formatDuration(forNs)}`);
  return `{ ${parts.join(', ')} }`;
}

/**
 * The text with a fault at the end of its list of faults, which is made when there is none. Nothing
 * else changes. Null when the text is not a YAML map or its `faults` are not a list.
 */
export function appendFault(text: string, fault: FaultPlan): string | null {
  const document = documentOf(text);
  if (document === null || !isMap(document.contents)) return null;
  const line = faultText(fault);
  const pair = document.contents.items.find(
    (item) => (item.key as { readonly source?: string } | null)?.source === 'faults',
  ) as Pair<Node, Node | null> | undefined;
  if (pair === undefined) {
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${gap}\nfaults:\n  - ${line}\n`;
  }
  if (isSeq(pair.value)) return appended(text, pair.value, line);
  if (pair.value?.range && text.slice(pair.value.range[0], pair.value.range[1]) !== '') return null;
  return insertedAt(text, lineEnd(text, pair.key.range![1]), `\n  - ${line}`);
}

function appended(text: string, list: YAMLSeq, line: string): string {
  const [start, end] = list.range!;
  if (list.flow === true) {
    const inside = text.slice(0, end - 1).trimEnd();
    const comma = list.items.length === 0 || inside.endsWith(',') ? '' : ',';
    return insertedAt(text, inside.length, `${comma} ${line}`);
  }
  const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const last = text.slice(0, end).trimEnd().length;
  return insertedAt(text, lineEnd(text, last), `\n${indent}- ${line}`);
}

function documentOf(text: string): Document.Parsed | null {
  const document = parseDocument(text, parseOptions);
  return document.errors.length === 0 ? document : null;
}

/** Where the line that holds an offset ends, before its line break. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

function insertedAt(text: string, offset: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset);
}
