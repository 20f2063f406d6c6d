/** What the file and the catalogue say of a component, a population or an edge. */

import { readDuration } from '../../base/units.ts';
import { components } from '../../model/components.ts';
import type { Fields } from '../../model/parameters.ts';
import type { ParameterView, Sheet } from '../../protocol/inside.ts';
import type { Questions } from '../../protocol/session.ts';
import { Diagnostics } from '../../scenario/diagnostics.ts';
import { readTree } from '../../scenario/document.ts';
import { trafficFields } from '../../scenario/fields.ts';
import { SourceText } from '../../scenario/source-text.ts';
import { applyTree } from '../../scenario/settings.ts';
import type { Entry, MapTree, Tree } from '../../scenario/tree.ts';
import type { Asked } from './asked.ts';
import { parameterViews } from './parameter-views.ts';

interface Part {
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
  readonly fields: Fields;
  readonly entry: Entry;
}

export function answerSheet(
  { recording, text }: Asked,
  { path }: Questions['sheet']['question'],
): Questions['sheet']['answer'] {
  const source = new SourceText('', text);
  const written = readTree(text, new Diagnostics(source));
  if (written?.kind !== 'map') return null;
  const root = withChanges(written, recording.time, source);
  const [from = '', to] = path.split('>').map((name) => name.trim());
  const part = partOf(root, from.split('/')[0]!);
  if (part === null) return null;
  const parameters = parameterViews(part.fields, part.entry.value, part.name);
  const { line } = source.placeOf(part.entry.keyStart);
  if (to !== undefined) return edgeSheet(path, part, to, parameters, line);
  const { kind, summary } = part;
  return { path, kind, summary, line, parameters };
}

/**
 * The file with the values that changes have given its parameters by now, ns. The latest one holds,
 * wherever in the list it stands; what is due right now is still to come.
 */
function withChanges(root: MapTree, now: number, source: SourceText): MapTree {
  const faults = root.entries.get('faults')?.value;
  const items = faults?.kind === 'list' ? faults.items : [];
  const inForce = items
    .flatMap((item) => changeOf(item))
    .filter(({ begin, end }) => begin < now && now <= end)
    .sort((left, right) => left.begin - right.begin);
  let changed = root;
  for (const { path, value } of inForce) {
    changed = applyTree(changed, path, value, value.start, new Diagnostics(source));
  }
  return changed;
}

/** A change among the faults, times ns; nothing for other faults. */
function changeOf(item: Tree): { path: string; value: Tree; begin: number; end: number }[] {
  const at = (key: string) => (item.kind === 'map' ? item.entries.get(key)?.value : undefined);
  const [path, value] = [at('change'), at('to')];
  if (path?.kind !== 'scalar' || value === undefined) return [];
  const begin = durationOf(at('at'), Infinity);
  return [{ path: path.text, value, begin, end: begin + durationOf(at('for'), Infinity) }];
}

function durationOf(tree: Tree | undefined, otherwise: number): number {
  const read = tree?.kind === 'scalar' ? readDuration(tree.text) : null;
  return read?.ok === true ? read.value : otherwise;
}

function partOf(root: MapTree, name: string): Part | null {
  const component = entryAt(root, 'components', name);
  if (component !== null) {
    const kind = component.value.kind === 'map' ? component.value.entries.get('kind')?.value : null;
    const definition = components.get(kind?.kind === 'scalar' ? kind.text : '');
    if (definition === undefined) return null;
    const { name: word, summary, parameters } = definition;
    return { name, kind: word, summary, fields: parameters, entry: component };
  }
  const population = entryAt(root, 'traffic', name);
  if (population === null) return null;
  const summary = 'Clients that send requests, at a rate of their own or each in its turn.';
  return { name, kind: 'clients', summary, fields: trafficFields, entry: population };
}

function entryAt(root: MapTree, section: string, name: string): Entry | null {
  const tree = root.entries.get(section)?.value;
  return tree?.kind === 'map' ? (tree.entries.get(name) ?? null) : null;
}

/** What the caller says of its calls: in general, or of this callee in particular. */
function edgeSheet(
  path: string,
  { name, kind }: Part,
  to: string,
  parameters: readonly ParameterView[],
  line: number,
): Sheet {
  const own = parameters.filter((one) => one.path.startsWith(`${name}.calls.${to}.`));
  const general = parameters.filter((one) => {
    const top = one.name.split('.')[0]!;
    if (kind === 'load-balancer') return !['to', 'zones', 'instances', 'start-up'].includes(top);
    return top === 'timeout' || top === 'retries';
  });
  const summary = `How calls from ${name} to ${to} wait, and whether they are tried again.`;
  return { path, kind: 'call', summary, line, parameters: own.length > 0 ? own : general };
}
