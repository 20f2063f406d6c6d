/**
 * The parameters of a part of the file as a list for people: what stands in the file or holds by
 * default, how it is written, what it means and where the default comes from. Groups are taken
 * apart, so that each line is one value with the path by which it can be changed.
 */

import type { Fields, Parameter } from '../../model/parameters.ts';
import type { ParameterView } from '../../protocol/inside.ts';
import { flowText } from '../../scenario/flow-text.ts';
import { nounOf } from '../../scenario/parameter-words.ts';
import type { Tree } from '../../scenario/tree.ts';

export function parameterViews(
  fields: Fields,
  tree: Tree | undefined,
  path: string,
): ParameterView[] {
  return Object.entries(fields).flatMap(([name, parameter]) =>
    viewsOf(parameter, entryOf(tree, name), { path: `${path}.${name}`, name, live: false }),
  );
}

interface Place {
  readonly path: string;
  readonly name: string;
  /** The group that it stands in may change while a run goes on. */
  readonly live: boolean;
}

function viewsOf(parameter: Parameter, tree: Tree | undefined, place: Place): ParameterView[] {
  const isGiven = tree !== undefined;
  const live = place.live || parameter.live === true;
  if (parameter.type === 'object') {
    const isGroup = isGiven ? tree.kind === 'map' : parameter.optional !== true;
    if (isGroup) return groupViews(parameter.fields, tree, { ...place, live });
  }
  if (parameter.type === 'record' && tree?.kind === 'map') {
    return [...tree.entries.values()].flatMap(({ key, value }) =>
      viewsOf(parameter.of, value, {
        live,
        path: `${place.path}.${key}`,
        name: `${place.name}.${key}`,
      }),
    );
  }
  return [
    {
      path: place.path,
      name: place.name,
      value: isGiven ? flowText(tree) : defaultText(parameter),
      given: isGiven,
      form: formOf(parameter),
      description: parameter.description,
      source: parameter.source ?? '',
      live,
      choices: choicesOf(parameter),
    },
  ];
}

function groupViews(fields: Fields, tree: Tree | undefined, place: Place): ParameterView[] {
  return Object.entries(fields).flatMap(([name, parameter]) =>
    viewsOf(parameter, entryOf(tree, name), {
      ...place,
      path: `${place.path}.${name}`,
      name: `${place.name}.${name}`,
    }),
  );
}

function entryOf(tree: Tree | undefined, name: string): Tree | undefined {
  return tree?.kind === 'map' ? tree.entries.get(name)?.value : undefined;
}

function defaultText(parameter: Parameter): string {
  if (parameter.default !== undefined) return String(parameter.default);
  return parameter.type === 'zones' ? 'one for all' : 'none';
}

function formOf(parameter: Parameter): string {
  const noun = nounOf(parameter).replace(/^an? /, '').replaceAll('`', '');
  if (parameter.type !== 'count' && parameter.type !== 'number') return noun;
  const unlimited = parameter.type === 'count' && parameter.unlimited === true;
  return `${noun} from ${parameter.min} to ${parameter.max}${unlimited ? ', or unlimited' : ''}`;
}

function choicesOf(parameter: Parameter): readonly string[] | null {
  if (parameter.type === 'choice') return parameter.of;
  return parameter.type === 'flag' ? ['true', 'false'] : null;
}
