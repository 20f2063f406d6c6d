/**
 * A run as text for a terminal: the verdicts first, then what clients saw, what the components did,
 * what happened, and whether the run kept the laws that every run keeps.
 */

import { clock } from '../base/measured.ts';
import { formatDuration } from '../base/format-units.ts';
import {
  durationText,
  groupedText,
  moneyText,
  percentText,
  valueText,
} from '../experiment/wording.ts';
import type { CacheDetails } from '../experiment/cache-result-types.ts';
import type {
  CacheResult,
  ComponentResult,
  Measured,
  OperationResult,
  Results,
} from '../experiment/result-types.ts';
import { claimLines } from './claim-lines.ts';
import { shadowLines } from './shadow-lines.ts';
import { table } from './table.ts';
import { whyLines } from './why-lines.ts';
import type { Column } from './table.ts';
import type { Paint } from './paint.ts';

/** Happenings listed; the rest are counted. */
const HAPPENINGS_MAX = 25;

/** The whole report; lines end with a line break. */
export function textReport(results: Results, paint: Paint): string {
  const sections = [
    head(results, paint),
    verdictLines(results, paint),
    operationLines(results, paint),
    section('What clients kept', clientLines(results), paint),
    componentLines(results, paint),
    whyLines(results.why ?? [], paint),
    happeningLines(results, paint),
    section('What it costs a month', costLines(results), paint),
    section('Estimates from the file', estimateLines(results), paint),
    checkLines(results, paint),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The verdicts alone, one a line. */
export function verdictReport(results: Results, paint: Paint): string {
  return verdictLines(results, paint)
    .map((line) => `${line}\n`)
    .join('');
}

function head(results: Results, paint: Paint): string[] {
  const { scenario, seed, simulatedSeconds, warmUpSeconds, ending } = results;
  const length = formatDuration(Math.round(simulatedSeconds * 1e9));
  const warmUp =
    warmUpSeconds === 0
      ? ''
      : `, the first ${formatDuration(Math.round(warmUpSeconds * 1e9))} not counted`;
  const lines = [paint(scenario, 'strong'), `${length} simulated${warmUp}, seed ${seed}`];
  if (ending !== null && ending.kind !== 'duration') {
    const text = `stopped early at ${clock(ending.timeSeconds)}: ${ending.text}`;
    lines.push(paint(text, 'bad'));
  }
  return lines;
}

function verdictLines({ requirements, expect }: Results, paint: Paint): string[] {
  const claims = [
    ...requirements.map((claim) => ({ ...claim, word: claim.verdict as string })),
    ...expect.map((claim) => ({ ...claim, word: claim.holds ? 'holds' : 'does not hold' })),
  ];
  return claimLines(claims, paint);
}

const operationColumns: readonly Column[] = [
  { title: 'operation', align: 'left' },
  ...['offered', 'ok /s', 'available', 'late', 'failed', 'shed'].map(right),
  ...['mean', 'p50', 'p90', 'p99', 'p99.9', 'max'].map(right),
];

function operationLines({ operations }: Results, paint: Paint): string[] {
  const entries = Object.entries(operations);
  const lines = table(
    operationColumns,
    entries.map(([name, operation]) => operationRow(name, operation)),
  );
  const reasons = entries.flatMap(([name, { failed }]) => {
    const parts = Object.entries(failed).filter(([, count]) => count > 0);
    if (parts.length === 0) return [];
    return [`${name} failed: ${parts.map(([why, n]) => `${groupedText(n)} ${why}`).join(', ')}`];
  });
  return section('What clients saw', [...lines, ...reasons], paint);
}

function operationRow(name: string, operation: OperationResult): string[] {
  const { offered, goodputPerSecond, availability, late, failed, shed, latencyMs } = operation;
  const failures = Object.values(failed).reduce((sum, count) => sum + count, 0);
  return [
    name,
    groupedText(offered),
    valueText(goodputPerSecond, 'number'),
    share(availability),
    groupedText(late),
    groupedText(failures),
    groupedText(shed),
    ...(['mean', 'p50', 'p90', 'p99', 'p999', 'max'] as const).map((key) =>
      valueText(latencyMs[key], 'ms'),
    ),
  ];
}

/** Only of populations that keep something. */
function clientLines({ clients = {} }: Results): string[] {
  return Object.entries(clients).map(([name, { hitRatio, hits, staleReads, clients: count }]) => {
    const stale = counted(staleReads, 'stale read');
    const kept = `${share(hitRatio)} hits (${groupedText(hits)}, nothing sent), ${stale}`;
    return `${name}: ${counted(count, 'client')}, ${kept}`;
  });
}

const componentColumns: readonly Column[] = [
  { title: 'component', align: 'left' },
  { title: 'kind', align: 'left' },
  ...['arrivals', 'turned away', 'busy', 'queue', 'most', 'waits', 'p99 wait'].map(right),
  { title: '', align: 'left' },
];

function componentLines({ components }: Results, paint: Paint): string[] {
  const whole = Object.entries(components).filter(([, { part }]) => part === 'component');
  const rows = whole.map(([name, component]) => [
    name,
    component.kind,
    groupedText(component.arrivals),
    groupedText(component.rejections + (component.expired ?? 0)),
    share(component.utilisation),
    levelText(component.queueLength),
    valueText(component.queueMax, 'count'),
    share(component.waitingProbability),
    valueText(component.waitMs.p99, 'ms'),
    besides(component),
  ]);
  const lines = [...table(componentColumns, rows), ...shadowLines(components)];
  return section('What components did', lines, paint);
}

/** How far behind and how old, when something was. */
function staleness({ staleAgeMs, staleBy, staleReads }: CacheDetails & CacheResult): string {
  if (staleReads === 0) return '';
  const { p99 } = staleAgeMs;
  const age = p99 === null ? '' : `, p99 ${durationText(p99)} old`;
  const far = staleBy.threeOrMore > 0 ? `, ${groupedText(staleBy.threeOrMore)} by 3 or more` : '';
  return ` (${groupedText(staleBy.one)} by one version${far}${age})`;
}

/** Misses by their reasons, the commonest first. */
function missesBy({ misses, missesBy: reasons }: CacheDetails & CacheResult): string {
  if (misses === 0) return '';
  const found = Object.entries(reasons).filter(([, count]) => count > 0);
  found.sort(([, one], [, other]) => other - one);
  const parts = found.map(([reason, count]) => `${reason} ${share(count / misses)}`);
  return `misses: ${parts.join(', ')}`;
}

/** What the kind adds, in words. */
function besides({ cache, cdn, database, balancer, scaling }: ComponentResult): string {
  if (scaling !== undefined) return `${levelText(scaling.instancesMean)} instances`;
  if (cdn !== undefined) {
    const { hitRatio, originRequests, staleReads } = cdn;
    return listOf([
      `${share(hitRatio)} hits`,
      `${counted(originRequests, 'request')} to the origin`,
      counted(staleReads, 'stale read'),
    ]);
  }
  if (cache !== undefined) {
    const { hitRatio, evictions, lostWrites, staleReads } = cache;
    return listOf([
      `${share(hitRatio)} hits`,
      counted(evictions, 'eviction'),
      counted(staleReads, 'stale read') + staleness(cache),
      lostWrites > 0 ? counted(lostWrites, 'lost write') : '',
      missesBy(cache),
    ]);
  }
  if (database !== undefined) {
    const { reads, writes, staleReads, lostWrites, promotions, lagSecondsMax, bufferPool } =
      database;
    return listOf([
      counted(reads, 'read'),
      counted(writes, 'write'),
      bufferPool === undefined ? '' : `${share(bufferPool.hitRatio)} in memory`,
      staleReads > 0 ? counted(staleReads, 'stale read') : '',
      lostWrites > 0 ? counted(lostWrites, 'lost write') : '',
      promotions > 0 ? counted(promotions, 'promotion') : '',
      lagSecondsMax === null ? '' : `lag up to ${durationText(lagSecondsMax * 1000)}`,
    ]);
  }
  if (balancer === undefined || balancer.healthyTargets === null) return '';
  const { ejections, healthyTargets } = balancer;
  return listOf([
    counted(healthyTargets, 'healthy target'),
    ejections > 0 ? counted(ejections, 'ejection') : '',
  ]);
}

function happeningLines({ timeline, timelineDropped }: Results, paint: Paint): string[] {
  const lines = timeline
    .slice(0, HAPPENINGS_MAX)
    .map(({ timeSeconds, kind, text }) => `${clock(timeSeconds)}  ${kind.padEnd(11)}  ${text}`);
  const rest = timeline.length - lines.length + timelineDropped;
  if (rest > 0) lines.push(`and ${groupedText(rest)} more`);
  return section('What happened', lines, paint);
}

/** A month has 730 hours; what has no price is named, because it is not in the sum. */
function costLines({ cost }: Results): string[] {
  if (cost === undefined) return [];
  const { components, perMonth, unpriced } = cost;
  return [
    ...Object.entries(components).map(([name, own]) => `${name}: ${moneyText(own)}`),
    `together: ${moneyText(perMonth)}`,
    ...(unpriced.length === 0 ? [] : [`without a price: ${unpriced.join(', ')}`]),
  ];
}

function estimateLines({ estimates }: Results): string[] {
  return estimates.map(({ name, text }) => `${name}: ${text}`);
}

function checkLines({ checks, events, hash }: Results, paint: Paint): string[] {
  const broken = checks.filter(({ ok }) => !ok);
  const kept = `${checks.length - broken.length} of ${checks.length} self-checks hold`;
  return [
    ...broken.map(({ name, subject, expected, measured }) => {
      const text = `broken  ${subject}: ${name}: ${String(expected)} against ${String(measured)}`;
      return paint(text, 'bad');
    }),
    broken.length === 0 ? kept : paint(kept, 'bad'),
    `${groupedText(events)} events, hash ${hash}`,
  ];
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint(title, 'strong'), ...lines];
}

function right(title: string): Column {
  return { title, align: 'right' };
}

function share(value: Measured): string {
  return value === null ? '–' : `${percentText(value)} %`;
}

/** A mean level; what is next to nothing reads so. */
function levelText(value: Measured): string {
  return value !== null && value > 0 && value < 0.0005 ? '< 0.001' : valueText(value, 'number');
}

function counted(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function listOf(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
