/** The page's door: joins the worker, the canvas and the panels. Wiring only. */

import './panels/styles/page.css';
import { effect } from '@preact/signals';
import { wrap } from 'comlink';
import { Actions } from './panels/actions.ts';
import { mountPage } from './panels/app.tsx';
import { listenForDrops } from './panels/drop.ts';
import { listenForKeys } from './panels/keys.ts';
import { createPageState, FrameIntake } from './panels/page-state.ts';
import { followTheme } from './panels/theme.ts';
import type { Frame } from './protocol/frame.ts';
import type { Session } from './protocol/session.ts';
import type { Stage } from './stage/stage.ts';
import type { Connect } from './worker/session-worker.ts';

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

// Both are needed at once, so neither waits for the other.
const stageModule = import('./stage/stage.ts');
const session = startWorker();
const actions = new Actions(state, session, intake);

followTheme(state);
listenForKeys(actions, state);
listenForDrops(actions);
const root = document.getElementById('page');
if (root !== null) mountPage(root, { state, actions, mountStage: (host) => void mountStage(host) });
void actions.openBundled(scenarioToOpen());

/** Commands go by comlink; frames come raw, and each is acknowledged before the next but one. */
function startWorker(): Session {
  allowOwnWorkers();
  const worker = new Worker(new URL('./worker/session-worker.ts', import.meta.url), {
    type: 'module',
    name: 'gameday',
  });
  worker.addEventListener('error', ({ message }) => fail(message || 'it could not be started'));
  const commands = new MessageChannel();
  const frames = new MessageChannel();
  frames.port1.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
    frames.port1.postMessage(null);
    if (intake.take(data, performance.now())) stage?.take(data);
  });
  frames.port1.start();
  const failures = new MessageChannel();
  failures.port1.addEventListener('message', ({ data }: MessageEvent<string>) => fail(data));
  failures.port1.start();
  const first: Connect = {
    commands: commands.port2,
    frames: frames.port2,
    failures: failures.port2,
  };
  worker.postMessage(first, [first.commands, first.frames, first.failures]);
  return wrap<Session>(commands.port1);
}

function fail(message: string): void {
  state.trouble.value = `The simulation stopped: ${message}`;
}

/** The page's policy refuses bare addresses of scripts; those of the page's own origin pass. */
function allowOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (new URL(url).origin === location.origin ? url : null),
  });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string | null },
  ): unknown;
}

/** The one named in the address (`?scenario=…`), else the usual first one. */
function scenarioToOpen(): string {
  const asked = new URLSearchParams(location.search).get('scenario');
  const wanted = [asked, firstScenario].find((name) => scenarios.some((one) => one.name === name));
  return wanted ?? scenarios[0]?.name ?? '';
}

async function mountStage(host: HTMLElement): Promise<void> {
  try {
    const { Stage: StageClass } = await stageModule;
    stage = await StageClass.create(host, {
      theme: state.theme.value,
      reducedMotion: state.reducedMotion.value,
      // The legend lies at the foot, in more lines the narrower the stage.
      margins: ({ width }) =>
        width < 600
          ? { top: 16, right: 10, bottom: 92, left: 10 }
          : { top: 20, right: 24, bottom: width < 900 ? 68 : 52, left: 24 },
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
