/** The comparison on the page: what run B is, what differs, and the second picture. */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { VerdictView } from '../protocol/frame.ts';
import type { Actions } from './actions.ts';
import { CompareFates } from './compare-fates.tsx';
import type { Choice, Comparison } from './comparison.ts';
import { deltasOf, type Delta } from './delta.ts';
import { FileButton } from './file-button.tsx';
import { Icon, VerdictSign } from './icons.tsx';
import type { Lane } from './lane.ts';
import { NodeMirror } from './node-mirror.tsx';
import type { PageState } from './page-state.ts';
import { sentence } from './recovery.tsx';
import { verdictWords } from './words.ts';

interface CompareProps {
  readonly state: PageState;
  readonly actions: Actions;
}

/** Stands above the stage while two runs are compared. */
export function Compare({ state, actions }: CompareProps): JSX.Element | null {
  const { comparison } = actions;
  if (!comparison.isOpen.value) return null;
  const lane = comparison.lane.value;
  return (
    <section class="compare" aria-label="Comparison">
      <div class="compare-head">
        <Chooser comparison={comparison} />
        <div class="compare-deeds">
          {lane !== null && (
            <>
              <button
                type="button"
                class="button"
                title="Every request that ended otherwise in the other run"
                onClick={() => void comparison.findFates()}
              >
                Whose fate changed?
              </button>
              <button type="button" class="button" onClick={() => void comparison.swap()}>
                Swap A and B
              </button>
            </>
          )}
          <button
            type="button"
            class="button square"
            aria-label="Close the comparison"
            title="Close the comparison (C)"
            onClick={() => comparison.close()}
          >
            <Icon name="close" />
          </button>
        </div>
      </div>
      <p class={comparison.note.value === null ? 'visually-hidden' : 'compare-note'} role="status">
        {comparison.note.value ?? (lane === null ? '' : `B: ${comparison.chosen.value?.words}`)}
      </p>
      {lane !== null && <Deltas state={state} lane={lane} />}
      {lane !== null && <CompareFates state={state} actions={actions} lane={lane} />}
    </section>
  );
}

const groups: readonly { readonly kind: Choice['kind']; readonly word: string }[] = [
  { kind: 'ghost', word: 'Before the last act' },
  { kind: 'alternative', word: 'Alternatives in this file' },
  { kind: 'scenario', word: 'Other scenarios' },
];

function Chooser({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const choices = comparison.choices.value;
  const chosen = comparison.chosen.value;
  const isListed = choices.some((one) => one === chosen);
  return (
    <div class="compare-chooser">
      <label>
        <span>Compare with</span>
        <select
          class="select"
          aria-label="Compare with"
          value={isListed ? chosen?.key : ''}
          onChange={(event) => {
            const choice = choices.find(({ key }) => key === event.currentTarget.value);
            if (choice !== undefined) void comparison.choose(choice);
          }}
        >
          {!isListed && <option value="">{chosen?.name ?? 'Choose …'}</option>}
          {groups.map(({ kind, word }) => {
            const own = choices.filter((one) => one.kind === kind);
            return own.length === 0 ? null : (
              <optgroup key={kind} label={word}>
                {own.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </optgroup>
            );
          })}
        </select>
      </label>
      <FileButton
        word="Open B"
        label="Open a scenario file as run B"
        title="Compare with a scenario file"
        onFile={(file) => void comparison.chooseFile(file)}
      />
    </div>
  );
}

/** One tile a measure: both values, the difference and its interval. */
function Deltas({ state, lane }: { readonly state: PageState; readonly lane: Lane }): JSX.Element {
  void state.history.version.value;
  void lane.state.history.version.value;
  const deltas = deltasOf({ a: state, b: lane.state }, state.range.value);
  return (
    <ul class="deltas" tabIndex={0} aria-label="Differences, B less A">
      {deltas.map((delta) => (
        <DeltaTile key={delta.name} delta={delta} />
      ))}
    </ul>
  );
}

function DeltaTile({ delta }: { readonly delta: Delta }): JSX.Element {
  const { name, a, b, words, better, method, verdicts } = delta;
  const [difference, interval] = words.split(' (');
  return (
    <li class="delta" data-better={better ?? 'none'} title={method}>
      <span class="delta-name">{name}</span>
      <span class="delta-sides">
        <Side lane="A" value={a} verdict={verdicts?.a ?? null} />
        <Side lane="B" value={b} verdict={verdicts?.b ?? null} />
      </span>
      <span class="delta-words">
        <b>{difference}</b>
        {interval !== undefined && <span> ({interval}</span>}
        {better !== null && <em>{better} is better</em>}
      </span>
    </li>
  );
}

function Side(props: {
  readonly lane: 'A' | 'B';
  readonly value: string;
  readonly verdict: VerdictView['verdict'] | null;
}): JSX.Element {
  const { lane, value, verdict } = props;
  return (
    <span class="delta-side">
      <span class="lane-letter" data-lane={lane}>
        {lane}
      </span>
      {verdict !== null && (
        <>
          <VerdictSign verdict={verdict} />
          <span class="visually-hidden">{verdictWords[verdict]}: </span>
        </>
      )}
      {value}
    </span>
  );
}

/** The second picture beside the first, and a label above each. */
export function CompareStage({ state, actions }: CompareProps): JSX.Element | null {
  const { comparison } = actions;
  const lane = comparison.lane.value;
  if (lane === null) return null;
  const note = lane.state.recovery.value;
  const acts = state.undoable.value;
  const isGhost = comparison.chosen.value?.kind === 'ghost';
  return (
    <>
      <p class="lane-label" data-lane="A">
        <span class="lane-letter" data-lane="A">
          A
        </span>
        <span>{isGhost ? `with ${acts.at(-1) ?? 'the act'}` : 'this run'}</span>
      </p>
      <LaneHost key={lane.state.file.value} comparison={comparison} lane={lane} />
      <p class="lane-label" data-lane="B">
        <span class="lane-letter" data-lane="B">
          B
        </span>
        <span title={comparison.chosen.value?.words}>
          {note === null ? comparison.chosen.value?.words : sentence(note)}
        </span>
      </p>
      <div class="lane-mirror" role="group" aria-label="Run B">
        <NodeMirror state={lane.state} actions={actions} />
      </div>
    </>
  );
}

function LaneHost({
  comparison,
  lane,
}: {
  readonly comparison: Comparison;
  readonly lane: Lane;
}): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current !== null) void comparison.mountStage(host.current, lane);
  }, [lane]);
  return <div class="stage-host lane-b" data-testid="stage-b" ref={host} />;
}
