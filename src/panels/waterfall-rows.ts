/**
 * A trace as rows: one for each attempt at a call, below the call that made it, with the spans
 * that it holds itself as pieces side by side. Pieces that overlap, as branches do, get lanes.
 */

import type { RequestTrace, SpanKind, SpanView } from '../protocol/trace.ts';

export interface Piece {
  /** Place in `RequestTrace.spans`. */
  readonly span: number;
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
  /** From 0, downwards. */
  readonly lane: number;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface WaterfallRow {
  /** Place of the call in `RequestTrace.spans`; null for the request itself. */
  readonly span: number | null;
  readonly depth: number;
  /** Node at which something happens for it; the callee when nothing does. */
  readonly node: string;
  /** Node or edge. */
  readonly where: string;
  readonly label: string;
  readonly attempt: number;
  readonly outcome: string | null;
  readonly start: number;
  readonly end: number;
  /** True when it was not over at the end of what is known. */
  readonly isOpen: boolean;
  readonly pieces: readonly Piece[];
  readonly lanes: number;
  /** What of it lies on the critical path. */
  readonly critical: readonly Stretch[];
}

export function waterfallRows(trace: RequestTrace): WaterfallRow[] {
  const { until } = extentOf(trace);
  const below = new Map<number | null, number[]>();
  trace.spans.forEach(({ parent }, place) => {
    below.set(parent, [...(below.get(parent) ?? []), place]);
  });
  const rows: WaterfallRow[] = [];
  const add = (span: number | null, depth: number): void => {
    const inside = below.get(span) ?? [];
    rows.push(rowOf(trace, { span, depth, until, inside }));
    const calls = inside.filter((place) => trace.spans[place]!.kind === 'call');
    calls.sort((left, right) => trace.spans[left]!.start - trace.spans[right]!.start);
    for (const call of calls) add(call, depth + 1);
  };
  add(null, 0);
  return rows;
}

interface RowFields {
  readonly span: number | null;
  readonly depth: number;
  readonly until: number;
  readonly inside: readonly number[];
}

function rowOf(trace: RequestTrace, { span, depth, until, inside }: RowFields): WaterfallRow {
  const own = span === null ? null : trace.spans[span]!;
  const pieces = lanesOf(
    inside.filter((place) => trace.spans[place]!.kind !== 'call'),
    trace.spans,
    until,
  );
  const end = own === null ? trace.end : own.end;
  const where = own?.where ?? trace.client;
  const atNode = pieces.find(({ kind }) => kind !== 'network' && kind !== 'backoff');
  return {
    span,
    depth,
    node: atNode === undefined ? lastOf(where) : trace.spans[atNode.span]!.where,
    where,
    label: own?.label ?? trace.operation,
    attempt: own?.attempt ?? 1,
    outcome: own === null ? trace.outcome : own.outcome,
    start: own?.start ?? trace.start,
    end: end ?? until,
    isOpen: end === null,
    pieces,
    lanes: Math.max(1, ...pieces.map(({ lane }) => lane + 1)),
    critical: criticalOf(trace, span, inside),
  };
}

/** The callee of `api > redis`. */
function lastOf(where: string): string {
  return where.split('>').at(-1)!.trim();
}

/** Each piece in the first lane that is free at its start. */
function lanesOf(places: readonly number[], spans: readonly SpanView[], until: number): Piece[] {
  const ends: number[] = [];
  const sorted = [...places].sort((left, right) => spans[left]!.start - spans[right]!.start);
  return sorted.map((span) => {
    const { kind, start, end } = spans[span]!;
    const free = ends.findIndex((busyUntil) => busyUntil <= start + 1e-9);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end ?? until;
    return { span, kind, start, end: end ?? until, lane };
  });
}

/** Pieces of the path that lie on the row itself or on what it shows; neighbours are joined. */
function criticalOf(
  trace: RequestTrace,
  span: number | null,
  inside: readonly number[],
): Stretch[] {
  const own = new Set(inside.filter((place) => trace.spans[place]!.kind !== 'call'));
  if (span !== null) own.add(span);
  const stretches: { start: number; end: number }[] = [];
  for (const piece of trace.criticalPath) {
    if (!own.has(piece.span)) continue;
    const last = stretches.at(-1);
    if (last !== undefined && Math.abs(last.end - piece.start) < 1e-9) last.end = piece.end;
    else stretches.push({ start: piece.start, end: piece.end });
  }
  return stretches;
}

/** From the start of the request to the end of what is drawn, s. */
export function extentOf({ start, end, deadline, spans }: RequestTrace): {
  readonly from: number;
  readonly until: number;
} {
  const ends = spans.map((span) => span.end ?? span.start);
  const last = Math.max(end ?? start, ...ends);
  const length = Math.max(1e-6, (end ?? last) - start);
  // What outlives the request by far is cut, or the request itself could not be seen.
  const cut = end === null ? last : Math.min(last, end + length);
  const isNear = deadline !== null && deadline - start < 1.6 * (cut - start);
  return { from: start, until: Math.max(cut, isNear ? deadline : cut) };
}

/** Marks of a time axis, ms from the start: 1, 2 or 5 of a decade apart. */
export function axisMarks(lengthMs: number, marksMax: number): number[] {
  const rough = lengthMs / Math.max(1, marksMax);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough)!;
  const marks: number[] = [];
  for (let mark = 0; mark <= lengthMs * 1.0001; mark += step)
    marks.push(Number(mark.toPrecision(9)));
  return marks;
}
