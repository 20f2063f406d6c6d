/**
 * Miss-ratio curves of a trace from beginning to end: a survey, then every policy at every size in
 * one pass. This is the way on one thread; several threads share out the same pieces.
 */

import { samplingError } from '../base/sampling-error.ts';
import type { Curve, CurvePoint, CurveReport } from './curve.ts';
import { workPlan } from './curve-plan.ts';
import type { CurveRequest } from './curve-plan.ts';
import { CurveWork, piecesOf } from './curve-work.ts';
import type { CurveWorkPlan, PieceAnswer } from './curve-work.ts';
import type { Batch, LookUpSource } from './look-ups.ts';
import { TOGETHER } from './sampling.ts';
import { Survey } from './survey.ts';

/** Gives the look-ups from the beginning, each time it is called. */
export type SourceOpener = () => LookUpSource;

export interface CurveHooks {
  /** Share of the whole work, 0–1; NaN when nobody can know. */
  readonly onProgress?: (share: number) => void;
}

/** The trace is read twice; `present` as in the report. */
export async function missRatioCurves(
  open: SourceOpener,
  request: CurveRequest,
  hooks: CurveHooks = {},
  present: number | null = null,
): Promise<CurveReport> {
  const survey = new Survey();
  // The survey takes about as long as one cache does.
  await readThrough(
    open(),
    (batch, bound) => survey.add(batch, bound),
    (share) => hooks.onProgress?.(share / (request.policies.length * request.sizes.length + 1)),
  );
  const plan = workPlan(request, survey);
  const pieces = piecesOf(plan);
  const work = new CurveWork(plan, pieces);
  const before = 1 / (request.policies.length * request.sizes.length + 1);
  await readThrough(
    open(),
    (batch, bound) => work.play(batch, bound),
    (share) => hooks.onProgress?.(before + (1 - before) * share),
  );
  return curveReport(plan, survey, work.answers(), present);
}

/** Hands every batch on; `bound`: all keys so far are below it. */
export async function readThrough(
  source: LookUpSource,
  take: (batch: Batch, bound: number) => void,
  onProgress: (share: number) => void,
): Promise<void> {
  for (;;) {
    const batch = await source.next();
    if (batch === null) return;
    take(batch, source.keys);
    onProgress(source.progress);
  }
}

/** What the answers of all pieces say together. */
export function curveReport(
  plan: CurveWorkPlan,
  survey: Survey,
  answers: readonly PieceAnswer[],
  present: number | null,
): CurveReport {
  const { unit, sizes, policies, bounds } = plan;
  const { requests } = survey;
  const curves: Curve[] = [
    ...policies.map((name) => ({ name, kind: 'policy' as const, rate: plan.rate })),
    ...bounds.map((name) => ({ name, kind: 'bound' as const, rate: plan.boundRate })),
  ].map(({ name, kind, rate }) => ({
    name,
    kind,
    points: sizes.map((size, place) => {
      const own = answers.filter(
        ({ piece }) => piece.name === name && piece.from <= place && place < piece.to,
      );
      return { size, ...pointOf(own, place, rate, survey) };
    }),
  }));
  if (policies.includes('lru') && unit === 'entries') {
    const ratios = survey.cheMissRatios(sizes);
    const points = sizes.map((size, place) => ({
      size,
      misses: Math.round(ratios[place]! * requests),
      missRatio: ratios[place]!,
      error: 0,
    }));
    curves.push({ name: 'che-lru', kind: 'estimate', points });
  }
  return {
    unit,
    requests,
    keys: survey.keys,
    bytes: survey.bytes,
    cold: survey.cold,
    sampled: plan.rate,
    curves,
    workingSet: survey.workingSet,
    present,
  };
}

/** A ratio from all chosen keys together; how far off it may be from the groups. */
function pointOf(
  answers: readonly PieceAnswer[],
  place: number,
  rate: number,
  { requests, cold }: Survey,
): Omit<CurvePoint, 'size'> {
  const inGroup = (wanted: (group: number) => boolean): number[] =>
    answers
      .filter(({ piece }) => wanted(piece.group))
      .map(({ piece, misses }) => misses[place - piece.from]!);
  const misses = inGroup((group) => group === TOGETHER)[0]!;
  if (requests === 0) return { misses: 0, missRatio: NaN, error: 0 };
  if (rate >= 1) return { misses, missRatio: misses / requests, error: 0 };
  const together = misses / (requests * rate);
  const groups = inGroup((group) => group !== TOGETHER);
  const perGroup = groups.map((each) => each / ((requests * rate) / groups.length));
  // What is known of all keys bounds what was learnt from some.
  const missRatio = Math.min(1, Math.max(cold / requests, together));
  return {
    misses: Math.round(missRatio * requests),
    missRatio,
    error: samplingError(together, perGroup, rate),
  };
}
