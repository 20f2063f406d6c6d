// Takes one request of a run apart and writes it down in lines.
import { expect } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { traceRequest } from '../../src/experiment/trace-request.ts';
import type { RequestTrace } from '../../src/experiment/trace-types.ts';
import { scenarioOf } from './small-designs.ts';

/** The trace of a request of a run that has been played as a whole, or so many seconds of it. */
export function traceOf(text: string, request: number, seconds = 60): RequestTrace {
  const recording = new Recording(new Experiment(scenarioOf(text)));
  recording.advance(seconds * 1e9);
  const { hash } = recording.experiment.run;
  const near = recording.frontier;
  const trace = traceRequest(recording, { request, near, frontier: recording.frontier });
  expect(recording.experiment.run.hash).toBe(hash);
  if (trace === null) throw new Error('There is no such request.');
  return trace;
}

/** Spans as `kind where start–end outcome`, ms after the start of the request. */
export function spansOf({ spans, start }: RequestTrace): string[] {
  const ms = (seconds: number | null) =>
    seconds === null ? '…' : String(Math.round((seconds - start) * 1e6) / 1e3);
  return spans.map((span) => {
    const outcome = span.outcome === null ? '' : ` ${span.outcome}`;
    return `${span.kind} ${span.where} ${ms(span.start)}–${ms(span.end)}${outcome}`;
  });
}

/** The critical path as `kind where length`, ms. */
export function pathOf({ criticalPath, spans }: RequestTrace): string[] {
  return criticalPath.map(({ span, start, end }) => {
    const { kind, where } = spans[span]!;
    return `${kind} ${where} ${Math.round((end - start) * 1e6) / 1e3}`;
  });
}

export const still = 'network: { same-zone: 1ms, cross-zone: 1ms, clients: 10ms }';
export const constant = 'rate: 10/s, arrivals: constant';
