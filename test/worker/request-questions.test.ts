// What the page asks about single requests, through the table that the worker answers from.
import { describe, expect, test } from 'vitest';
import { Experiment } from '../../src/experiment/experiment.ts';
import { Recording } from '../../src/experiment/recording.ts';
import { createEngine } from '../../src/worker/create-engine.ts';
import { questions } from '../../src/worker/questions.ts';
import { everything, scenarioOf, withClaims } from '../experiment/small-designs.ts';

const recording = new Recording(new Experiment(scenarioOf(everything)));
recording.advance(12e9);
const asked = { recording, text: everything, frontier: 12 };

describe('the answers', () => {
  test('lead from a time to its requests, and from a request to its spans', () => {
    const time = { from: 4, to: 12, operation: null };
    const [slowest] = questions.requests(asked, { ...time, which: 'slowest', limit: 1 });
    const trace = questions.trace(asked, { request: slowest!.request, near: slowest!.start })!;
    expect(trace).toMatchObject({ request: slowest!.request, operation: slowest!.operation });
    expect((trace.end! - trace.start) * 1e3).toBeCloseTo(slowest!.latencyMs, 6);
    const path = trace.criticalPath.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(path * 1e3).toBeCloseTo(slowest!.latencyMs, 6);
    for (const [place, { parent }] of trace.spans.entries()) {
      expect(parent === null || (parent >= 0 && parent < place)).toBe(true);
    }
  });

  test('never speak of what has not been played', () => {
    const late = { from: 11, to: 99 };
    const found = questions.requests(asked, {
      ...late,
      which: 'typical',
      operation: null,
      limit: 9,
    });
    expect(found).toHaveLength(9);
    for (const { start, latencyMs } of found) expect(start + latencyMs / 1e3).toBeLessThan(12);
    expect(Math.max(...questions.fates(asked, late).starts)).toBeLessThan(12);
    const after = { from: 13, to: 14, operation: null };
    expect(questions.requests(asked, { ...after, which: 'slowest', limit: 9 })).toEqual([]);
    expect(questions.why(asked, { ...after, quantile: 0.99 })).toBeNull();
    expect(questions.fates(asked, after).requests).toHaveLength(0);
    expect(recording.frontier).toBe(12e9);
  });

  test('are frozen in no closure: they can be sent to the page', () => {
    const why = questions.why(asked, { from: 4, to: 12, operation: 'get', quantile: 0.95 });
    expect(structuredClone(why)).toEqual(why);
    expect(why!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1);
  });
});

test('a verdict on the page says why a requirement is missed, also after a way back', () => {
  const text = withClaims(everything, 'requirements', ['p99 < 1ms', 'availability > 99.99%']);
  const reply = createEngine(text, 'test.yaml', null);
  if (!reply.ok) throw new Error('The text is sound.');
  const { engine } = reply;
  const causes = () => engine.verdicts().map(({ cause }) => cause);
  expect(causes()).toEqual([null, null]);
  engine.advance(9, Infinity);
  const [latency, availability] = causes();
  expect(latency).toMatch(/^\d+ % of it /);
  expect(availability).toMatch(/^\d+ % of failures: /);
  engine.approach(3);
  engine.advance(9, Infinity);
  expect(causes()).toEqual([latency, availability]);
});
