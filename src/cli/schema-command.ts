/** `gameday schema`: the JSON schema of the scenario file, for editors. */

import { jsonSchema } from '../scenario/scenario-schema.ts';
import type { Command } from './command.ts';
import { Exit } from './exit-codes.ts';
import { print } from './terminal.ts';

export const schemaCommand: Command = {
  name: 'schema',
  operands: '',
  operandCount: [0, 0],
  summary: 'print the JSON schema of scenario files, for editors',
  details: ['It is JSON Schema, draft 07. It knows no names, so check knows more than it.'],
  options: {},
  run: () => {
    print(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return Exit.fine;
  },
};
