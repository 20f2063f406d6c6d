/** The page's door: joins the worker, the canvas and the panels. Wiring only. */

import './panels/styles/page.css';
import { effect } from '@preact/signals';
import { openLaboratoryLine } from './link/laboratory-line.ts';
import { openWorkerLine } from './link/worker-line.ts';
import { CommandLost, WorkerLink } from './link/worker-link.ts';
import { Actions } from './panels/actions.ts';
import { followAddress } from './panels/address.ts';
import { mountPage } from './panels/app.tsx';
import { listenForDrops } from './panels/drop.ts';
import { listenForKeys } from './panels/keys.ts';
import { FrameIntake } from './panels/frame-intake.ts';
import type { Lane, LaneStage } from './panels/lane.ts';
import { createPageState, type PageState } from './panels/page-state.ts';
import { followTheme } from './panels/theme.ts';
import type { Frame } from './protocol/frame.ts';
import type { Stage } from './stage/stage.ts';

/** Shown first, when it is there. */
const firstScenario = 'primary-dies';

/** Files of their own beside the page, fetched when they are opened. */
const texts = import.meta.glob<string>('../scenarios/*.yaml', {
  query: '?url',
  import: 'default',
  eager: true,
});
const scenarios = Object.entries(texts).map(([path, address]) => ({
  name: path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
  load: async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.text();
  },
}));

const state = createPageState(scenarios);
const intake = new FrameIntake(state);
let stage: Stage | null = null;
let lastFrame: Frame | null = null;
let rivalStage: Stage | null = null;
intake.onReleased = showFrame;

// Both are needed at once, so neither waits for the other.
const stageModule = import('./stage/stage.ts');
const { session } = new WorkerLink({
  open: openWorkerLine,
  onFrame: takeFrame,
  onNote: (note) => (state.recovery.value = note),
});
const actions = new Actions(state, session, intake);

followTheme(state);
listenForKeys(actions, state);
listenForDrops(actions);
const root = document.getElementById('page');
if (root !== null) mountPage(root, { state, actions, mountStage: (host) => void mountStage(host) });
// A deed that went down with its worker: nobody waits for its answer, but the reader should know.
window.addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof CommandLost)) return;
  event.preventDefault();
  state.trouble.value = event.reason.message;
});
actions.comparison.equip({
  open: (onFrame, onNote) => new WorkerLink({ open: openWorkerLine, onFrame, onNote }),
  createStage: createRivalStage,
  run: async (text, seconds) => {
    await actions.run(text, state.file.value);
    await actions.seek(seconds);
  },
});
actions.laboratory.equip(openLaboratoryLine);
void followAddress(state, actions, firstScenario).then(() => actions.comparison.openFromAddress());

function takeFrame(frame: Frame): void {
  if (intake.take(frame, performance.now())) showFrame(frame);
}

function showFrame(frame: Frame): void {
  lastFrame = frame;
  stage?.take(frame);
  actions.comparison.follow(frame);
}

async function mountStage(host: HTMLElement): Promise<void> {
  try {
    const { Stage: StageClass } = await stageModule;
    stage = await StageClass.create(host, {
      ...looks(),
      onMove: (name, x, y) => actions.placeBox(name, x, y),
      onPickRequest: (request, time) => void actions.pickRequest(request, time),
      onCamera: (camera, _level, place) => {
        state.place.value = place;
        if (place === null) rivalStage?.fit();
        else rivalStage?.setCamera(camera);
      },
      onStatus: (traffic) => (state.traffic.value = traffic),
      onDotBudget: (dots) => void session.setDotBudget(dots),
      inside: (path) => session.ask('inside', { path }),
      onNote: (note) => (state.canvasNote.value = note),
      onBroken: (why) => (state.canvasTrouble.value = why),
    });
    stage.goTo(state.place.peek());
    actions.stage = stage;
    followState(stage, state);
    // A run that is paused from its start sends no other frame.
    if (lastFrame !== null) stage.take(lastFrame);
  } catch {
    state.canvasTrouble.value = 'This browser offers no canvas, so there is no moving picture.';
  }
}

/** The picture of the other run of a comparison. Both have one camera. */
async function createRivalStage(host: HTMLElement, lane: Lane): Promise<LaneStage | null> {
  try {
    const { Stage: StageClass } = await stageModule;
    const own = await StageClass.create(host, {
      ...looks(),
      // Places are written into the text of the run on the page only.
      onMove: () => undefined,
      onPickRequest: (request, time) => void actions.comparison.openBoth(request, time),
      onCamera: (camera, _level, place) => {
        if (place === null && state.place.peek() === null) return;
        state.place.value = place;
        if (place === null) stage?.fit();
        else stage?.setCamera(camera);
      },
      onStatus: () => undefined,
      onDotBudget: (dots) => void lane.session.setDotBudget(dots),
      inside: (path) => lane.session.ask('inside', { path }),
      onNote: () => undefined,
      onBroken: (why) => (lane.state.canvasTrouble.value = why),
    });
    rivalStage = own;
    if (stage !== null && state.place.peek() !== null) own.setCamera(stage.camera);
    const stopFollowing = followState(own, lane.state);
    return {
      take: (frame) => own.take(frame),
      destroy: () => {
        stopFollowing();
        if (rivalStage === own) rivalStage = null;
        own.destroy();
      },
    };
  } catch {
    lane.state.canvasTrouble.value = 'There is no moving picture of this run.';
    return null;
  }
}

/** What both pictures have in common. */
function looks() {
  return {
    theme: state.theme.value,
    reducedMotion: state.reducedMotion.value,
    // The legend lies at the foot, in one line where the stage is low or narrow; labels lie at the
    // head of two pictures side by side.
    margins: ({ width, height }: { readonly width: number; readonly height: number }) => {
      const isOneOfTwo = state.rival.peek() !== null;
      const isNarrow = width < 600;
      const side = isNarrow && !isOneOfTwo ? 10 : 24;
      const top = isOneOfTwo ? 52 : isNarrow || height < 320 ? 12 : 20;
      const isOneLine = (isNarrow && !isOneOfTwo) || height < 320;
      return { top, right: side, bottom: isOneLine ? 36 : width < 900 ? 66 : 56, left: side };
    },
    onSelect: (path: string | null) => actions.select(path),
  };
}

/** Hands on what a canvas has to know; gives back what ends that. */
function followState(canvas: Stage, of: PageState): () => void {
  const stops = [
    effect(() => {
      if (of.view.value !== null) canvas.show(of.view.value);
    }),
    effect(() => canvas.setSpeed(of.speed.value)),
    effect(() => canvas.select(of.selection.value)),
    effect(() => canvas.setTheme(of.theme.value)),
    effect(() => canvas.setReducedMotion(of.reducedMotion.value)),
    effect(() => canvas.follow(of.followed.value)),
  ];
  return () => stops.forEach((stop) => stop());
}
