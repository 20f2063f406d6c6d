/** Everything a reader can do on the page, in one place: buttons and keys both come here. */

import type { Session, Intervention } from '../protocol/session.ts';
import { readNode } from '../protocol/node-reading.ts';
import { Comparison } from './comparison.ts';
import { Inquiry } from './inquiry.ts';
import { neighbour, type Direction } from './neighbour.ts';
import type { FrameIntake, PageState } from './page-state.ts';

/** Simulated seconds per wall second that can be chosen. */
export const speeds = [0.01, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, Infinity] as const;

/** A file beyond this is refused before it is read, bytes. */
const fileBytesMax = 256 * 1024;

/** What the canvas can be told; absent where there is none. */
export interface StageControls {
  fit(): void;
  zoomBy(factor: number): void;
}

export class Actions {
  stage: StageControls | null = null;
  readonly session: Session;
  readonly inquiry: Inquiry;
  readonly comparison: Comparison;
  private readonly state: PageState;
  private readonly intake: FrameIntake;
  private loads = 0;

  constructor(state: PageState, session: Session, intake: FrameIntake) {
    this.state = state;
    this.session = session;
    this.inquiry = new Inquiry(state, session);
    this.comparison = new Comparison(state);
    this.intake = intake;
  }

  async openBundled(name: string): Promise<void> {
    const scenario = this.state.scenarios.find((one) => one.name === name);
    if (scenario === undefined) return;
    const load = (this.loads += 1);
    const text = await scenario.load();
    if (load === this.loads) await this.run(text, `${name}.yaml`);
  }

  async openFile(file: File): Promise<void> {
    if (file.size > fileBytesMax) {
      const size = Math.ceil(file.size / 1024);
      this.state.trouble.value = `${file.name} is ${size} KiB; a scenario has at most 256 KiB.`;
      return;
    }
    this.loads += 1;
    await this.run(await file.text(), file.name);
  }

  /** Loads a text and plays it; when it has errors, the run on screen stays. */
  async run(text: string, file: string): Promise<void> {
    const { state } = this;
    state.text.value = text;
    state.file.value = file;
    state.trouble.value = null;
    const reply = await this.session.load(text, file, null);
    if (!reply.ok) {
      state.diagnostics.value = reply.diagnostics;
      state.textOpen.value = true;
      return;
    }
    state.diagnostics.value = reply.view.warnings.filter(({ severity }) => severity === 'error');
    state.selection.value = null;
    this.intake.begin(reply.view);
    await this.session.play();
  }

  async togglePlay(): Promise<void> {
    const play = this.state.play.value;
    if (play === 'playing') return this.session.pause();
    if (play === 'ended') await this.session.seek(0);
    await this.session.play();
  }

  async restart(): Promise<void> {
    await this.session.seek(0);
  }

  async setSpeed(speed: number): Promise<void> {
    this.state.speed.value = speed;
    await this.session.setSpeed(speed);
  }

  /** One step faster (1) or slower (-1). */
  async stepSpeed(step: 1 | -1): Promise<void> {
    const at = speeds.findIndex((speed) => speed >= this.state.speed.value);
    const next = speeds[Math.min(speeds.length - 1, Math.max(0, at + step))];
    if (next !== undefined) await this.setSpeed(next);
  }

  select(path: string | null): void {
    this.state.selection.value = path;
  }

  selectNeighbour(direction: Direction): void {
    const { view, selection } = this.state;
    if (view.value === null) return;
    selection.value = neighbour(view.value, selection.value, direction);
  }

  /** Crashes what is selected, or starts it again when all of it is down. */
  async crashOrRestart(): Promise<void> {
    const target = this.state.selection.value;
    if (target !== null)
      await this.intervene({ verb: this.isDown(target) ? 'restart' : 'crash', target });
  }

  async interveneOnSelection(verb: Intervention['verb']): Promise<void> {
    const target = this.state.selection.value;
    if (target !== null) await this.intervene({ verb, target });
  }

  async intervene(act: Intervention): Promise<void> {
    const reply = await this.session.intervene(act);
    this.state.trouble.value = reply.ok ? null : reply.why;
  }

  toggleTheme(): void {
    const { theme } = this.state;
    theme.value = theme.value === 'dark' ? 'light' : 'dark';
  }

  /** Closes what is open, else lets go of the selection. */
  escape(): void {
    const { helpOpen, numbersOpen, selection } = this.state;
    if (helpOpen.value) helpOpen.value = false;
    else if (numbersOpen.value) numbersOpen.value = false;
    else selection.value = null;
  }

  /** True when every instance that the path names is down. */
  isDown(target: string): boolean {
    const { view, nodes } = this.state;
    const rows = nodes.value;
    if (view.value === null || rows === null) return false;
    const meant = view.value.nodes.filter(
      ({ path }) => path === target || path.startsWith(`${target}/`),
    );
    const states = meant.map(({ id }) => readNode(rows, id).state).filter((one) => one !== 'off');
    return states.length > 0 && states.every((state) => state === 'down');
  }
}
