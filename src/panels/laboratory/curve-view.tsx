/** Miss-ratio curves with what belongs to them: the choice of policies, the sample, the trace. */

import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { shortNumber } from '../../base/measured.ts';
import { palettes } from '../../base/palette.ts';
import type { CurveReport, CurveResult, TraceFault } from '../../protocol/laboratory.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icons.tsx';
import type { PageState } from '../page-state.ts';
import { CurveChart } from './curve-chart.tsx';
import {
  curveCsv,
  curveName,
  curveSentence,
  pointNear,
  ratioText,
  ratioWithError,
  sizeText,
  sizeValue,
} from './curve-words.ts';
import type { Laboratory } from './laboratory.ts';
import { LogPlot } from './log-plot.tsx';
import { ResultTable } from './result-table.tsx';
import { TryIt } from './try-it.tsx';
import { WorkNote } from './work-note.tsx';

interface CurveViewProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function CurveView({ state, actions }: CurveViewProps): JSX.Element {
  const { laboratory } = actions;
  const work = laboratory.curves.value;
  const subject = laboratory.subject.value;
  // Where all has to stand below one another, the choice makes room for what was chosen.
  const choseOpen = useSignal<boolean | null>(null);
  const isOpen = choseOpen.value ?? work.state !== 'done';
  const of = subject?.kind === 'trace' ? subject.file.name : (subject?.name ?? '');
  const offer =
    subject?.kind === 'trace'
      ? 'The trace is read in pieces beside the page; it never leaves this machine.'
      : `The run is played once more beside the page, and every look-up of ${of} is given to ` +
        'each policy at many sizes.';
  return (
    <div class="lab-columns">
      <div class="lab-side" data-open={isOpen}>
        <button
          type="button"
          class="button lab-side-toggle"
          aria-expanded={isOpen}
          onClick={() => (choseOpen.value = !isOpen)}
        >
          <Icon name={isOpen ? 'minus' : 'plus'} />
          Policies: {laboratory.policies.value.join(', ') || 'none'}
        </button>
        <Policies laboratory={laboratory} state={state} />
        {work.state === 'done' && <Facts result={work.result} />}
      </div>
      <div class="lab-main">
        <WorkNote
          work={work}
          offer={offer}
          startWord="Compute the curves"
          canStart={laboratory.policies.value.length > 0}
          onStart={() => laboratory.computeCurves()}
          onCancel={() => laboratory.cancel()}
        />
        <Faults faults={laboratory.faults.value} />
        {work.state === 'done' && <Curves {...{ state, actions, of }} result={work.result} />}
      </div>
    </div>
  );
}

function Policies(props: {
  readonly laboratory: Laboratory;
  readonly state: PageState;
}): JSX.Element {
  const { laboratory, state } = props;
  const chosen = laboratory.policies.value;
  const all = laboratory.subjects.value?.policies ?? [];
  const work = laboratory.curves.value;
  const shown = work.state === 'done' ? work.result.policies : null;
  const isOther = shown !== null && shown.join() !== chosen.join();
  const isStale =
    work.state === 'done' && work.result.trace === null && work.text !== state.text.value;
  return (
    <fieldset class="lab-policies">
      <legend>Policies</legend>
      <div class="lab-policy-list">
        {all.map(({ name, summary }) => (
          <label key={name} title={summary}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={() => laboratory.toggle(name)}
            />
            {name}
          </label>
        ))}
      </div>
      {(isOther || isStale) && (
        <div class="lab-again">
          {isStale && <p class="quiet">The scenario has been changed since.</p>}
          <button
            type="button"
            class="button primary"
            disabled={chosen.length === 0}
            onClick={() => laboratory.computeCurves()}
          >
            Compute again
          </button>
        </div>
      )}
    </fieldset>
  );
}

