/** `gameday list`: the scenarios that come with the program. */

import { version } from '../experiment/version.ts';
import { loadScenario } from '../scenario/load.ts';
import { bundledScenarios } from './bundled.ts';
import type { Arguments, Command } from './command.ts';
import { Exit } from './exit-codes.ts';
import { wrapped } from './help.ts';
import { print } from './terminal.ts';

export const listCommand: Command = {
  name: 'list',
  operands: '',
  operandCount: [0, 0],
  summary: 'list the scenarios that come with the program',
  details: ['Their names can stand where a FILE is asked for.'],
  options: {
    json: { type: 'boolean', description: 'print the list as one JSON object' },
  },
  run: listScenarios,
};

function listScenarios(args: Arguments): number {
  const scenarios = [...bundledScenarios].map(([name, text]) => {
    const { scenario } = loadScenario(text, { file: `${name}.yaml` });
    return { name, title: scenario?.name ?? name, about: scenario?.about.trim() ?? '' };
  });
  if (args.has('json')) print(`${JSON.stringify({ gameday: version, scenarios }, null, 2)}\n`);
  else print(scenarios.map(entryText).join('\n'));
  return Exit.fine;
}

function entryText({ name, title, about }: { name: string; title: string; about: string }): string {
  return [name, `  ${title}`, ...wrapped(about, 76).map((line) => `  ${line}`), ''].join('\n');
}
