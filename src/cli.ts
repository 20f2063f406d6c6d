/** The command line: finds the command that is meant and hands it the rest. */

import { nearest } from './base/suggest.ts';
import { cacheCommand } from './cli/cache-command.ts';
import { checkCommand } from './cli/check-command.ts';
import { parseArguments } from './cli/command.ts';
import type { Command } from './cli/command.ts';
import { isCurveThread, serveCurves } from './cli/curve-thread.ts';
import { Exit } from './cli/exit-codes.ts';
import { commandHelp, misuseText, programHelp } from './cli/help.ts';
import { listCommand } from './cli/list-command.ts';
import { isReplicationThread, serveReplications } from './cli/replication-thread.ts';
import { runCommand } from './cli/run-command.ts';
import { schemaCommand } from './cli/schema-command.ts';
import { print, tell, toleratePipesThatClose } from './cli/terminal.ts';
import { version } from './experiment/version.ts';

const commands: readonly Command[] = [
  runCommand,
  cacheCommand,
  checkCommand,
  listCommand,
  schemaCommand,
];

/** Does what the arguments say and returns the exit code. */
async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined) {
    tell(programHelp(commands));
    return Exit.badInput;
  }
  if (name === '--version') {
    print(`${version}\n`);
    return Exit.fine;
  }
  const isHelp = name === 'help' || name === '--help' || name === '-h';
  const command = commands.find((each) => each.name === (isHelp ? rest[0] : name));
  if (isHelp) {
    print(command === undefined ? programHelp(commands) : commandHelp(command));
    return Exit.fine;
  }
  if (command === undefined) {
    tell(misuseText({ message: `there is no command ${name}`, hint: commandHint(name) }));
    return Exit.badInput;
  }
  const parsed = parseArguments(command, rest);
  switch (parsed.kind) {
    case 'help':
      print(commandHelp(command));
      return Exit.fine;
    case 'misuse':
      tell(misuseText(parsed.misuse));
      return Exit.badInput;
    default:
      return command.run(parsed.args);
  }
}

function commandHint(name: string): string {
  const names = commands.map((command) => command.name);
  const near = nearest(name, names);
  if (near !== null) return `did you mean gameday ${near}?`;
  return /\.ya?ml$/.test(name)
    ? `did you mean gameday run ${name}?`
    : `the commands are ${names.join(', ')}`;
}

/** The program as a shell starts it. */
async function run(): Promise<void> {
  toleratePipesThatClose();
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell(`gameday failed; this is a fault of the program, not of your file.\n${trace}\n`);
    process.exitCode = Exit.fault;
  }
}

if (isReplicationThread()) serveReplications();
else if (isCurveThread()) serveCurves();
else await run();
