/** The page's door: joins the worker, the canvas and the panels. Wiring only. */

import './panels/styles/page.css';
import { effect } from '@preact/signals';
import { Actions } from './panels/actions.ts';
import { mountPage } from './panels/app.tsx';
import { listenForDrops } from './panels/drop.ts';
import { listenForKeys } from './panels/keys.ts';
import { createPageState, FrameIntake } from './panels/page-state.ts';
import { followTheme } from './panels/theme.ts';
import type { Stage } from './stage/stage.ts';
import { connect } from './worker/connect.ts';

/** Shown first, when it is there. */
const firstScenario = 'primary-dies';

const texts = import.meta.glob<string>('../scenarios/*.yaml', { query: '?raw', import: 'default' });
const scenarios = Object.entries(texts).map(([path, load]) => ({
  name: path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
  load,
}));

const state = createPageState(scenarios);
const intake = new FrameIntake(state);
let stage: Stage | null = null;

const { session } = connect({
  onFrame: (frame) => {
    if (intake.take(frame, performance.now())) stage?.take(frame);
  },
  onFailure: (message) => {
    state.trouble.value = `The simulation stopped: ${message}`;
  },
});
const actions = new Actions(state, session, intake);

followTheme(state);
listenForKeys(actions, state);
listenForDrops(actions);
const root = document.getElementById('page');
if (root !== null) mountPage(root, { state, actions, mountStage: (host) => void mountStage(host) });
void actions.openBundled(scenarioToOpen());

/** The one named in the address (`?scenario=…`), else the usual first one. */
function scenarioToOpen(): string {
  const asked = new URLSearchParams(location.search).get('scenario');
  const wanted = [asked, firstScenario].find((name) => scenarios.some((one) => one.name === name));
  return wanted ?? scenarios[0]?.name ?? '';
}

async function mountStage(host: HTMLElement): Promise<void> {
  try {
    const { Stage: StageClass } = await import('./stage/stage.ts');
    stage = await StageClass.create(host, {
      theme: state.theme.value,
      reducedMotion: state.reducedMotion.value,
      margins: { top: 20, right: 24, bottom: 56, left: 24 },
      onSelect: (path) => actions.select(path),
      onStatus: (traffic) => (state.traffic.value = traffic),
      onDotBudget: (dots) => void session.setDotBudget(dots),
      onBroken: (why) => (state.canvasTrouble.value = why),
    });
    actions.stage = stage;
    followState(stage);
  } catch {
    state.canvasTrouble.value = 'This browser offers no WebGL, so there is no moving picture.';
  }
}

/** Hands on what the canvas has to know. */
function followState(canvas: Stage): void {
  effect(() => {
    if (state.view.value !== null) canvas.show(state.view.value);
  });
  effect(() => canvas.setSpeed(state.speed.value));
  effect(() => canvas.select(state.selection.value));
  effect(() => canvas.setTheme(state.theme.value));
  effect(() => canvas.setReducedMotion(state.reducedMotion.value));
}
