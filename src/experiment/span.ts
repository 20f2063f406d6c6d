/**
 * A span is a stretch of whole windows of a run: what a claim looks at, as far as the run has come.
 */

import type { Run } from '../model/run.ts';

export interface Span {
  /** First window. */
  readonly from: number;
  /** The window after the last one; equal to `from` when the span is empty. */
  readonly to: number;
}

/** Start and end in ns; null means the end of the warm-up and the end of the run. */
export interface Times {
  readonly fromNs: number | null;
  readonly toNs: number | null;
}

/** Everything after the warm-up that has been finished. */
export function measuredSpan(run: Run): Span {
  return spanOf(run, { fromNs: null, toNs: null });
}

/** The windows that a stretch of time touches, as far as they are finished. */
export function spanOf(run: Run, { fromNs, toNs }: Times): Span {
  const { recorder } = run.world;
  const from = fromNs === null ? recorder.warmUpWindows : recorder.windowAt(fromNs);
  const end = toNs === null ? Infinity : Math.ceil(toNs / recorder.windowNs);
  const to = Math.max(from, Math.min(end, recorder.windows));
  return { from, to };
}

/**
 * The span cut back to where histograms are cut: they are kept by segment, not by window. Only a
 * time that is no multiple of a window, as in runs of more than an hour, loses its last window.
 */
export function cutSpan(run: Run, span: Span): Span {
  const { recorder } = run.world;
  const isCut = (window: number) =>
    window === 0 || window === recorder.windows || recorder.cutWindows.includes(window);
  let to = span.to;
  while (to > span.from && !isCut(to)) to--;
  return isCut(span.from) ? { from: span.from, to } : { from: span.from, to: span.from };
}

/** Length of a span, ns; the last window of a run may be a short one. */
export function lengthNs(run: Run, span: Span): number {
  const { recorder } = run.world;
  if (span.to <= span.from) return 0;
  return Math.min(span.to * recorder.windowNs, run.time) - span.from * recorder.windowNs;
}
