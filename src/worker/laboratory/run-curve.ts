/** Curves of the look-ups of one cache in a run, which is played once more. */

import { Tapping, type TappedRun } from '../../experiment/cache-look-ups.ts';
import { curveReport, readThrough } from '../../laboratory/curves.ts';
import { workPlan } from '../../laboratory/curve-plan.ts';
import { CurveWork, piecesOf } from '../../laboratory/curve-work.ts';
import { Survey } from '../../laboratory/survey.ts';
import type { CurveResult, LaboratoryNews, LaboratoryTask } from '../../protocol/laboratory.ts';
import { loadScenario, type Scenario } from '../../scenario/load.ts';
import { asSizes, curveSizes } from './sizes.ts';
import { SteadyNews } from './steady-news.ts';
import { Unfit, unfitAmong } from './unfit.ts';

type RunTask = Extract<LaboratoryTask, { readonly kind: 'run-curve' }>;

/** Events between two looks at the clock. */
const slice = 20_000;
/** Share of the work that the run and the survey take, about. */
const runShare = 0.5;

export async function runCurve(
  { text, file, cache, policies: asked }: RunTask,
  tell: (news: LaboratoryNews) => void,
): Promise<CurveResult> {
  const news = new SteadyNews(tell);
  const run = play(loaded(text, file), cache, news);
  if (run.lookUps === 0) {
    throw new Unfit(
      `${cache} is asked for nothing in this run.`,
      'Let a service read a dataset that is cached in it, or make the run longer.',
    );
  }
  const { unit } = run;
  const unfit = unfitAmong(asked, unit, cache);
  const policies = asked.filter((name) => !unfit.some(({ policy }) => policy === name));
  const survey = new Survey();
  await readThrough(run.open(), (batch, bound) => survey.add(batch, bound), unheard);
  const all = unit === 'bytes' ? survey.bytes : survey.keys;
  const least = unit === 'bytes' ? survey.bytes / Math.max(1, survey.keys) : 1;
  const sizes = asSizes(curveSizes(all, least, run.size), unit);
  const plan = workPlan({ policies, sizes, unit, bounds: true, sample: 'auto' }, survey);
  const work = new CurveWork(plan, piecesOf(plan));
  await readThrough(
    run.open(),
    (batch, bound) => work.play(batch, bound),
    (share) =>
      news.progress(runShare + (1 - runShare) * share, () => {
        const count = survey.requests.toLocaleString('en');
        return `${count} look-ups for ${policies.length} policies at ${sizes.length} sizes …`;
      }),
  );
  return {
    report: curveReport(plan, survey, work.answers(), run.size),
    policies: asked,
    unfit,
    run: { cache, policy: run.policy, lookUps: run.lookUps, misses: run.misses },
    trace: null,
  };
}

/** The scenario of a text that has no errors, as that of a session on the page. */
export function loaded(text: string, file: string): Scenario {
  const { scenario, diagnostics } = loadScenario(text, { file });
  if (scenario !== null) return scenario;
  throw new Unfit(`The scenario has an error: ${diagnostics[0]?.message ?? ''}.`, 'Mend its text.');
}

/** The survey is short. */
function unheard(): void {
  return;
}

function play(scenario: Scenario, cache: string, news: SteadyNews): TappedRun {
  const tapping = new Tapping(scenario, cache);
  while (!tapping.advance(slice)) {
    const { progress } = tapping;
    news.progress(runShare * progress, () => {
      const percent = Math.round(progress * 100);
      return `Playing the run once more, with every look-up of ${cache} noted: ${percent} %`;
    });
  }
  return tapping.result();
}
