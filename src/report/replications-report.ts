/** Replications as text for a terminal: verdicts over all of them, what clients saw, the seeds. */

import { formatDuration } from '../base/format-units.ts';
import type { ClaimResultUnit, IntervalResult } from '../experiment/result-types.ts';
import type {
  OperationNumber,
  ReplicatedNumber,
  ReplicatedOperation,
  ReplicatedResults,
} from '../experiment/replication-types.ts';
import { groupedText, valueText } from '../experiment/wording.ts';
import { claimLines } from './claim-lines.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** Seeds listed; the JSON has all. */
const SEEDS_MAX = 20;

/** The whole report; lines end with a line break. */
export function replicationsReport(results: ReplicatedResults, paint: Paint): string {
  const sections = [
    head(results, paint),
    verdictLines(results, paint),
    [paint('What clients saw, over the replications', 'strong'), ...operationLines(results)],
    [paint('Replications', 'strong'), ...seedLines(results)],
    closing(results, paint),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The verdicts alone, one a line. */
export function replicationsVerdicts(results: ReplicatedResults, paint: Paint): string {
  return verdictLines(results, paint)
    .map((line) => `${line}\n`)
    .join('');
}

function head(results: ReplicatedResults, paint: Paint): string[] {
  const { scenario, simulatedSeconds, warmUpSeconds, replications } = results;
  const each = formatDuration(Math.round(simulatedSeconds * 1e9));
  const warmUp =
    warmUpSeconds === 0
      ? ''
      : `, the first ${formatDuration(Math.round(warmUpSeconds * 1e9))} not counted`;
  const seeds = `seeds ${replications[0]!.seed} to ${replications.at(-1)!.seed}`;
  const lines = [
    paint(scenario, 'strong'),
    `${groupedText(replications.length)} replications of ${each} simulated${warmUp}, ${seeds}`,
  ];
  for (const { number, ending } of replications) {
    if (ending === null || ending.kind === 'duration') continue;
    lines.push(paint(`replication ${number} stopped early: ${ending.text}`, 'bad'));
  }
  return lines;
}

function verdictLines({ requirements, expect, replications }: ReplicatedResults, paint: Paint) {
  const count = replications.length;
  return claimLines(
    [
      ...requirements.map(({ verdict, text, measuredText, note }) => {
        return { word: verdict, text, measuredText, note };
      }),
      ...expect.map(({ holds, holdsIn, text, mean, unit }) => ({
        word: holds ? 'holds' : 'does not hold',
        text,
        measuredText: valueText(mean, unit),
        note: `holds in ${holdsIn} of ${count}`,
      })),
    ],
    paint,
  );
}

const columns: readonly Column[] = [
  { title: 'operation', align: 'left' },
  { title: 'what', align: 'left' },
  { title: 'mean', align: 'right' },
  { title: '95 % from', align: 'right' },
  { title: 'to', align: 'right' },
  { title: 'least', align: 'right' },
  { title: 'most', align: 'right' },
];

const shown: readonly (readonly [OperationNumber, string, ClaimResultUnit])[] = [
  ['goodputPerSecond', 'ok', 'per-second'],
  ['availability', 'available', 'share'],
  ['late', 'late', 'number'],
  ['failed', 'failed', 'number'],
  ['shed', 'shed', 'number'],
  ['meanMs', 'mean', 'ms'],
  ['p50Ms', 'p50', 'ms'],
  ['p90Ms', 'p90', 'ms'],
  ['p99Ms', 'p99', 'ms'],
  ['p999Ms', 'p99.9', 'ms'],
  ['maxMs', 'max', 'ms'],
];

function operationLines({ operations }: ReplicatedResults): string[] {
  return table(
    columns,
    Object.entries(operations).flatMap(([name, operation]) => operationRows(name, operation)),
  );
}

/** One row a number; counts that are nought everywhere are left out. */
function operationRows(name: string, operation: ReplicatedOperation): string[][] {
  const rows = shown
    .filter(([key, , unit]) => unit !== 'number' || operation[key].max !== 0)
    .map(([key, what, unit]) => [what, ...numberCells(operation[key], unit)]);
  return rows.map((row, place) => [place === 0 ? name : '', ...row]);
}

function numberCells(number: ReplicatedNumber, unit: ClaimResultUnit): string[] {
  const { mean, interval, min, max } = number;
  const [low, high]: IntervalResult | readonly [null, null] = interval ?? [null, null];
  return [mean, low, high, min, max].map((value) => valueText(value, unit));
}

function seedLines({ replications }: ReplicatedResults): string[] {
  const rows = replications
    .slice(0, SEEDS_MAX)
    .map(({ seed, events, hash }) => [seed, groupedText(events), hash]);
  const lines = table(
    [
      { title: 'seed', align: 'left' },
      { title: 'events', align: 'right' },
      { title: 'hash', align: 'left' },
    ],
    rows,
  );
  const rest = replications.length - rows.length;
  return rest > 0 ? [...lines, `and ${groupedText(rest)} more`] : lines;
}

function closing({ replications, events }: ReplicatedResults, paint: Paint): string[] {
  const broken = replications.filter(({ checksBroken }) => checksBroken > 0);
  const lines = broken.map(({ seed, checksBroken }) =>
    paint(`${checksBroken} self-checks are broken with the seed ${seed}`, 'bad'),
  );
  if (broken.length === 0) lines.push('all self-checks hold in every replication');
  return [...lines, `${groupedText(events)} events in all`];
}
