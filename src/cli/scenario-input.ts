/** Finds and reads a scenario: a file, or one that comes with the program. */

import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { nearest } from '../base/suggest.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import { limits } from '../scenario/limits.ts';
import { bundledScenarios } from './bundled.ts';

export interface ScenarioInput {
  /** What diagnostics call it. */
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** What an operand means; a file comes before a bundled scenario of the same name. */
export function readScenarioInput(operand: string): ScenarioInput | Diagnostic {
  const bundled = bundledScenarios.get(operand);
  if (bundled !== undefined && !existsSync(operand)) {
    return { file: `${operand}.yaml`, content: bundled };
  }
  try {
    return { file: operand, content: readStart(operand) };
  } catch (error) {
    return unreadable(operand, error as NodeJS.ErrnoException);
  }
}

export function isDiagnostic(input: ScenarioInput | Diagnostic): input is Diagnostic {
  return 'severity' in input;
}

/** As much of a file as may be read and one byte more, so that the limit shows. */
function readStart(path: string): Uint8Array {
  const buffer = new Uint8Array(limits.fileBytes + 1);
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(operand: string, error: NodeJS.ErrnoException): Diagnostic {
  const place = { severity: 'error', file: operand, line: 1, column: 1 } as const;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR': {
      const near = nearest(operand.replace(/\.ya?ml$/, ''), bundledScenarios.keys());
      const hint =
        near === null
          ? 'gameday list shows the scenarios that come with the program'
          : `did you mean the scenario ${near}, which comes with the program?`;
      return { ...place, code: 'no-such-file', message: 'there is no such file', hint };
    }
    case 'EISDIR': {
      const hint = 'name a file in it';
      return { ...place, code: 'not-a-file', message: 'this is a folder, not a file', hint };
    }
    case 'EACCES':
    case 'EPERM': {
      const message = 'the file may not be read';
      return { ...place, code: 'unreadable', message, hint: 'change its permissions' };
    }
    default: {
      const message = `the file cannot be read: ${error.code ?? error.message}`;
      return { ...place, code: 'unreadable', message, hint: null };
    }
  }
}
