/** Where the program writes: results to standard output, all else to standard error. */

import { coloured, plain } from '../report/paint.ts';
import type { Paint } from '../report/paint.ts';
import { Exit } from './exit-codes.ts';

/** Results. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Diagnostics, progress, complaints. */
export function tell(text: string): void {
  process.stderr.write(text);
}

/** Colour for a person at a terminal who has not refused it. Source: no-color.org. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  const refused = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
  return stream.isTTY && !refused ? coloured : plain;
}

/**
 * A reader that has seen enough, such as `head`, closes the pipe. That is no error; what is left
 * has no reader, and the exit code stays what it is. Any other failure to write ends the program.
 */
export function toleratePipesThatClose(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    tell(`gameday: the results could not be written: ${error.message}\n`);
    process.exit(Exit.fault);
  });
  process.stderr.on('error', () => undefined);
}
