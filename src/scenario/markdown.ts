/** Tables of the catalogue. */

import { formatCount, formatDuration } from '../base/format-units.ts';
import { mayLack } from './parameter-values.ts';
import { examplesOf, nounOf } from './parameter-words.ts';
import type { Fields, Parameter } from '../model/parameters.ts';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text that does not end a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A table with one row for each parameter, those of nested groups under their path. */
export function parameterTable(fields: Fields): string {
  const head = ['parameter', 'value', 'default', 'meaning', 'source of the default'];
  return table(head, rowsOf(fields, ''));
}

function rowsOf(fields: Fields, prefix: string): string[][] {
  return Object.entries(fields).flatMap(([name, parameter]) => {
    const path = `${prefix}${name}`;
    const row = [
      `\`${path}\``,
      valueText(parameter),
      defaultText(parameter),
      cell(parameter.description) + (parameter.live === true ? ' **Live.**' : ''),
      cell(parameter.source ?? ''),
    ];
    if (parameter.type === 'object') return [row, ...rowsOf(parameter.fields, `${path}.`)];
    if (parameter.type === 'record' && parameter.of.type === 'object') {
      return [row, ...rowsOf(parameter.of.fields, `${path}.*.`)];
    }
    return [row];
  });
}

/** What may be written: the type, its range, an example. */
function valueText(parameter: Parameter): string {
  switch (parameter.type) {
    case 'choice':
      return parameter.of.map((word) => `\`${word}\``).join(', ');
    case 'count': {
      const max = parameter.unlimited === true ? ' or `unlimited`' : '';
      return `${formatCount(parameter.min)} to ${formatCount(parameter.max)}${max}`;
    }
    case 'number':
      return `number from ${parameter.min} to ${parameter.max}`;
    case 'duration': {
      const { min = 0, max } = parameter;
      if (min <= 1 && max === undefined) return 'duration, such as `5s`';
      const most = max === undefined ? '' : ` to ${formatDuration(max)}`;
      return `duration from ${formatDuration(min)}${most}`;
    }
    case 'object':
      return parameter.optional === true ? 'group or `none`' : 'group';
    case 'record':
      return `map by ${parameter.keys}`;
    case 'list':
      return `list; each ${nounOf(parameter.of)}`;
    default: {
      const examples = examplesOf(parameter).slice(0, 3);
      const noun = nounOf(parameter);
      const isName = parameter.type === 'component' || parameter.type === 'dataset';
      if (isName || examples.length === 0) return noun;
      return `${noun}, such as ${examples.map((example) => `\`${cell(example)}\``).join(', ')}`;
    }
  }
}

function defaultText(parameter: Parameter): string {
  if (parameter.default === 'default') return 'as below';
  if (parameter.default !== undefined) return `\`${String(parameter.default)}\``;
  if (parameter.optional === true) return 'none';
  return mayLack(parameter) ? 'as below' : '**required**';
}
