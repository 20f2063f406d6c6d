/**
 * Curves of a trace file. It is read twice from its beginning, in pieces: once to learn what is in
 * it, once for all policies at all sizes.
 */

import { curveReport, readThrough } from '../../laboratory/curves.ts';
import { workPlan } from '../../laboratory/curve-plan.ts';
import { CurveWork, piecesOf } from '../../laboratory/curve-work.ts';
import { Survey } from '../../laboratory/survey.ts';
import { openTrace, type Trace } from '../../laboratory/traces/open-trace.ts';
import type {
  CurveResult,
  LaboratoryNews,
  LaboratoryTask,
  TraceSummary,
} from '../../protocol/laboratory.ts';
import { asSizes, curveSizes } from './sizes.ts';
import { SteadyNews } from './steady-news.ts';
import { Unfit, unfitAmong } from './unfit.ts';

type TraceTask = Extract<LaboratoryTask, { readonly kind: 'trace-curve' }>;

/** Of the work, what learning takes; the rest is shared out by the policies. */
const surveyShare = 0.3;

export async function traceCurve(
  { trace: file, policies: asked, unit }: TraceTask,
  tell: (news: LaboratoryNews) => void,
): Promise<CurveResult> {
  const news = new SteadyNews(tell);
  const opener = () => openTrace(file.stream(), { name: file.name, bytes: file.size });
  const survey = new Survey();
  const first = opener();
  let told = 0;
  const tellFaults = () => {
    for (const fault of first.report.faults.slice(told)) tell({ kind: 'fault', fault });
    told = first.report.faults.length;
  };
  await readThrough(
    first,
    (batch, bound) => survey.add(batch, bound),
    (share) => {
      tellFaults();
      news.progress(share * surveyShare, () => `Reading: ${readSoFar(file, first, share)}`);
    },
  );
  tellFaults();
  const { stopped } = first.report;
  if (stopped !== null) tell({ kind: 'fault', fault: stopped });
  if (survey.requests === 0) {
    throw new Unfit(
      `${file.name} has no look-up that could be read.`,
      stopped === null ? 'It may be empty, or have writes only.' : sentence(stopped.hint),
    );
  }
  const unfit = unfitAmong(asked, unit, file.name);
  const policies = asked.filter((name) => !unfit.some(({ policy }) => policy === name));
  const all = unit === 'bytes' ? survey.bytes : survey.keys;
  const sizes = asSizes(curveSizes(all, all / survey.keys, null), unit);
  const plan = workPlan({ policies, sizes, unit, bounds: true, sample: 'auto' }, survey);
  const work = new CurveWork(plan, piecesOf(plan));
  const second = opener();
  await readThrough(
    second,
    (batch, bound) => work.play(batch, bound),
    (share) =>
      news.progress(
        surveyShare + (1 - surveyShare) * share,
        () =>
          `${policies.length} policies at ${sizes.length} sizes: ${readSoFar(file, second, share)}`,
      ),
  );
  tell({ kind: 'progress', share: 1, words: 'Putting the curves together …' });
  return {
    report: curveReport(plan, survey, work.answers(), null),
    policies: asked,
    unfit,
    run: null,
    trace: summaryOf(file, first, survey),
  };
}

function readSoFar(file: File, { report }: Trace, share: number): string {
  const records = report.records.toLocaleString('en');
  const all = (file.size / 1e6).toFixed(1);
  if (!Number.isFinite(share)) return `${records} records of ${all} MB`;
  return `${((share * file.size) / 1e6).toFixed(1)} of ${all} MB, ${records} records`;
}

function summaryOf(file: File, { report }: Trace, survey: Survey): TraceSummary {
  const classes = [...survey.classes].sort((a, b) => b.look - a.look);
  const ranks: { rank: number; lookUps: number }[] = [];
  let rank = 1;
  // Keys that were asked for equally often are a level stretch, of which both ends are told.
  for (const { look, keys } of classes) {
    ranks.push({ rank, lookUps: look });
    if (keys > 1) ranks.push({ rank: rank + keys - 1, lookUps: look });
    rank += keys;
  }
  const faults = [...report.counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    file: file.name,
    bytes: file.size,
    format: report.format ?? 'unknown',
    asksOnce: classes.find(({ look }) => look === 1)?.keys ?? 0,
    ranks: thinned(ranks),
    faults: faults + (report.stopped === null ? 0 : 1),
  };
}

/** As many as a drawing can show, close together where ranks are low. */
function thinned<Row extends { readonly rank: number }>(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  let next = 0;
  for (const [place, row] of rows.entries()) {
    if (row.rank < next && place < rows.length - 1) continue;
    kept.push(row);
    next = row.rank * 1.02;
  }
  return kept;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
