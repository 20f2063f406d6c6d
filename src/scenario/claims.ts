/**
 * The language of requirements and expectations: `p99 of view-photo < 120ms`, `availability
 * between 2m and 2m10s < 99.9%`, `hit ratio of redis at 2m > 80%`, `hit ratio of redis with 200% >
 * 90%` (of a shadow).
 */

import { assertNever } from '../base/assert.ts';
import { bad, good, shifted, quoted } from '../base/reading.ts';
import { existing, nearest } from '../base/suggest.ts';
import { readCount, readDuration, readNumber, readRate, readShare } from '../base/units.ts';
import { claimMetrics } from './claim-metrics.ts';
import { limits } from './limits.ts';
import { readPrice } from './money.ts';
import { readPath } from './paths.ts';
import { readClaimedShadow } from './shadow-syntax.ts';
import type { Reading } from '../base/reading.ts';
import type { ComponentPlan } from '../model/plan.ts';
import type { ClaimMetric, ClaimUnit } from './claim-metrics.ts';

export type Comparator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** A statement about a run that is true, false, or not decided by the evidence. */
export interface Claim {
  /** As it stands in the file. */
  readonly text: string;
  readonly line: number;
  /** Name of one of {@link claimMetrics}. */
  readonly metric: string;
  /** Operation, population, component or path; null: everything together. */
  readonly subject: string | null;
  readonly subjectKind: 'operation' | 'population' | 'component' | null;
  /** Name of a shadow of the cache, of which the claim speaks instead. */
  readonly shadow?: string;
  /** Start of the time looked at, ns; null: from the end of the warm-up. */
  readonly fromNs: number | null;
  /** End of the time looked at, ns; null: to the end of the run. */
  readonly toNs: number | null;
  readonly comparator: Comparator;
  /** The bound in the metric's unit: ns, share from 0 to 1, per second, or a plain number. */
  readonly value: number;
  readonly unit: ClaimUnit;
}

/** What a claim may speak about. */
export interface ClaimSubjects {
  readonly operations: readonly string[];
  readonly populations: readonly string[];
  readonly components: ReadonlyMap<string, ComponentPlan>;
  readonly durationNs: number;
}

/** `at T` means the second that T lies in: this long, and starting at a multiple of it, ns. */
const AT_WINDOW_NS = 1e9;

const usage = 'write `p99 of some-operation < 120ms` or `hit ratio of some-cache at 2m > 80%`';

/** Reads one claim; `line` is that of the file. */
export function readClaim(text: string, line: number, subjects: ClaimSubjects): Reading<Claim> {
  if (text.length > limits.claimLength) {
    return bad('too-long', `a claim has at most ${limits.claimLength} characters`);
  }
  const comparison = /^(.*?)\s*(<=|>=|!=|==|<|>|=)\s*(.*)$/s.exec(text);
  if (comparison === null) {
    const seen = text === '' ? 'the claim is empty' : `${quoted(text)} compares nothing`;
    return bad('bad-claim', seen, usage);
  }
  const left = comparison[1]!;
  const right = comparison[3]!;
  if (comparison[2] === '==') {
    return bad('bad-claim', '`==` is not a comparison', 'write `=`', left.length + 1);
  }
  const window = splitWindow(left, subjects.durationNs);
  if (!window.ok) return window;
  const [, rest = window.value.rest, shadowText] =
    /^(.*?)\s+with\s+(.+)$/s.exec(window.value.rest) ?? [];
  const named = /^(.*?)\s+of\s+(\S+)$/s.exec(rest);
  const metricText = named === null ? rest : named[1]!;
  const metric = claimMetrics.find(({ name }) => name === metricText);
  if (metric === undefined) return unknownMetric(metricText);
  const subject = readSubject(metric, named?.[2] ?? null, subjects);
  if (!subject.ok) return shifted(subject, named === null ? 0 : rest.lastIndexOf(named[2]!));
  const shadow = readClaimedShadow(shadowText, metric, subject.value.subject, subjects.components);
  if (!shadow.ok) return shifted(shadow, window.value.rest.length - shadowText!.length);
  const value = readBound(metric, right);
  if (!value.ok) return shifted(value, text.length - right.length);
  return good({
    text,
    line,
    metric: metric.name,
    ...subject.value,
    ...(shadow.value === null ? {} : { shadow: shadow.value }),
    fromNs: window.value.fromNs,
    toNs: window.value.toNs,
    comparator: comparison[2] as Comparator,
    value: value.value,
    unit: metric.unit,
  });
}

interface Window {
  /** What stands before the words of time. */
  readonly rest: string;
  readonly fromNs: number | null;
  readonly toNs: number | null;
}