function Facts({ result }: { readonly result: CurveResult }): JSX.Element {
  const { report, run, trace, unfit } = result;
  const facts: { name: string; value: string }[] = [
    { name: 'look-ups', value: shortNumber(report.requests) },
    { name: 'distinct keys', value: shortNumber(report.keys) },
    { name: 'asked for first, so missed by all', value: shareOf(report.cold, report.requests) },
  ];
  if (trace !== null) {
    facts.push({ name: 'keys asked for once only', value: shareOf(trace.asksOnce, report.keys) });
    facts.push({ name: 'format', value: trace.format });
    if (trace.faults > 0) facts.push({ name: 'faults', value: shortNumber(trace.faults) });
  }
  if (report.bytes !== report.keys) {
    facts.push({ name: 'bytes of all keys', value: sizeText(report.bytes, 'bytes') });
  }
  const sample =
    report.sampled < 1
      ? `${Number((report.sampled * 100).toPrecision(2))} % of the keys, with bands for the error`
      : 'every look-up, without error';
  facts.push({ name: 'played', value: sample });
  for (const { policy, why } of unfit) facts.push({ name: `no ${policy}`, value: why });
  return (
    <>
      <dl class="facts lab-facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run !== null && (
        <p class="quiet lab-note">
          The curves begin empty, take a key in at once and let nothing expire. The run itself, ◆,
          does as its file says; it is counted after the warm-up.
        </p>
      )}
    </>
  );
}

function shareOf(part: number, all: number): string {
  return all === 0 ? '–' : `${shortNumber(part)} (${ratioText(part / all)})`;
}

function Faults({ faults }: { readonly faults: readonly TraceFault[] }): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <ul class="lab-faults" aria-label="Faults of the trace">
      {faults.map(({ code, record, message, hint }, place) => (
        <li key={`${place}${code}`}>
          <b>{record > 0 ? `Record ${record}` : 'The file'}:</b> {message}. {sentence(hint)}
        </li>
      ))}
    </ul>
  );
}

function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

interface CurvesProps extends CurveViewProps {
  readonly result: CurveResult;
  /** The cache or the trace. */
  readonly of: string;
}

function Curves({ state, actions, result, of }: CurvesProps): JSX.Element {
  const { laboratory } = actions;
  const { report, run, trace } = result;
  const choice = laboratory.choice.value;
  const curve = report.curves.find(({ name }) => name === choice?.policy);
  const point = curve === undefined ? null : pointNear(curve, choice!.size);
  const title = `Miss ratio of ${of} by size`;
  return (
    <>
      <figure class="curve-figure" aria-label={title}>
        <figcaption>
          <b>{title}</b>
          {trace !== null && report.bytes !== report.keys && <Units laboratory={laboratory} />}
          <span class="chart-sentence">{curveSentence(report, run?.policy ?? null)}</span>
          <ResultTable
            title={title}
            heads={['size', ...report.curves.map(curveName)]}
            rows={tableRows(report)}
            csv={() => curveCsv(report)}
          />
        </figcaption>
        <CurveChart
          result={result}
          palette={palettes[state.theme.value]}
          choice={laboratory.choice}
        />
      </figure>
      {run !== null && choice !== null && point !== null && (
        <TryIt
          {...{ laboratory, actions }}
          cache={run.cache}
          words={`${choice.policy} with ${sizeText(point.size, report.unit)}`}
          promise={`${ratioText(point.missRatio)} of these look-ups would miss`}
          policy={choice.policy}
          size={sizeValue(point.size, report.unit)}
        />
      )}
      <div class="lab-plots">
        <LogPlot
          title="Working set"
          sentence="Distinct keys in a stretch of look-ups, on average."
          across="look-ups"
          upwards="keys"
          points={report.workingSet.map(({ window, keys }) => [window, keys] as const)}
        />
        {trace !== null && (
          <LogPlot
            title="Popularity"
            sentence="How often each key is asked for; a straight line is a power law."
            across="rank"
            upwards="look-ups"
            points={trace.ranks.map(({ rank, lookUps }) => [rank, lookUps] as const)}
          />
        )}
      </div>
    </>
  );
}

/** A trace that tells sizes can be held against a cache that is bounded in bytes. */
function Units({ laboratory }: { readonly laboratory: Laboratory }): JSX.Element {
  return (
    <div class="segments lab-units" role="group" aria-label="What sizes count">
      {(['entries', 'bytes'] as const).map((unit) => (
        <button
          key={unit}
          type="button"
          class="segment"
          aria-pressed={laboratory.unit.value === unit}
          onClick={() => laboratory.measureIn(unit)}
        >
          {unit}
        </button>
      ))}
    </div>
  );
}

function tableRows({ curves, unit }: CurveReport): string[][] {
  const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ size }) => size)))];
  sizes.sort((a, b) => a - b);
  return sizes.map((size) => [
    sizeText(size, unit),
    ...curves.map(({ points }) => {
      const point = points.find((one) => one.size === size);
      return point === undefined ? '–' : ratioWithError(point);
    }),
  ]);
}
