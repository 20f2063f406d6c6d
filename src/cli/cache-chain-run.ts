/** `gameday cache FILE --chain`: the whole system once for each size of a cache. */

import { setImmediate } from 'node:timers/promises';
import { ChainLink, chainSizes, chainSubject } from '../experiment/cache-chain.ts';
import type { ChainRow } from '../experiment/cache-chain.ts';
import { version } from '../experiment/version.ts';
import { chainCsv, chainTable } from '../report/chain-table.ts';
import { formatDiagnostics } from '../scenario/diagnostics.ts';
import type { CacheOptions } from './cache-options.ts';
import { isScenarioOperand, loadForCache } from './cache-source.ts';
import type { Arguments } from './command.ts';
import { Exit } from './exit-codes.ts';
import { misuseText } from './help.ts';
import type { Progress } from './progress.ts';
import { paintFor, print, tell } from './terminal.ts';

const EVENTS_AT_ONCE = 100_000;

export async function runChain(
  args: Arguments,
  { sizes: asked, cache: wanted }: CacheOptions,
  progress: Progress,
  interruption: AbortSignal,
): Promise<number> {
  const operand = args.operands[0]!;
  if (!isScenarioOperand(operand)) {
    const hint = 'name a file that ends in .yaml, or a scenario that gameday list shows';
    return misused({ message: `--chain needs a scenario, not ${operand}`, hint });
  }
  for (const option of ['svg', 'png', 'bounds', 'policies', 'sample']) {
    if (!args.has(option)) continue;
    const hint = 'leave one of the two out';
    return misused({ message: `--${option} is for curves, not for --chain`, hint });
  }
  const loaded = loadForCache(operand, wanted);
  if ('diagnostics' in loaded) {
    tell(`${formatDiagnostics(loaded.diagnostics, loaded.text)}\n`);
    if (args.has('json')) {
      const { diagnostics } = loaded;
      print(`${JSON.stringify({ gameday: version, file: operand, diagnostics }, null, 2)}\n`);
    }
    return Exit.badInput;
  }
  const { scenario, cache } = loaded;
  const subject = chainSubject(scenario, cache);
  const other = asked.find(({ kind }) => kind !== 'share' && kind !== subject.unit);
  if (other !== undefined) {
    const message = `${cache} is bounded in ${subject.unit}, --sizes in ${other.kind}`;
    return misused({ message, hint: `give shares, or sizes in ${subject.unit}` });
  }
  const sizes = chainSizes(subject, asked);
  const rows: ChainRow[] = [];
  for (const size of sizes) {
    const link = new ChainLink(scenario, subject, size);
    while (!link.advance(EVENTS_AT_ONCE)) {
      progress.updateShare('running the system', (rows.length + link.progress) / sizes.length);
      await setImmediate();
      if (interruption.aborted) {
        progress.end();
        return Exit.interrupted;
      }
    }
    rows.push(link.row());
  }
  progress.end();
  const title = `${scenario.name}, ${cache}`;
  if (args.has('json')) {
    print(`${JSON.stringify({ gameday: version, source: title, ...subject, rows }, null, 2)}\n`);
  } else if (args.has('csv')) print(chainCsv(rows));
  else print(chainTable(subject, rows, title, paintFor(process.stdout)));
  return Exit.fine;
}

function misused(misuse: { readonly message: string; readonly hint: string }): number {
  tell(misuseText(misuse));
  return Exit.badInput;
}
