/** `gameday check`: reads scenarios and reports everything that is wrong with them. */

import { version } from '../experiment/version.ts';
import { formatDiagnostics, hasErrors } from '../scenario/diagnostics.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { loadScenario } from '../scenario/load.ts';
import type { Arguments, Command } from './command.ts';
import { Exit } from './exit-codes.ts';
import { isDiagnostic, readScenarioInput } from './scenario-input.ts';
import { print } from './terminal.ts';

interface Checked {
  readonly file: string;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
}

export const checkCommand: Command = {
  name: 'check',
  operands: 'FILE…',
  operandCount: [1, Infinity],
  summary: 'read scenarios and report everything that is wrong with them',
  details: [
    'FILE is a path, or the name of a scenario that gameday list shows.',
    'Nothing is run. Warnings do not change the exit code.',
  ],
  options: {
    json: { type: 'boolean', description: 'print the diagnostics as one JSON object' },
  },
  run: checkFiles,
};

function checkFiles(args: Arguments): number {
  const files = args.operands.map(checkFile);
  if (args.has('json')) {
    const plain = files.map(({ file, ok, diagnostics }) => ({ file, ok, diagnostics }));
    print(`${JSON.stringify({ gameday: version, files: plain }, null, 2)}\n`);
  } else {
    for (const { file, ok, diagnostics, text } of files) {
      if (diagnostics.length > 0) print(`${formatDiagnostics(diagnostics, text)}\n\n`);
      else if (ok) print(`${file}: in order\n`);
    }
  }
  return files.every(({ ok }) => ok) ? Exit.fine : Exit.badInput;
}

function checkFile(operand: string): Checked {
  const input = readScenarioInput(operand);
  if (isDiagnostic(input)) return { file: operand, ok: false, diagnostics: [input], text: '' };
  const { file, content } = input;
  const { diagnostics } = loadScenario(content, { file });
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return { file, ok: !hasErrors(diagnostics), diagnostics, text };
}
