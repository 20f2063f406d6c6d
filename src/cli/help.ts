/** What the program says about itself, and about a command line that it does not understand. */

import { table } from '../report/table.ts';
import type { Command, Misuse } from './command.ts';
import { exitCodeHelp } from './exit-codes.ts';

export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, operands, summary }) => [
    `  gameday ${name} ${operands}`.trimEnd(),
    summary,
  ]);
  return [
    'gameday runs your system design before you build it.',
    '',
    ...aligned(rows),
    '',
    ...aligned([
      ['  gameday COMMAND --help', 'what a command takes'],
      ['  gameday --version', 'the version'],
    ]),
    '',
    ...exitCodes(),
    '',
  ].join('\n');
}

export function commandHelp({ name, operands, summary, details, options }: Command): string {
  const rows = [
    ...Object.entries(options).map(([option, { value, description }]) => [
      `  --${option}${value === undefined ? '' : ` ${value}`}`,
      description,
    ]),
    ['  --help', 'this text'],
  ];
  return [
    `gameday ${name} ${operands}`.trimEnd(),
    '',
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    ...details,
    '',
    ...aligned(rows),
    '',
    ...exitCodes(),
    '',
  ].join('\n');
}

export function misuseText({ message, hint }: Misuse): string {
  return `gameday: ${message}\n${hint === null ? '' : `  hint: ${hint}\n`}`;
}

/** Text in lines of at most `width` characters, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = [
    { title: '', align: 'left' },
    { title: '', align: 'left' },
  ] as const;
  return table(columns, rows).slice(1);
}

function exitCodes(): string[] {
  return ['Exit codes', ...exitCodeHelp.map((line) => `  ${line}`)];
}
