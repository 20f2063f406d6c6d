/** The page: where everything stands. */

import { render, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { Banners } from './banners.tsx';
import { Bench } from './bench.tsx';
import { Commands } from './commands.tsx';
import { Compare, CompareStage } from './compare.tsx';
import { Dialogs } from './dialogs.tsx';
import { Happenings } from './happenings.tsx';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { Inspector } from './inspector.tsx';
import { Legend } from './legend.tsx';
import { NextStep } from './next-step.tsx';
import { NodeMirror } from './node-mirror.tsx';
import type { PageState } from './page-state.ts';
import { Recovery } from './recovery.tsx';
import { ScenarioPane } from './scenario-pane.tsx';
import { Transport } from './transport.tsx';
import { VerdictBar } from './verdict-bar.tsx';

export interface PageProps {
  readonly state: PageState;
  readonly actions: Actions;
  /** Puts the canvas into its place, once. */
  readonly mountStage: (host: HTMLElement) => void;
}

/** Shows the page inside `root`. */
export function mountPage(root: HTMLElement, props: PageProps): void {
  render(<Page {...props} />, root);
}

function Page({ state, actions, mountStage }: PageProps): JSX.Element {
  return (
    <div class="page" data-mode={state.mode.value}>
      <Header state={state} actions={actions} />
      <VerdictBar state={state} onWhy={(operation) => void actions.inquiry.openWhy(operation)} />
      <Banners state={state} />
      <main class={state.textOpen.value ? 'main with-text' : 'main'} id="mode-panel">
        <ScenarioPane state={state} actions={actions} />
        <div class="centre">
          <Compare state={state} actions={actions} />
          <StageFrame state={state} actions={actions} mountStage={mountStage} />
          {state.mode.value === 'investigate' && <Bench state={state} actions={actions} />}
        </div>
        <aside class="side" aria-label="Details">
          <NextStep state={state} actions={actions} />
          <Inspector state={state} actions={actions} />
          <Happenings state={state} actions={actions} />
        </aside>
      </main>
      <Transport state={state} actions={actions} />
      <Recovery note={state.recovery} />
      <Dialogs state={state} />
      <Commands state={state} actions={actions} />
    </div>
  );
}

function StageFrame({ state, actions, mountStage }: PageProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current !== null) mountStage(host.current);
  }, []);
  const trouble = state.canvasTrouble.value;
  return (
    <section class="stage-frame" aria-label="System">
      <div
        class={state.stale.value ? 'stage-host stale' : 'stage-host'}
        data-testid="stage"
        ref={host}
      />
      {state.stale.value && <p class="stage-note">The last good run: the text has errors.</p>}
      {trouble !== null && <p class="stage-note">{trouble} Every node is listed below instead.</p>}
      {trouble === null && state.canvasNote.value !== null && (
        <p class="stage-note quiet">{state.canvasNote.value}</p>
      )}
      <NodeMirror state={state} actions={actions} />
      <CompareStage state={state} actions={actions} />
      {trouble === null && (
        <>
          <ZoomButtons actions={actions} />
          <Legend state={state} />
        </>
      )}
    </section>
  );
}

function ZoomButtons({ actions }: { readonly actions: Actions }): JSX.Element {
  const deeds = [
    { name: 'plus', word: 'Zoom in', run: () => actions.stage?.zoomBy(1.25) },
    { name: 'minus', word: 'Zoom out', run: () => actions.stage?.zoomBy(0.8) },
    { name: 'fit', word: 'Show everything', run: () => actions.stage?.fit() },
  ] as const;
  return (
    <div class="zoom">
      {deeds.map(({ name, word, run }) => (
        <button
          key={name}
          type="button"
          class="button square"
          aria-label={word}
          title={word}
          onClick={run}
        >
          <Icon name={name} />
        </button>
      ))}
    </div>
  );
}
