/** Sentences made from numbers: what a node is doing, what a verdict says. */

import { assertNever } from '../base/assert.ts';
import { shortMilliseconds, shortNumber, shortShare } from '../base/measured.ts';
import type { VerdictView } from '../protocol/frame.ts';
import type { NodeState, Reading } from '../protocol/node-reading.ts';
import type { BoxView, NodeView } from '../protocol/scenario-view.ts';
import type { Until } from '../protocol/session.ts';
import { spokenTime } from './time-words.ts';

export const stateWords: Readonly<Record<NodeState, string>> = {
  up: 'up',
  starting: 'starting',
  slow: 'slow',
  down: 'down',
  cut: 'cut off',
  off: 'switched off',
};

/** Such as "redis node-1, cache, up, 92 % hits, queue 0 of 50". */
export function nodeSentence(box: BoxView, node: NodeView, reading: Reading): string {
  const words = [spokenPath(box, node), box.kind, stateWords[reading.state]];
  if (reading.role !== 'none') words.push(reading.role);
  if (reading.state === 'down' || reading.state === 'off') return words.join(', ');
  if (box.glyph === 'cache' || box.glyph === 'cdn') {
    words.push(`${shortShare(reading.hitRatio)} hits`);
  }
  if (Number.isFinite(node.workers)) words.push(`${reading.busy} of ${node.workers} busy`);
  if (box.glyph !== 'clients' && box.glyph !== 'balancer') words.push(queueWords(node, reading));
  if (reading.role === 'replica') words.push(`${shortMilliseconds(reading.lag * 1000)} behind`);
  if (reading.rate > 0) words.push(`${shortNumber(reading.rate)} requests per second`);
  return words.join(', ');
}

function queueWords(node: NodeView, reading: Reading): string {
  const limit = Number.isFinite(node.queueCapacity) ? ` of ${node.queueCapacity}` : '';
  return `queue ${reading.queue}${limit}`;
}

/** A requirement taken apart: "p99 of view-photo < 120ms". */
export interface Requirement {
  readonly subject: string;
  /** "< 120ms", or an empty string when the text has another form. */
  readonly wanted: string;
}

export function takeApart(requirement: string): Requirement {
  const found = /^(.*?)\s*(<=|>=|<|>|=)\s*(.*)$/.exec(requirement);
  if (found === null) return { subject: requirement, wanted: '' };
  const signs: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥' };
  return { subject: found[1]!, wanted: `${signs[found[2]!] ?? found[2]!} ${found[3]!}` };
}

export const verdictWords: Readonly<Record<VerdictView['verdict'], string>> = {
  PASS: 'met',
  FAIL: 'missed',
  'NOT ENOUGH EVIDENCE': 'not enough evidence',
};

/** The end of "Running until …". */
export function untilWords(until: Until): string {
  switch (until.kind) {
    case 'time':
      return spokenTime(until.seconds);
    case 'happening':
      return until.of === null ? 'something happens' : `the next ${until.of}`;
    case 'p99':
      return `p99 of ${until.operation ?? 'any operation'} is above ${until.aboveMs} ms`;
    case 'queue':
      return `more than ${until.above} wait at ${until.component ?? 'any component'}`;
    case 'failure':
      return 'the first failed request';
    default:
      return assertNever(until);
  }
}

/**
 * The missed verdicts in a sentence each, with their causes: "p99 of view 412 ms, wanted < 120ms;
 * 83 % of it queueing at photos-db/shard-2". A latency and a share of failures tell more together
 * than two latencies. Without a missed one, what can be said of all of them.
 */
export function verdictStory(verdicts: readonly VerdictView[]): string {
  const missed = verdicts.filter(({ verdict }) => verdict === 'FAIL');
  if (missed.length === 0) {
    const open = verdicts.filter(({ verdict }) => verdict === 'NOT ENOUGH EVIDENCE').length;
    if (verdicts.length === 0) return '';
    if (open === verdicts.length) return 'Not enough has been measured yet to judge.';
    if (open === 0) return 'Everything that the file asks for holds so far.';
    return `What could be judged so far holds; ${open} ${open === 1 ? 'is' : 'are'} still open.`;
  }
  const explained = missed.filter(({ cause }) => cause !== null);
  const latency = explained.find(({ text }) => /^(p\d|mean|max)/.test(text));
  const other = explained.find((one) => !/^(p\d|mean|max)/.test(one.text));
  const told = [latency, other].filter((one) => one !== undefined);
  return (told.length > 0 ? told : missed.slice(0, 1)).map(missedWords).join(' · ');
}

function missedWords({ text, measured, cause }: VerdictView): string {
  const { subject, wanted } = takeApart(text);
  const [value] = measured.split(' (');
  const bound = wanted === '' ? '' : `, wanted ${wanted}`;
  return `${subject} ${value}${bound}${cause === null ? '' : `; ${cause}`}`;
}

/** Such as "before your act: 98 ms, met"; null when that future was not judged. */
export function ghostWords(name: string, verdict: VerdictView | undefined): string | null {
  if (verdict === undefined) return null;
  const [value] = verdict.measured.split(' (');
  return `${name}: ${value}, ${verdictWords[verdict.verdict]}`;
}

/** Such as "missed: p99 of view-photo 412 ms, wanted < 120ms". */
export function verdictSentence({ text, verdict, measured }: VerdictView): string {
  const { subject, wanted } = takeApart(text);
  const bound = wanted === '' ? '' : `, wanted ${wanted}`;
  return `${verdictWords[verdict]}: ${subject} ${measured}${bound}`;
}

/** One sentence over all verdicts, which changes only when a verdict does. */
export function verdictHeadline(verdicts: readonly VerdictView[]): string {
  const missed = verdicts.filter(({ verdict }) => verdict === 'FAIL');
  const open = verdicts.filter(({ verdict }) => verdict === 'NOT ENOUGH EVIDENCE');
  if (verdicts.length === 0) return 'This file asks for nothing';
  if (missed.length > 0) return `${missed.length} of ${verdicts.length} missed`;
  if (open.length === verdicts.length) return 'No verdict yet';
  if (open.length > 0) return `None missed, ${open.length} open`;
  return verdicts.length === 1 ? 'Met' : `All ${verdicts.length} met`;
}

export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** "primary-dies" as "Primary dies". */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function spokenPath(box: BoxView, node: NodeView): string {
  const inside = node.path === box.name ? '' : node.path.slice(box.name.length + 1);
  return [box.name, ...inside.split('/').filter((part) => part !== '')].join(' ');
}
