/** What a command is, and how its arguments are read. */

import { parseArgs } from 'node:util';
import { nearest } from '../base/suggest.ts';

interface Option {
  readonly type: 'boolean' | 'string';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What its value is called in the help. */
  readonly value?: string;
  readonly description: string;
}

export interface Command {
  readonly name: string;
  /** What follows the name, such as `FILE…`; empty when nothing does. */
  readonly operands: string;
  /** Fewest and most of them. */
  readonly operandCount: readonly [least: number, most: number];
  readonly summary: string;
  readonly details: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** Returns the exit code. */
  readonly run: (args: Arguments) => Promise<number> | number;
}

/** Arguments that fit their command. */
export interface Arguments {
  readonly operands: readonly string[];
  /** True when the option was given. */
  has(option: string): boolean;
  /** The last value given; null when there is none. */
  value(option: string): string | null;
  /** All values given, in order. */
  values(option: string): readonly string[];
}

/** What is wrong with a command line, and the cure. */
export interface Misuse {
  readonly message: string;
  readonly hint: string | null;
}

export type Parsed =
  | { readonly kind: 'arguments'; readonly args: Arguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly misuse: Misuse };

/** Reads what follows the name of a command. */
export function parseArguments(command: Command, argv: readonly string[]): Parsed {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  // Not strict, because the words of its complaints are for programmers.
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'help') return { kind: 'help' };
    const misuse = optionMisuse(command, token.name, token.rawName, token.value, given);
    if (misuse !== null) return { kind: 'misuse', misuse };
    given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? '']);
  }
  const misuse = operandMisuse(command, operands);
  if (misuse !== null) return { kind: 'misuse', misuse };
  const values = (option: string) => given.get(option) ?? [];
  const args: Arguments = {
    operands,
    has: (option) => given.has(option),
    value: (option) => values(option).at(-1) ?? null,
    values,
  };
  return { kind: 'arguments', args };
}

function optionMisuse(
  command: Command,
  name: string,
  rawName: string,
  value: string | undefined,
  given: ReadonlyMap<string, readonly string[]>,
): Misuse | null {
  const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
  if (option === undefined) {
    const known = [...Object.keys(command.options), 'help'];
    const near = nearest(name, known);
    const hint = near === null ? helpHint(command) : `did you mean --${near}?`;
    return { message: `${command.name} has no option ${rawName}`, hint };
  }
  if (option.type === 'boolean' && value !== undefined) {
    return { message: `--${name} takes no value`, hint: `write --${name}` };
  }
  if (option.type === 'string' && (value === undefined || value === '')) {
    return {
      message: `--${name} needs a value`,
      hint: `write --${name} ${option.value ?? 'VALUE'}`,
    };
  }
  if (given.has(name) && option.multiple !== true && option.type === 'string') {
    return { message: `--${name} is given twice`, hint: 'remove one of them' };
  }
  return null;
}

function operandMisuse(command: Command, operands: readonly string[]): Misuse | null {
  const [least, most] = command.operandCount;
  if (operands.length < least) {
    return { message: `${command.name} needs ${command.operands}`, hint: helpHint(command) };
  }
  if (operands.length <= most) return null;
  const unexpected = operands[most]!;
  return {
    message: `${command.name} does not know what to do with ${unexpected}`,
    hint: helpHint(command),
  };
}

function helpHint({ name }: Command): string {
  return `gameday ${name} --help lists what it takes`;
}