function splitWindow(text: string, durationNs: number): Reading<Window> {
  const match = /^(.*?)\s+(at|after|before|between)\s+(\S+)(?:(\s+and\s+)(\S+))?$/s.exec(text);
  if (match === null) return good({ rest: text, fromNs: null, toNs: null });
  const [, rest, word, firstText, and, secondText] = match;
  const firstStart =
    text.length - firstText!.length - (and ?? '').length - (secondText ?? '').length;
  const first = shifted(readDuration(firstText!), firstStart);
  if (!first.ok) return first;
  if ((word === 'between') !== (secondText !== undefined)) {
    const hint = 'write `between 2m and 3m`, `at 2m`, `after 2m` or `before 2m`';
    return bad(
      'bad-claim',
      `the time of ${quoted(text)} is not understood`,
      hint,
      rest!.length + 1,
    );
  }
  const second =
    secondText === undefined
      ? good(first.value)
      : shifted(readDuration(secondText), text.length - secondText.length);
  if (!second.ok) return second;
  if (
    Math.max(first.value, second.value) > durationNs ||
    (word !== 'before' && first.value >= durationNs)
  ) {
    const seen = quoted(second.value > first.value ? secondText! : firstText!);
    return bad(
      'bad-times',
      `${seen} is after the end of the run`,
      'make `duration` longer',
      firstStart,
    );
  }
  if (word === 'between' && second.value <= first.value) {
    return bad('bad-times', 'the time ends before it starts', 'are the two swapped?', firstStart);
  }
  if (word === 'before' && first.value === 0) {
    return bad('bad-times', 'there is no time before 0s', null, firstStart);
  }
  if (word === 'after') return good({ rest: rest!, fromNs: first.value, toNs: null });
  if (word === 'before') return good({ rest: rest!, fromNs: null, toNs: first.value });
  if (word === 'between') return good({ rest: rest!, fromNs: first.value, toNs: second.value });
  const fromNs = Math.floor(first.value / AT_WINDOW_NS) * AT_WINDOW_NS;
  return good({ rest: rest!, fromNs, toNs: Math.min(fromNs + AT_WINDOW_NS, durationNs) });
}

function unknownMetric(text: string): Reading<never> {
  const names = claimMetrics.map(({ name }) => name);
  const near = nearest(text, names);
  const hint = near === null ? `the metrics are ${names.join(', ')}` : `did you mean \`${near}\`?`;
  return bad('unknown-metric', `${quoted(text)} is not a metric`, hint);
}

type Subject = Pick<Claim, 'subject' | 'subjectKind'>;

function readSubject(
  metric: ClaimMetric,
  text: string | null,
  subjects: ClaimSubjects,
): Reading<Subject> {
  if (text === null) {
    if (!metric.needsSubject) return good({ subject: null, subjectKind: null });
    const example = [...subjects.components.keys()][0] ?? 'some-component';
    const message = `\`${metric.name}\` needs a component`;
    return bad('missing-subject', message, `write \`${metric.name} of ${example}\``);
  }
  if (metric.subject === 'requests') {
    if (subjects.operations.includes(text))
      return good({ subject: text, subjectKind: 'operation' });
    if (subjects.populations.includes(text))
      return good({ subject: text, subjectKind: 'population' });
    const all = [...subjects.operations, ...subjects.populations];
    const message = `there is no operation or population ${quoted(text)} in the traffic`;
    return bad('unknown-operation', message, existing(text, all));
  }
  if (metric.subject === 'clients') {
    const { populations } = subjects;
    if (populations.includes(text)) return good({ subject: text, subjectKind: 'population' });
    const message = `there is no population ${quoted(text)} in the traffic`;
    return bad('unknown-population', message, existing(text, populations));
  }
  const path = readPath(text, subjects.components);
  if (!path.ok) return path;
  const component = subjects.components.get(text.split('/')[0]!)!;
  if (metric.kinds === null || metric.kinds.includes(component.kind)) {
    return good({ subject: text, subjectKind: 'component' });
  }
  const fitting = [...subjects.components.values()].filter(({ kind }) =>
    metric.kinds!.includes(kind),
  );
  const hint = existing(
    '',
    fitting.map(({ name }) => name),
  );
  const owners = metric.kinds.map((kind) => `a ${kind}`).join(' or ');
  const message = `${quoted(text)} is a ${component.kind}; only ${owners} has \`${metric.name}\``;
  return bad('wrong-kind', message, hint);
}

function readBound(metric: ClaimMetric, text: string): Reading<number> {
  switch (metric.unit) {
    case 'ns':
      return readDuration(text);
    case 'share':
      return readShare(text);
    case 'per-second':
      return readRate(text);
    case 'count':
      return readCount(text);
    case 'number':
      return readNumber(text);
    case 'money':
      return readPrice(text);
    default:
      return assertNever(metric.unit);
  }
}
